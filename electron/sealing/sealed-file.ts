import { open, stat } from 'node:fs/promises';
import { WAITING_PART_BYTES } from '#shared/protocol/ipc.ts';
import { SEAL_BYTES, type Seal } from './seal.ts';

/**
 * A sealed file: the key's id, then the parts of {@link WAITING_PART_BYTES} it is written in, each closed by
 * itself, so that any of them can be read alone. The last may be shorter.
 */
const HEAD_BYTES = 16;
const CLOSED_BYTES = WAITING_PART_BYTES + SEAL_BYTES;

const placeOf = (index: number): number => HEAD_BYTES + index * CLOSED_BYTES;
const aboutOf = (hash: string, index: number): string => `${hash} ${index}`;

/** Closes a part as it lies on the disk. Throws for one that begins elsewhere than at a whole part. */
export function closedPart(
  seal: Seal,
  hash: string,
  offset: number,
  part: Uint8Array,
): { readonly place: number; readonly bytes: Buffer } {
  const index = offset / WAITING_PART_BYTES;
  if (!Number.isInteger(index)) throw new Error('A part begins at a whole part');
  const closed = seal.close(part, aboutOf(hash, index));
  if (index > 0) return { place: placeOf(index), bytes: closed };
  return { place: 0, bytes: Buffer.concat([Buffer.from(seal.id), closed]) };
}

/** Bytes that a sealed file holds. */
export async function openSize(path: string): Promise<number> {
  const closed = Math.max(0, (await stat(path)).size - HEAD_BYTES);
  return Math.max(0, closed - Math.ceil(closed / CLOSED_BYTES) * SEAL_BYTES);
}

/** Reads up to `length` bytes from `offset`. Throws for a file of another key, or one that was changed. */
export async function readClosed(
  seal: Seal | null,
  path: string,
  hash: string,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const head = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    if (seal === null || head.buffer.toString() !== seal.id)
      throw new Error('closed by a key that is not here');
    const parts: Buffer[] = [];
    const first = Math.floor(offset / WAITING_PART_BYTES);
    for (let index = first; index * WAITING_PART_BYTES < offset + length; index += 1) {
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(CLOSED_BYTES),
        0,
        CLOSED_BYTES,
        placeOf(index),
      );
      if (bytesRead === 0) break;
      parts.push(seal.open(buffer.subarray(0, bytesRead), aboutOf(hash, index)));
    }
    const begin = offset - first * WAITING_PART_BYTES;
    return new Uint8Array(Buffer.concat(parts).subarray(begin, begin + length));
  } finally {
    await file.close();
  }
}
