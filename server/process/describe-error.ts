import { errorCode } from './startup-error.ts';

/** Frames only: the first lines of a stack are the message, and a message may quote what a resident wrote. */
function framesOf(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .slice(0, 12);
}

/**
 * Picks what may be logged of an error: its name, its code, the table or rule it broke, where it happened.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const from = (key: string) => (key in error ? { [key]: Reflect.get(error, key) } : {});
  return {
    type: error.name,
    code: errorCode(error),
    ...from('table'),
    ...from('constraint'),
    ...from('routine'),
    frames: framesOf(error),
  };
}
