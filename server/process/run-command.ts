import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explainFailure } from './explain-failure.ts';
import { logFailure } from './failure-log.ts';
import { shutDown } from './shutdown.ts';
import type { StartupErrorKind } from './startup-error.ts';

/** Writes a line of progress; standard output belongs to results. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** How long an orderly end may take after a failure: what is broken must not keep the process. */
const ENDING_MS = 60_000;

/** Kinds whose sentences say all there is. */
const SAYS_ALL: ReadonlySet<StartupErrorKind> = new Set([
  'already_running',
  'bad_arguments',
  'bad_backup',
  'not_empty',
  'port_taken',
]);

/** The data folder that the arguments name, or the default one: where the log of a failure is looked for. */
function dataDirOf(argv: readonly string[]): string {
  const at = argv.findIndex((arg) => arg === '--data' || arg.startsWith('--data='));
  const named = argv[at] === '--data' ? argv[at + 1] : argv[at]?.slice('--data='.length);
  return named ?? fileURLToPath(new URL('../../.data', import.meta.url));
}

/** Writes what happened, what to do and where the log is. */
function tell(error: unknown): void {
  const dataDir = dataDirOf(process.argv.slice(2));
  const failure = explainFailure(error, dataDir);
  say(`${failure.message}\n${failure.whatToDo}`);
  if (SAYS_ALL.has(failure.kind)) return;
  const log = logFailure(failure.cause ?? failure, dataDir);
  if (log !== null) say(`The log is in ${log}; that of the database in ${join(dataDir, 'postgres.log')}.`);
}

/**
 * Runs a program. Whatever stops it, also long after its start and wherever it was thrown, is told in plain
 * sentences, never by a stack, and makes the exit code 1.
 */
export async function runCommand(program: () => Promise<void>): Promise<void> {
  let hasFailed = false;
  const fail = async (error: unknown): Promise<void> => {
    // Telling may fail as well: a terminal that was closed takes no more words.
    if (hasFailed) return;
    hasFailed = true;
    tell(error);
    setTimeout(() => process.exit(1), ENDING_MS).unref();
    await shutDown(1);
  };
  process.on('uncaughtException', (error) => void fail(error));
  await program().catch(fail);
}
