import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ByteSource, Scratch } from '#shared/exchange/byte-source.ts';

/** A file on disk as a source of bytes. */
export interface FileSource extends ByteSource {
  close(): Promise<void>;
}

async function readFully(file: FileHandle, start: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await file.read(bytes, done, length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

/**
 * A file only this user can open, made when something is put there. Residents' words are in it: it goes with
 * the source.
 */
function fileScratch(): Scratch & { remove(): void } {
  let made: { readonly folder: string; readonly file: number } | null = null;
  let end = 0;
  const opened = (): { readonly folder: string; readonly file: number } => {
    if (made !== null) return made;
    const folder = mkdtempSync(join(tmpdir(), 'pult-scratch-'));
    return (made = { folder, file: openSync(join(folder, 'scratch'), 'wx+', 0o600) });
  };
  return {
    put: (bytes) => {
      const place = end;
      for (let done = 0; done < bytes.length;)
        done += writeSync(opened().file, bytes, done, bytes.length - done, place + done);
      end += bytes.length;
      return place;
    },
    take: (place, length) => {
      const bytes = new Uint8Array(length);
      readSync(opened().file, bytes, 0, length, place);
      return bytes;
    },
    remove: () => {
      if (made === null) return;
      closeSync(made.file);
      rmSync(made.folder, { recursive: true, force: true });
      made = null;
    },
  };
}

/** Something that is no file: a folder, a pipe, a device. */
export class NotAFile extends Error {}

/** Opens a file. Throws what the disk says, and NotAFile. */
export async function openFileSource(path: string): Promise<FileSource> {
  // Asked before it is opened: opening a pipe waits for whoever writes into it.
  if (!(await stat(path)).isFile()) throw new NotAFile(path);
  const file = await open(path, 'r');
  const { size } = await file.stat();
  const scratch = fileScratch();
  return {
    size,
    read: (start, end) => readFully(file, start, Math.max(0, Math.min(end, size) - start)),
    scratch,
    pause: () => setImmediate(),
    close: async () => {
      scratch.remove();
      await file.close();
    },
  };
}
