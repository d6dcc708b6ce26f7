import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '#electron/ipc/refusal.ts';
import type { Seal } from '#electron/sealing/seal.ts';
import { closedPart, openSize, readClosed } from '#electron/sealing/sealed-file.ts';

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

/** The end of the name of a file that is closed by the keychain's key (sealing/sealed-file.ts). */
const SEALED = '.sealed';

/** A part at 0 begins the file anew. */
async function writePart(path: string, place: number, part: Uint8Array): Promise<void> {
  const file = await open(path, place === 0 ? 'w' : 'r+', 0o600);
  try {
    for (let done = 0; done < part.length;) {
      const { bytesWritten } = await file.write(part, done, part.length - done, place + done);
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

async function filesIn(folder: string): Promise<{ readonly hash: string; readonly size: number }[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = new Set(await readdir(folder));
  const hashes = new Set(
    [...names].map((name) => name.replace(SEALED, '')).filter((name) => HASH.test(name)),
  );
  return Promise.all(
    [...hashes].map(async (hash) => {
      const path = join(folder, hash);
      const isSealed = names.has(`${hash}${SEALED}`);
      return { hash, size: isSealed ? await openSize(`${path}${SEALED}`) : (await stat(path)).size };
    }),
  );
}

const missing = (error: unknown): null => {
  if (errorCodeOf(error) === 'ENOENT') return null;
  throw error;
};

/**
 * The waiting files in `folder`, made when it is not there, closed by `seal` where there is one. Files of
 * earlier releases are read as they stand. Hashes are checked by the channel: they become names of files.
 */
export function openWaitingFolder(folder: string, seal: Seal | null = null): WaitingFolder {
  const openPath = (hash: string): string => join(folder, hash);
  const sealedPath = (hash: string): string => `${openPath(hash)}${SEALED}`;
  return {
    write: async (hash, offset, part, isLast) => {
      if (offset === 0) await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = seal === null ? openPath(hash) : sealedPath(hash);
      const laid = seal === null ? { place: offset, bytes: part } : closedPart(seal, hash, offset, part);
      await writePart(`${path}${UNFINISHED}`, laid.place, laid.bytes);
      if (!isLast) return;
      await rename(`${path}${UNFINISHED}`, path);
      if (seal !== null) await rm(openPath(hash), { force: true });
    },
    read: async (hash, offset, length) =>
      (await readClosed(seal, sealedPath(hash), hash, offset, length).catch(missing)) ??
      readPart(openPath(hash), offset, length).catch(missing),
    list: () => filesIn(folder),
    remove: async (hash) => {
      for (const path of [openPath(hash), sealedPath(hash)])
        for (const end of ['', UNFINISHED]) await rm(`${path}${end}`, { force: true });
    },
  };
}
