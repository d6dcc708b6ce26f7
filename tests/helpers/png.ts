import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A grey PNG whose header declares this size, and whose body is these rows. */
function greyPng(width: number, height: number, rows: readonly Buffer[]): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.concat(rows.map((row) => Buffer.concat([Buffer.from([0]), row]))))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * A grey PNG. Its header may declare any size: above a thousand pixels a side its body is next to nothing, as
 * a bomb's is. `shade` tells one picture from another.
 */
export function png(width: number, height: number, shade = 0): Buffer {
  const isReal = width <= 1000 && height <= 1000;
  const row = Buffer.alloc(isReal ? width : 0, shade);
  return greyPng(width, height, Array<Buffer>(isReal ? height : 1).fill(row));
}

/** A picture of random pixels, which no compression makes smaller: a byte a pixel. */
export const noisePng = (width: number, height: number): Buffer =>
  greyPng(
    width,
    height,
    Array.from({ length: height }, () => randomBytes(width)),
  );
