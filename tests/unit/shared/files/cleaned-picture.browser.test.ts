import { crc32 } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { acceptFile } from '#shared/files/accept-file.ts';
import { tiffBytes } from '#tests/fixtures/picture-bytes.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});
afterAll(() => browser.close());

const [WIDTH, HEIGHT] = [48, 32];
/** Turned by a quarter, as a telephone held upright writes it. */
const UPRIGHT = 6;
const TIFF = Buffer.from(tiffBytes(UPRIGHT));

/** A real picture as Chromium's own encoder writes it: four corners of four colours. */
async function drawn(type: string): Promise<Buffer> {
  const signs = await page.evaluate(
    async ({ type: kind, width, height }) => {
      const canvas = new OffscreenCanvas(width, height);
      const brush = canvas.getContext('2d');
      for (const [index, colour] of ['#c00', '#0c0', '#00c', '#cc0'].entries()) {
        if (brush !== null) brush.fillStyle = colour;
        brush?.fillRect((index % 2) * (width / 2), index > 1 ? height / 2 : 0, width / 2, height / 2);
      }
      const blob = await canvas.convertToBlob({ type: kind, quality: 0.9 });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    { type, width: WIDTH, height: HEIGHT },
  );
  return Buffer.from(signs);
}

/** A picture as Chromium shows it: its sides, and the colour near its corners. */
function shown(bytes: Uint8Array, type: string): Promise<readonly number[]> {
  return page.evaluate(
    async ({ signs, kind }) => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(signs)], { type: kind }), {
        imageOrientation: 'from-image',
      });
      const { width, height } = picture;
      const brush = new OffscreenCanvas(width, height).getContext('2d');
      brush?.drawImage(picture, 0, 0);
      const at = (x: number, y: number): number[] => [...(brush?.getImageData(x, y, 1, 1).data ?? [])];
      return [
        width,
        height,
        ...at(4, 4),
        ...at(width - 5, 4),
        ...at(4, height - 5),
        ...at(width - 5, height - 5),
      ];
    },
    { signs: [...bytes], kind: type },
  );
}

const four = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const riff = (name: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(name), four(body.length), body, Buffer.alloc(body.length % 2)]);

/**
 * The picture with EXIF that says a maker, a place and the orientation, where its format has a place for it.
 */
const WITH_EXIF: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  'image/jpeg': (bytes) => {
    const body = Buffer.concat([Buffer.from('Exif\0\0'), TIFF]);
    const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 255]);
    return Buffer.concat([
      bytes.subarray(0, 2),
      head,
      body,
      bytes.subarray(2),
      Buffer.from('SEFT trailer GPS'),
    ]);
  },
  'image/png': (bytes) => {
    const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('eXIf'), TIFF, Buffer.alloc(4)]);
    chunk.writeUInt32BE(TIFF.length);
    chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
    return Buffer.concat([bytes.subarray(0, 33), chunk, bytes.subarray(33)]);
  },
  'image/webp': (bytes) => {
    // With transparency Chromium writes a canvas of its own, and more than one chunk behind it.
    const hasCanvas = bytes.subarray(12, 16).equals(Buffer.from('VP8X'));
    const flags = (hasCanvas ? (bytes[20] ?? 0) : 0) | 0x08;
    const canvas = Buffer.from([flags, 0, 0, 0, WIDTH - 1, 0, 0, HEIGHT - 1, 0, 0]);
    const picture = bytes.subarray(hasCanvas ? 30 : 12);
    const body = Buffer.concat([Buffer.from('WEBP'), riff('VP8X', canvas), picture, riff('EXIF', TIFF)]);
    return Buffer.concat([Buffer.from('RIFF'), four(body.length), body]);
  },
};

test.each(Object.keys(WITH_EXIF))(
  '%s: Chromium shows a cleaned picture as it showed the one before',
  async (type) => {
    const plain = await drawn(type);
    const before = must(WITH_EXIF[type], type)(plain);
    const read = acceptFile(before);
    if (!read.ok) throw new Error(read.problem);
    const { bytes, width, height, isClean } = read.file;
    expect([read.file.type, width, height, isClean]).toEqual([type, WIDTH, HEIGHT, false]);
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/GPS|SEFT/);
    expect(await shown(bytes, type)).toEqual(await shown(before, type));
    // What a browser itself writes is clean but for what it says of itself, and is shown the same.
    const own = acceptFile(plain);
    expect(own.ok && (await shown(own.file.bytes, type))).toEqual(await shown(plain, type));
  },
);

test('a JPEG taken upright is shown upright, which is more than being shown as before', async () => {
  const read = acceptFile(must(WITH_EXIF['image/jpeg'], 'JPEG')(await drawn('image/jpeg')));
  if (!read.ok) throw new Error(read.problem);
  expect((await shown(read.file.bytes, 'image/jpeg')).slice(0, 2)).toEqual([HEIGHT, WIDTH]);
});
