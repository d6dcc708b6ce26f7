import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '#server/process/process-identity.ts';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 2 * 1024 ** 3;
const NAME = /^pult-test-run-(\d+)-/;

/**
 * Memory where the machine has plenty: dozens of databases and profiles are written, synced and removed
 * again, which a disk takes minutes for. What is killed loses there no more than on a disk: only a power cut
 * tells them apart.
 */
export function fastPlace(): string {
  if (!existsSync(MEMORY) || freemem() < 2 * ROOM_BYTES) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize < ROOM_BYTES ? tmpdir() : MEMORY;
}

function removeAbandoned(home: string): void {
  for (const name of readdirSync(home)) {
    const pid = NAME.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid)))
      rmSync(join(home, name), { recursive: true, force: true });
  }
}

/** Makes the folder of this test run in `home`, and clears up after runs that were killed. */
export function openRunFolder(home: string): string {
  removeAbandoned(home);
  const folder = mkdtempSync(join(home, `pult-test-run-${process.pid}-`));
  // PostgreSQL may have to run as another user.
  chmodSync(folder, 0o755);
  return folder;
}
