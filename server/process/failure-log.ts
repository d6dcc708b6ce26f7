import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeError } from './describe-error.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Writes what is known of a failure into `start.log` of the data folder, or of the system's temporary one
 * where that cannot be written, and gives the file's path; null when neither can. Where it happened, never
 * what it was about: a message may quote a resident.
 */
export function logFailure(error: unknown, dataDir: string): string | null {
  const line = `${JSON.stringify({ at: new Date().toISOString(), ...describeError(error) })}\n`;
  for (const folder of [dataDir, tmpdir()]) {
    const path = join(folder, folder === dataDir ? 'start.log' : 'pult-start.log');
    try {
      makeFolder(folder);
      appendFileSync(path, line, { mode: 0o600 });
      return path;
    } catch {
      // The disk may be the very trouble that is being told.
    }
  }
  return null;
}
