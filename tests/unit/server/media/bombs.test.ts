import { describe, expect, test } from 'vitest';
import { inspectPhoto } from '#server/media/fetch-photo.ts';
import { acceptFile } from '#shared/files/accept-file.ts';
import { gifBytes } from '#tests/fixtures/gif-bytes.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { pdfBytes, pngBytes, pngChunk, riffChunk, webpBytes } from '#tests/fixtures/picture-bytes.ts';
import { png } from '#tests/helpers/png.ts';

const found = (bytes: Uint8Array): string => {
  const read = inspectPhoto(Buffer.from(bytes));
  return read.ok ? read.photo.type : read.refusal;
};
const ONE = { width: 1, height: 1 };
const many = <T>(count: number, item: T): readonly T[] => Array.from({ length: count }, () => item);

/** The head of a GIF with frames that say these sides and hold nothing. */
const emptyFrames = (screen: typeof ONE, width: number, height: number, count: number): Uint8Array => {
  const whole = gifBytes(screen, [ONE]);
  const [head, frame] = [whole.subarray(0, 19), whole.subarray(19, -1)];
  const sides = Buffer.from(frame);
  sides.writeUInt16LE(width, 5);
  sides.writeUInt16LE(height, 7);
  return Buffer.concat([head, ...many(count, sides), whole.subarray(-1)]);
};

const animation = (width: number, height: number, count: number): Uint8Array =>
  webpBytes({
    width,
    height,
    canvas: [width, height],
    flags: 2,
    extra: many(count, riffChunk('ANMF', many(24, 0))),
  });

describe('photos of messages', () => {
  test.each([
    ['a PNG', png(50_000, 50_000)],
    ['a WebP', webpBytes({ width: 16_000, height: 16_000 })],
    ['a JPEG', photoBytes({ width: 65_500, height: 65_500 })],
    ['a GIF', emptyFrames({ width: 65_000, height: 65_000 }, 1, 1, 1)],
    ['a GIF whose screen is one pixel and whose frame is not', emptyFrames(ONE, 20_000, 20_000, 1)],
    ['a GIF whose last frame is the large one', gifBytes(ONE, [...many(3, ONE), { ...ONE, left: 40_000 }])],
    ['a GIF of many frames', emptyFrames({ width: 5000, height: 5000 }, 5000, 5000, 100)],
    ['an animated PNG of many frames', pngBytes(5000, 5000, ...many(100, pngChunk('fcTL', many(26, 0))))],
    ['an animated WebP of many frames', animation(5000, 5000, 100)],
  ])('%s that a browser would unpack to gigabytes is not handed out', (_, bytes) => {
    expect(bytes.length).toBeLessThan(100_000);
    expect(found(bytes)).toBe('bomb');
  });

  test('animations that people send are handed out', () => {
    expect(found(emptyFrames({ width: 480, height: 270 }, 480, 270, 300))).toBe('image/gif');
    expect(found(gifBytes({ width: 40, height: 30 }, many(5, { width: 40, height: 30 })))).toBe('image/gif');
    expect(found(animation(480, 270, 300))).toBe('image/webp');
  });

  test('a picture cut anywhere, and one with anything behind it, is judged at once and never throws', () => {
    const wholes = [png(40, 30), webpBytes({ width: 9, height: 9 }), photoBytes(), animation(9, 9, 3)];
    for (const whole of [...wholes, gifBytes(ONE, [ONE, { width: 3, height: 3 }])]) {
      for (let end = 0; end < whole.length; end += 1) found(whole.subarray(0, end));
      for (const tail of ['<script>alert(1)</script>', 'PK\u0005\u0006', 'GIF89a'])
        expect(found(Buffer.concat([whole, Buffer.from(tail)]))).toBe(found(whole));
    }
  });

  test('16 MB of frames are counted in a moment', () => {
    const started = performance.now();
    const gif = emptyFrames(ONE, 1, 1, 1_000_000);
    expect(found(gif.subarray(0, 16 * 1024 ** 2))).toBe('image/gif');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('what is attached', () => {
  const problem = (bytes: Uint8Array): string => {
    const read = acceptFile(bytes);
    return read.ok ? 'taken' : read.problem;
  };

  test.each([
    ['a PNG', png(50_000, 50_000), 'too_many_pixels'],
    ['a JPEG', photoBytes({ width: 65_500, height: 65_500 }), 'too_many_pixels'],
    ['a WebP', webpBytes({ width: 16_000, height: 16_000 }), 'too_many_pixels'],
    [
      'a WebP whose canvas says less than its picture',
      webpBytes({ width: 16_000, height: 16_000, canvas: [1, 1] }),
      'damaged',
    ],
    ['a GIF', gifBytes(ONE, [ONE]), 'not_accepted'],
    ['an animated WebP', animation(9, 9, 3), 'animated'],
    ['a PDF that is an archive', pdfBytes('PK\u0005\u0006'), 'hidden_content'],
  ])('%s is refused by name', (_, bytes, name) => {
    expect(problem(bytes)).toBe(name);
  });

  test('a picture loses whatever stands behind its end, and one that is cut is refused', () => {
    for (const whole of [png(40, 30), photoBytes()]) {
      const read = acceptFile(Buffer.concat([whole, Buffer.from('<script>alert(1)</script>')]));
      expect(read.ok && !Buffer.from(read.file.bytes).includes('<script>')).toBe(true);
      for (let end = 1; end < whole.length; end += 1)
        expect(problem(whole.subarray(0, end))).not.toBe('taken');
    }
  });
});
