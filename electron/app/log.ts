import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { withoutIdentifiers } from '#shared/text/deidentify.ts';

/**
 * The log of the shell's own work. Never words of residents: callers pass sentences of the code, not
 * data.
 */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  error(line: string, error?: unknown): void;
}

const LARGEST = 5 * 1024 * 1024;

function turnOver(path: string): void {
  try {
    if (statSync(path).size > LARGEST) renameSync(path, `${path}.1`);
  } catch {
    // There is none yet.
  }
}

/** An error's message may quote what it choked on. */
const wordsOf = (error: unknown): string =>
  withoutIdentifiers(error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/**
 * A log in a file of at most about 5 MB and its predecessor. A log that cannot be written must not stop the
 * work.
 */
export function fileLog(path: string, now: () => Date = () => new Date()): Log {
  const write = (level: string, line: string): void => {
    try {
      turnOver(path);
      appendFileSync(path, `${now().toISOString()} ${level} ${line.replaceAll('\n', ' ')}\n`);
    } catch {
      process.stderr.write(`${level} ${line}\n`);
    }
  };
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    // A read-only profile: `write` goes to standard error then.
  }
  return {
    info: (line) => write('info', line),
    warn: (line) => write('warn', line),
    error: (line, error) => write('error', error === undefined ? line : `${line}: ${wordsOf(error)}`),
  };
}
