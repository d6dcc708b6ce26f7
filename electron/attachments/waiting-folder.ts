import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '#electron/ipc/refusal.ts';

/**
 * One operator's attachments that the centre does not have yet: files under the hash of their bytes, written
 * in parts.
 */
export interface WaitingFolder {
  /**
   * Puts a part at its offset; the last one makes the file be there, whole and on the disk. A part at 0
   * begins anew.
   */
  write(hash: string, offset: number, part: Uint8Array, isLast: boolean): Promise<void>;
  /** Up to `length` bytes from `offset`; null when there is no such file. */
  read(hash: string, offset: number, length: number): Promise<Uint8Array | null>;
  list(): Promise<{ readonly hash: string; readonly size: number }[]>;
  remove(hash: string): Promise<void>;
}

const HASH = /^[0-9a-f]{64}$/;
/**
 * The name of a file that is not whole yet; a crash leaves it, the next writing of the same file takes its
 * place.
 */
const UNFINISHED = '.part';

async function writePart(path: string, offset: number, part: Uint8Array): Promise<void> {
  const file = await open(path, offset === 0 ? 'w' : 'r+', 0o600);
  try {
    for (let done = 0; done < part.length;) {
      const { bytesWritten } = await file.write(part, done, part.length - done, offset + done);
      done += bytesWritten;
    }
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function readPart(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The waiting files in `folder`, made when it is not there. Hashes are checked by the channel: they become
 * names of files.
 */
export function openWaitingFolder(folder: string): WaitingFolder {
  const pathOf = (hash: string): string => join(folder, hash);
  return {
    write: async (hash, offset, part, isLast) => {
      if (offset === 0) await mkdir(folder, { recursive: true, mode: 0o700 });
      const unfinished = `${pathOf(hash)}${UNFINISHED}`;
      await writePart(unfinished, offset, part);
      if (isLast) await rename(unfinished, pathOf(hash));
    },
    read: (hash, offset, length) =>
      readPart(pathOf(hash), offset, length).catch((error: unknown) => {
        if (errorCodeOf(error) === 'ENOENT') return null;
        throw error;
      }),
    list: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const names = (await readdir(folder)).filter((name) => HASH.test(name));
      return Promise.all(names.map(async (hash) => ({ hash, size: (await stat(pathOf(hash))).size })));
    },
    remove: async (hash) => {
      await rm(pathOf(hash), { force: true });
      await rm(`${pathOf(hash)}${UNFINISHED}`, { force: true });
    },
  };
}
