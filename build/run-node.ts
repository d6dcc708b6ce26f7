import { spawn } from 'node:child_process';
import { root } from './paths.ts';

/**
 * How a child ended: its exit code (128 + n for a signal would be a guess, so 1), and what it printed if
 * caught.
 */
export type Ended = { readonly code: number; readonly output: string };

interface Options {
  readonly catchOutput: boolean;
  /** A command, with its arguments, that starts the script in its own way. */
  readonly under?: readonly string[];
}

/**
 * Runs a script under the Node this process runs on. Signals sent to us go on to the child, so that stopping
 * `npm start` stops the server gracefully; from a terminal Ctrl+C reaches the child without our help.
 */
export async function runNode(args: readonly string[], options: Options): Promise<Ended> {
  const [command = process.execPath, ...rest] = [...(options.under ?? []), process.execPath, ...args];
  const child = spawn(command, rest, {
    cwd: options.catchOutput ? root : process.cwd(),
    stdio: options.catchOutput ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const forward = (signal: NodeJS.Signals): void => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, forward);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) => resolve(exitCode ?? 1));
    });
    return { code, output: Buffer.concat(chunks).toString() };
  } finally {
    for (const signal of signals) process.off(signal, forward);
  }
}
