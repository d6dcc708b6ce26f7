/** The pixels that a picture makes a browser draw: its sides as the browser sees them, and its frames. */
export interface Frames {
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

interface Sized {
  readonly width: number;
  readonly height: number;
}

const TRAILER = 0x3b;
const EXTENSION = 0x21;
const FRAME = 0x2c;

/** Bytes of a table of colours, by the byte that says how long it is. */
const tableBytes = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

/** The place behind a chain of blocks, each with its length before it. */
function behindBlocks(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const length = bytes.readUInt8(at);
    at += 1 + length;
    if (length === 0) return at;
  }
  return at;
}

/**
 * Reads the frames of a GIF (GIF89a). A browser makes the picture as large as its frames are, whatever the
 * screen in its head is: a screen of one pixel may hold a frame of gigabytes. A file that is cut ends where
 * it is cut.
 */
function gifFrames(bytes: Buffer): Frames {
  let [width, height, count] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8), 0];
  let at = 13 + tableBytes(bytes.readUInt8(10));
  while (at < bytes.length) {
    const mark = bytes.readUInt8(at);
    if (mark === EXTENSION) at = behindBlocks(bytes, at + 2);
    else if (mark === FRAME && at + 10 <= bytes.length) {
      count += 1;
      width = Math.max(width, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5));
      height = Math.max(height, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7));
      at = behindBlocks(bytes, at + 10 + tableBytes(bytes.readUInt8(at + 9)) + 1);
    } else if (mark === TRAILER) break;
    else at += 1;
  }
  return { width, height, count };
}

function countChunks(bytes: Buffer, name: string, { start, nameAt, around, sizeOf }: ChunkLayout): number {
  let count = 0;
  for (let at = start; at + 8 <= bytes.length; at += around + sizeOf(at)) {
    if (bytes.toString('latin1', at + nameAt, at + nameAt + 4) === name) count += 1;
  }
  return count;
}

interface ChunkLayout {
  /** Bytes before the first chunk. */
  readonly start: number;
  /** The place of a chunk's name within it, and its bytes besides its body. */
  readonly nameAt: number;
  readonly around: number;
  /** Gives the bytes of the body of the chunk that begins there. */
  readonly sizeOf: (at: number) => number;
}

const pngChunks = (bytes: Buffer): ChunkLayout => ({
  start: 8,
  nameAt: 4,
  around: 12,
  sizeOf: (at) => bytes.readUInt32BE(at),
});

/** Bodies of RIFF are filled up to an even length. */
const riffChunks = (bytes: Buffer): ChunkLayout => ({
  start: 12,
  nameAt: 0,
  around: 8,
  sizeOf: (at) => bytes.readUInt32LE(at + 4) + (bytes.readUInt32LE(at + 4) & 1),
});

/** Tells what a picture makes a browser draw, by its type and the sides in its head. */
export function framesOf(bytes: Buffer, type: string, { width, height }: Sized): Frames {
  if (type === 'image/gif') return gifFrames(bytes);
  const frames =
    type === 'image/png'
      ? countChunks(bytes, 'fcTL', pngChunks(bytes))
      : type === 'image/webp'
        ? countChunks(bytes, 'ANMF', riffChunks(bytes))
        : 1;
  return { width, height, count: Math.max(1, frames) };
}
