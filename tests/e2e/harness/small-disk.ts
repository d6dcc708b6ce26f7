import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '#server/process/startup-error.ts';
import type { Wrap } from './server.ts';

/**
 * Puts a data folder on a disk of its own of so many megabytes, which only the server and what it starts see:
 * file systems in memory, in a mount namespace that ends with them. Needs Linux and user namespaces.
 */
export const onSmallDisk = (dataDir: string, megabytes: number): Wrap => {
  const disk = `'${dataDir}.disk'`;
  const script = [
    `mkdir ${disk}`,
    `mount -t tmpfs -o size=${megabytes}m none ${disk}`,
    `cp -a '${dataDir}'/. ${disk}/`,
    `mount --move ${disk} '${dataDir}'`,
    `rmdir ${disk}`,
    'exec "$@"',
  ].join(' && ');
  return (command) => ['unshare', '--mount', '--map-root-user', 'sh', '-c', script, 'sh', ...command];
};

const CHUNKS = [1024 * 1024, 4096, 1].map((size) => Buffer.alloc(size));

/** Fills the disk that a process has at the folder to its last byte; gives the way to empty it again. */
export function fillDisk(pid: number, folder: string): () => void {
  const path = join(`/proc/${pid}/root`, folder, 'filling');
  for (const chunk of CHUNKS) {
    try {
      for (;;) appendFileSync(path, chunk);
    } catch (error) {
      if (errorCode(error) !== 'ENOSPC') throw error;
    }
  }
  return () => rmSync(path);
}
