import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { PlainFailure } from './plain-failure.ts';

/**
 * A message of one line without colours: what a bundler says is many, with pieces of the source among them.
 */
const firstLine = (message: string): string =>
  stripVTControlCharacters(message)
    .split('\n')
    .find((line) => line.trim() !== '') ?? '';

function write(error: unknown, log: string): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  try {
    mkdirSync(dirname(log), { recursive: true });
    appendFileSync(log, `${new Date().toISOString()} ${details}\n`, { mode: 0o600 });
    return `The log is in ${log}.`;
  } catch {
    return `The log could not be written to ${log}: is the disk full or read-only?`;
  }
}

/**
 * Tells why a start failed: what happened, what to do and where the log is. A sentence that was made for
 * people stands alone.
 */
export function tellFailure(error: unknown, log: string): void {
  const message = firstLine(error instanceof Error ? error.message : String(error));
  if (error instanceof PlainFailure) {
    process.stderr.write(`${message}\n`);
    return;
  }
  process.stderr.write(
    `Pult did not start: ${message}\n` +
      'Start it again; if that does not help, remove the folders dist and node_modules and start ' +
      'once more.\n' +
      `${write(error, log)}\n`,
  );
}
