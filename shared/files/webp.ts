import { nameAt, startsWith } from './first-bytes.ts';
import { orientationOf, orientationTiff } from './orientation.ts';
import { DAMAGED, MOST_PIECES, type PictureRead } from './picture.ts';

/** Chunks that draw and colour (WebP Container Specification). */
const KEPT = ['VP8X', 'ICCP', 'ALPH', 'VP8 ', 'VP8L'];
/** Bits of VP8X. */
const FLAG = { icc: 0x20, exif: 0x08, xmp: 0x04, animation: 0x02 } as const;

interface Chunk {
  readonly name: string;
  readonly body: Uint8Array;
}

/** The chunks within the size the head declares; null when the file is not whole, or in too many pieces. */
function chunksOf(bytes: Uint8Array): readonly Chunk[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  const whole = 8 + view.getUint32(4, true);
  if (whole > bytes.length) return null;
  for (let at = 12; at < whole;) {
    if (at + 8 > whole || chunks.length === MOST_PIECES) return null;
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > whole) return null;
    chunks.push({ name: nameAt(bytes, at), body: bytes.subarray(at + 8, at + 8 + length) });
    // Some writers leave the odd last byte out, so the end may be one too far.
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/** Pixels of the picture itself: a key frame of VP8 (RFC 6386, 9.1) or VP8L's head. */
function sizeOf({ name, body }: Chunk): readonly [width: number, height: number] | null {
  const at = (index: number): number => body[index] ?? 0;
  if (name === 'VP8L') {
    if (at(0) !== 0x2f || body.length < 5) return null;
    const bits = at(1) | (at(2) << 8) | (at(3) << 16) | (at(4) << 24);
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  }
  if (!startsWith(body, [0x9d, 0x01, 0x2a], 3) || body.length < 10) return null;
  return [(at(6) | (at(7) << 8)) & 0x3fff, (at(8) | (at(9) << 8)) & 0x3fff];
}

function chunkBytes(name: string, body: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(8 + body.length + (body.length % 2));
  chunk.set([...name].map((sign) => sign.charCodeAt(0)));
  new DataView(chunk.buffer).setUint32(4, body.length, true);
  chunk.set(body, 8);
  return chunk;
}

function riff(chunks: readonly Uint8Array[]): readonly Uint8Array[] {
  const head = new Uint8Array(12);
  head.set([...'RIFF\0\0\0\0WEBP'].map((sign) => sign.charCodeAt(0)));
  const size = chunks.reduce((sum, { length }) => sum + length, 4);
  new DataView(head.buffer).setUint32(4, size, true);
  return [head, ...chunks];
}

/** The canvas of VP8X must be the picture's, or a small picture would open a huge one. */
const isCanvasOf = (canvas: Chunk, [width, height]: readonly [number, number]): boolean => {
  const at = (index: number): number => canvas.body[index] ?? 0;
  const side = (index: number): number => (at(index) | (at(index + 1) << 8) | (at(index + 2) << 16)) + 1;
  return canvas.body.length === 10 && side(4) === width && side(7) === height;
};

/** VP8X without the marks of what is taken out. */
function plainCanvas(canvas: Chunk, hasProfile: boolean, orientation: number): Uint8Array {
  const body = Uint8Array.from(canvas.body);
  const flags = (body[0] ?? 0) & ~(FLAG.icc | FLAG.exif | FLAG.xmp);
  body[0] = flags | (hasProfile ? FLAG.icc : 0) | (orientation === 1 ? 0 : FLAG.exif);
  return body;
}

/** Reads a WebP: its size, and the chunks that draw it. */
export function readWebp(bytes: Uint8Array): PictureRead {
  const chunks = chunksOf(bytes);
  if (chunks === null) return DAMAGED;
  const canvas = chunks[0]?.name === 'VP8X' ? chunks[0] : undefined;
  const isAnimated = ((canvas?.body[0] ?? 0) & FLAG.animation) !== 0;
  if (isAnimated || chunks.some(({ name }) => name === 'ANIM' || name === 'ANMF'))
    return { ok: false, problem: 'animated' };
  const pictures = chunks.filter(({ name }) => name === 'VP8 ' || name === 'VP8L');
  const [picture] = pictures;
  if (picture === undefined || pictures.length > 1) return DAMAGED;
  const size = sizeOf(picture);
  if (size === null || size[0] === 0 || size[1] === 0) return DAMAGED;
  if (canvas === undefined)
    return {
      ok: true,
      width: size[0],
      height: size[1],
      parts: riff([chunkBytes(picture.name, picture.body)]),
    };
  return readExtended(chunks, canvas, size);
}

function readExtended(
  chunks: readonly Chunk[],
  canvas: Chunk,
  size: readonly [width: number, height: number],
): PictureRead {
  if (!isCanvasOf(canvas, size)) return DAMAGED;
  const exif = chunks.find(({ name }) => name === 'EXIF');
  const tiff = exif !== undefined && startsWith(exif.body, 'Exif\0\0') ? exif.body.subarray(6) : exif?.body;
  const orientation = tiff === undefined ? 1 : orientationOf(tiff);
  const hasProfile = chunks.some(({ name }) => name === 'ICCP');
  const kept = chunks.filter(
    (chunk) => chunk !== canvas && chunk.name !== 'VP8X' && KEPT.includes(chunk.name),
  );
  const parts = riff([
    chunkBytes('VP8X', plainCanvas(canvas, hasProfile, orientation)),
    ...kept.map(({ name, body }) => chunkBytes(name, body)),
    ...(orientation === 1 ? [] : [chunkBytes('EXIF', orientationTiff(orientation))]),
  ]);
  return { ok: true, width: size[0], height: size[1], parts };
}
