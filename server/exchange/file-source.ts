import { open, type FileHandle } from 'node:fs/promises';
import type { ByteSource } from '#shared/exchange/byte-source.ts';

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

/** Opens a file. Throws what the disk says. */
export async function openFileSource(path: string): Promise<FileSource> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  return {
    size,
    read: (start, end) => readFully(file, start, Math.max(0, Math.min(end, size) - start)),
    close: () => file.close(),
  };
}
