import { join } from 'node:path';
import { tryLock } from './file-lock.ts';
import { makeFolder } from './make-folder.ts';
import { StartupError } from './startup-error.ts';

/**
 * Makes this process the only API of a data folder, or throws StartupError `already_running`. A dead one's
 * lock is taken over.
 */
export function takeInstanceLock(dataDir: string): { release(): void } {
  makeFolder(dataDir);
  const lock = tryLock(join(dataDir, 'api.lock'));
  if (lock.kind === 'held') return lock;
  throw new StartupError(
    'already_running',
    `Pult already runs on ${dataDir} (process ${lock.by.pid}).`,
    'Open that one, stop it first, or give another folder: --data DIR.',
  );
}
