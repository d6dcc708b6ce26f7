import { crc32 } from './crc32.ts';
import { nameAt } from './first-bytes.ts';
import { orientationOf, orientationTiff } from './orientation.ts';
import { DAMAGED, MOST_PIECES, type PictureRead } from './picture.ts';

const HEAD = 8;
/**
 * Chunks that draw and colour (PNG, third edition, 11.2 and 11.3). Texts, moments, frames of an animation are
 * not among them.
 */
const KEPT = 'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs'.split(' ');
/** A name that begins with a capital must be understood, or the picture cannot be drawn. */
const isCritical = (name: string): boolean => /^[A-Z]/.test(name);

interface Chunk {
  readonly name: string;
  readonly whole: Uint8Array;
  readonly body: Uint8Array;
}

/** The chunks up to the end of the picture; null when it is not whole, or in too many pieces. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = HEAD; at + 12 <= bytes.length && chunks.length < MOST_PIECES;) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    const name = nameAt(bytes, at + 4);
    chunks.push({ name, whole: bytes.subarray(at, end), body: bytes.subarray(at + 8, end - 4) });
    if (name === 'IEND') return chunks;
    at = end;
  }
  return null;
}

function exifChunk(orientation: number): Uint8Array {
  const body = orientationTiff(orientation);
  const chunk = new Uint8Array(12 + body.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length);
  chunk.set(
    [...'eXIf'].map((sign) => sign.charCodeAt(0)),
    4,
  );
  chunk.set(body, 8);
  view.setUint32(8 + body.length, crc32(chunk.subarray(4, 8 + body.length)));
  return chunk;
}

/** Reads a PNG: its size, and the chunks that draw it. Of an animation its first picture stays. */
export function readPng(bytes: Uint8Array): PictureRead {
  const chunks = chunksOf(bytes);
  const [head, ...rest] = chunks ?? [];
  if (head?.name !== 'IHDR' || head.body.length !== 13) return DAMAGED;
  if (rest.some(({ name }) => name === 'IHDR' || (isCritical(name) && !KEPT.includes(name)))) return DAMAGED;
  if (!rest.some(({ name }) => name === 'IDAT')) return DAMAGED;
  const size = new DataView(head.body.buffer, head.body.byteOffset, 8);
  const [width, height] = [size.getUint32(0), size.getUint32(4)];
  if (width === 0 || height === 0) return DAMAGED;
  const exif = rest.find(({ name }) => name === 'eXIf');
  const orientation = exif === undefined ? 1 : orientationOf(exif.body);
  const parts = [
    bytes.subarray(0, HEAD),
    head.whole,
    ...(orientation === 1 ? [] : [exifChunk(orientation)]),
    ...rest.filter(({ name }) => KEPT.includes(name)).map(({ whole }) => whole),
  ];
  return { ok: true, width, height, parts };
}
