import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openFileSource, type FileSource } from './file-source.ts';

/** An uploaded file on disk, for as long as it is worked on. */
export interface Spooled {
  readonly source: FileSource;
  /** Removes it. */
  remove(): Promise<void>;
}

/** Thrown when an upload goes on beyond the limit. */
export class UploadTooLarge extends Error {}

/**
 * Puts an upload on disk, in a folder only this user can open: the parts of an xlsx are needed in another
 * order than they come in, and a gigabyte does not belong in memory.
 */
export async function spool(upload: Readable, maxBytes: number): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'pult-import-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'upload');
  try {
    await pipeline(
      upload,
      (chunks: AsyncIterable<Buffer>) => limited(chunks, maxBytes),
      createWriteStream(path, { mode: 0o600 }),
    );
    const source = await openFileSource(path);
    return { source, remove: async () => source.close().then(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function* limited(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new UploadTooLarge();
    yield chunk;
  }
}
