import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPicture, PHOTO_LIMITS, photoUrl, readPhoto } from '#shared/domain/photo.ts';
import { EXIF, photoBytes } from '#tests/fixtures/photo-bytes.ts';

test('a small JPEG that tells nothing of its taking is a photo', () => {
  expect(readPhoto(photoBytes({ width: 1280, height: 720 }))).toEqual({ ok: true, width: 1280, height: 720 });
});

test.each([
  ['an empty file', new Uint8Array(), 'not_jpeg'],
  ['a text called photo.jpg', new TextEncoder().encode('<script>alert(1)</script>'), 'not_jpeg'],
  ['a JPEG cut short', photoBytes().subarray(0, -2), 'not_jpeg'],
  ['a page behind a JPEG', photoBytes({ tail: [...new TextEncoder().encode('<html>')] }), 'not_jpeg'],
  ['one with EXIF', photoBytes({ extra: [EXIF] }), 'has_metadata'],
  ['one with a comment', photoBytes({ extra: [[0xfe, [65, 66]]] }), 'has_metadata'],
  ['one with an editor’s notes', photoBytes({ extra: [[0xed, [65, 66]]] }), 'has_metadata'],
  ['a panorama', photoBytes({ width: PHOTO_LIMITS.side + 1 }), 'too_large'],
  ['a picture of no width', photoBytes({ width: 0 }), 'not_jpeg'],
  ['a heavy one', photoBytes({ data: Array.from({ length: PHOTO_LIMITS.bytes }, () => 1) }), 'too_heavy'],
])('%s is refused by name', (_, bytes, problem) => {
  expect(readPhoto(bytes)).toEqual({ ok: false, problem });
});

test('no bytes whatever make the judge throw or go on for ever', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
      const read = readPhoto(Uint8Array.from([0xff, 0xd8, ...noise]));
      const known = ['not_jpeg', 'has_metadata', 'too_large'];
      expect(read.ok || known.includes(read.problem)).toBe(true);
    }),
  );
});

test('what may be taken in is known by its first bytes', () => {
  const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
  expect([isPicture(photoBytes()), isPicture(png), isPicture(new TextEncoder().encode('GIF89a'))]).toEqual([
    true,
    true,
    false,
  ]);
});

test('the address of a photo holds exactly its bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      expect(photoUrl(bytes)).toBe(`data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`);
    }),
  );
});
