import { shutDown } from './shutdown.ts';
import { StartupError } from './startup-error.ts';

/** Writes a line of progress; standard output belongs to results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a program; a failure to start is told in two plain lines, a bug with its stack. Either makes the exit code 1. */
export async function runCommand(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (error instanceof StartupError) say(`${error.message}\n${error.whatToDo}`);
    else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    await shutDown(1);
  }
}
