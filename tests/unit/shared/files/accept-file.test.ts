import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { ATTACHMENT_LIMITS } from '#shared/domain/attachment.ts';
import { acceptFile, FILE_PROBLEMS } from '#shared/files/accept-file.ts';
import { orientationOf, orientationTiff } from '#shared/files/orientation.ts';
import {
  pdfBytes,
  pngBytes,
  pngChunk,
  riffChunk,
  tiffBytes,
  webpBytes,
} from '#tests/fixtures/picture-bytes.ts';
import { photoBytes } from '#tests/fixtures/photo-bytes.ts';
import { cpuMs } from '#tests/helpers/cpu-time.ts';

const latin = (text: string): number[] => [...text].map((sign) => sign.charCodeAt(0));
const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const with0 = (...parts: (readonly number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const exifSegment = (orientation: number) =>
  [0xe1, [...latin('Exif\0\0'), ...tiffBytes(orientation)]] as const;
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function accepted(bytes: Uint8Array<ArrayBuffer>) {
  const read = acceptFile(bytes);
  if (!read.ok) throw new Error(read.problem);
  return read.file;
}
const problemOf = (bytes: Uint8Array<ArrayBuffer>): string | null => {
  const read = acceptFile(bytes);
  return read.ok ? null : read.problem;
};

describe('what is as it should be', () => {
  test.each([
    ['a JPEG', photoBytes({ width: 1280, height: 720 }), ['image/jpeg', 1280, 720]],
    ['a PNG', pngBytes(3, 5), ['image/png', 3, 5]],
    ['a WebP', webpBytes({ width: 640, height: 480 }), ['image/webp', 640, 480]],
    ['a PDF', pdfBytes(), ['application/pdf', null, null]],
  ])('%s comes back the same', (_, bytes, [type, width, height]) => {
    expect(acceptFile(bytes)).toEqual({ ok: true, file: { type, bytes, width, height, isClean: true } });
  });
});

describe('what tells of its taking goes', () => {
  const SECRETS = ['GPS', 'Ivanov', 'script'];
  const xmp = '<x:xmpmeta>Ivanov</x:xmpmeta>';
  test.each([
    [
      'EXIF, XMP, an editor’s notes and a comment of a JPEG',
      photoBytes({
        extra: [
          exifSegment(6),
          [0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${xmp}`)],
          [0xed, latin('Photoshop Ivanov')],
          [0xfe, latin('<script>')],
        ],
      }),
    ],
    [
      'what is dressed up as a colour profile',
      photoBytes({
        extra: [
          [0xe2, latin('MPF\0GPS')],
          [0xe2, latin('ICC_PROFILE\0\x01\x01<script>')],
        ],
      }),
    ],
    ['what a telephone hangs behind a JPEG', photoBytes({ tail: latin('GPS <script> mp4') })],
    [
      'the small picture within a JPEG’s own head',
      with0(
        [0xff, 0xd8, 0xff, 0xe0, 0, 19, ...latin('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 1, 1],
        latin('GPS'),
        photoBytes().subarray(20),
      ),
    ],
    [
      'texts, a moment and EXIF of a PNG',
      pngBytes(
        2,
        2,
        pngChunk('tEXt', latin('Author\0Ivanov')),
        pngChunk('tIME', [7, 230, 1, 1, 1, 1, 1]),
        pngChunk('eXIf', [...tiffBytes(6)]),
        pngChunk('iTXt', latin(xmp)),
      ),
    ],
    ['what stands behind a PNG', with0(pngBytes(), latin('<script>'))],
    [
      'EXIF and XMP of a WebP',
      webpBytes({
        flags: 0x0c,
        extra: [
          riffChunk('EXIF', tiffBytes(6)),
          riffChunk('XMP ', latin(xmp)),
          riffChunk('ABCD', latin('<script>')),
        ],
      }),
    ],
    ['what stands behind a WebP', with0(webpBytes(), latin('<script>'))],
  ])('%s', (_, bytes) => {
    const file = accepted(bytes);
    expect(file.isClean).toBe(false);
    for (const secret of SECRETS) expect(textOf(file.bytes)).not.toContain(secret);
    expect(accepted(file.bytes)).toMatchObject({ isClean: true, width: file.width, height: file.height });
  });

  test.each([
    ['JPEG', photoBytes({ extra: [exifSegment(6)] }), 'Exif\0\0MM'],
    ['PNG', pngBytes(2, 2, pngChunk('eXIf', [...tiffBytes(6)])), 'eXIfMM'],
    ['WebP', webpBytes({ flags: 0x08, extra: [riffChunk('EXIF', tiffBytes(6))] }), 'EXIF\x1a\0\0\0MM'],
  ])('and a %s is still shown upright', (_, bytes, head) => {
    const text = textOf(accepted(bytes).bytes);
    const start = text.indexOf(head) + head.length - 2;
    expect(start).toBeGreaterThan(0);
    expect(orientationOf(Buffer.from(text.slice(start), 'latin1'))).toBe(6);
  });

  it('writes a PNG’s orientation with a checksum readers accept', () => {
    const text = textOf(accepted(pngBytes(2, 2, pngChunk('eXIf', [...tiffBytes(8)]))).bytes);
    const chunk = Buffer.from(text.slice(text.indexOf('eXIf')), 'latin1').subarray(0, 4 + 26 + 4);
    expect(chunk.readUInt32BE(30)).toBe(crc32(chunk.subarray(0, 30)));
  });

  it('keeps colours: a profile, Adobe’s note, gamma', () => {
    const profile = [
      ...latin('ICC_PROFILE\0\x01\x01'),
      ...Array<number>(36).fill(0),
      ...latin('acsp'),
      1,
      2,
      3,
    ];
    const adobe = [...latin('Adobe'), 0, 100, 0, 0, 0, 0, 1];
    expect(
      accepted(
        photoBytes({
          extra: [
            [0xe2, profile],
            [0xee, adobe],
          ],
        }),
      ).isClean,
    ).toBe(true);
    expect(accepted(pngBytes(2, 2, pngChunk('gAMA', [0, 0, 177, 143]))).isClean).toBe(true);
    expect(accepted(webpBytes({ flags: 0x20, extra: [riffChunk('ICCP', profile)] })).isClean).toBe(true);
  });

  it('turns an animated PNG into its first picture', () => {
    const file = accepted(pngBytes(2, 2, pngChunk('acTL', [0, 0, 0, 9, 0, 0, 0, 0])));
    expect(file.bytes).toEqual(pngBytes(2, 2));
  });

  it('reads and writes every orientation, and is not led astray by nonsense', () => {
    for (let turn = 1; turn <= 8; turn += 1) {
      expect(orientationOf(orientationTiff(turn))).toBe(turn);
      expect(orientationOf(Uint8Array.from(tiffBytes(turn)))).toBe(turn);
    }
    expect(orientationOf(Uint8Array.from(tiffBytes(77)))).toBe(1);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => {
        const turn = orientationOf(with0(latin('II'), noise));
        expect(turn >= 1 && turn <= 8).toBe(true);
      }),
    );
  });
});

describe('what is refused, by name', () => {
  const archive = with0([0x50, 0x4b, 5, 6, ...Array<number>(16).fill(0)], [6, 0], latin('%%EOF\n'));
  const heic = with0([0, 0, 0, 24], latin('ftypheic'), [0, 0, 0, 0], latin('mif1heic'));
  const ten5 = 100_000;
  test.each([
    ['nothing', new Uint8Array(), 'empty'],
    ['300 MB', new Uint8Array(300 * 1024 ** 2), 'too_large'],
    [
      'a PDF above the limit',
      with0(utf8('%PDF-1.4\n'), new Uint8Array(ATTACHMENT_LIMITS.bytes)),
      'too_large',
    ],
    ['an iPhone’s own format', heic, 'heic'],
    ['AVIF', with0([0, 0, 0, 24], latin('ftypavif')), 'not_accepted'],
    ['a GIF that is a script', utf8('GIF89a/*'), 'not_accepted'],
    ['an archive', with0(latin('PK'), [3, 4]), 'not_accepted'],
    ['a page', utf8('<!doctype html><script>'), 'not_accepted'],
    ['SVG', utf8('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'not_accepted'],
    ['a program', utf8('MZ\x90\0'), 'not_accepted'],
    ['a PNG of 10⁵ by 10⁵', pngBytes(ten5, ten5), 'too_many_pixels'],
    ['a PNG of 2³¹ by 1', pngBytes(2 ** 31 - 1, 1), 'too_many_pixels'],
    ['a JPEG of 65,535 by 65,535', photoBytes({ width: 65_535, height: 65_535 }), 'too_many_pixels'],
    ['a WebP of 16,384 by 16,384', webpBytes({ width: 16_384, height: 16_384 }), 'too_many_pixels'],
    ['a WebP whose canvas is 10⁵ by 10⁵', webpBytes({ canvas: [ten5, ten5] }), 'damaged'],
    ['an animated WebP', webpBytes({ flags: 2, extra: [riffChunk('ANIM', [0, 0, 0, 0, 0, 0])] }), 'animated'],
    ['frames in a WebP that does not say so', webpBytes({ extra: [riffChunk('ANMF', [0])] }), 'animated'],
    ['a JPEG cut short', photoBytes().subarray(0, -2), 'damaged'],
    ['a JPEG without a frame', with0([0xff, 0xd8, 0xff, 0xd9]), 'damaged'],
    ['a PNG cut short', pngBytes().subarray(0, -12), 'damaged'],
    ['a PNG without data', with0(pngBytes().subarray(0, 33), pngChunk('IEND', [])), 'damaged'],
    ['a WebP cut short', webpBytes().subarray(0, -4), 'damaged'],
    ['a picture of no width', photoBytes({ width: 0 }), 'damaged'],
    ['a PDF cut short', pdfBytes().subarray(0, -8), 'damaged'],
    ['a PDF that begins later', with0(latin('\n'), pdfBytes()), 'not_accepted'],
    ['a page behind a PDF', pdfBytes('<script>'), 'hidden_content'],
    ['a PDF that is an archive from its end', with0(pdfBytes(), archive), 'hidden_content'],
  ])('%s', (_, bytes, problem) => {
    expect(problemOf(bytes)).toBe(problem);
  });

  it('takes a JPEG that calls itself a PDF for a JPEG, and cleans the PDF out of it', () => {
    const file = accepted(photoBytes({ extra: [[0xfe, [...pdfBytes()]]] }));
    expect(file.type).toBe('image/jpeg');
    expect(textOf(file.bytes)).not.toContain('%PDF');
  });

  it('knows nothing by a name: no bytes whatever make it throw, and cleaning twice changes nothing', () => {
    const heads = [
      [0xff, 0xd8, 0xff],
      [...pngBytes().subarray(0, 33)],
      [...webpBytes().subarray(0, 20)],
      latin('%PDF-1.7\n'),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 300 }), (head, noise) => {
        const read = acceptFile(with0(head, noise));
        const isSteady = read.ok ? accepted(read.file.bytes).isClean : FILE_PROBLEMS.includes(read.problem);
        expect(isSteady).toBe(true);
      }),
    );
  });

  it('judges a full-sized picture in a moment', () => {
    const bytes = photoBytes({ data: [] });
    const heavy = new Uint8Array(bytes.length + 19 * 1024 ** 2);
    heavy.set(bytes.subarray(0, -7));
    heavy.fill(0x55, bytes.length - 7, -7);
    heavy.set(bytes.subarray(-7), heavy.length - 7);
    expect(accepted(heavy).isClean).toBe(true);
  });
});

describe('a picture in very many pieces', () => {
  /** Bytes of `head`, as many empty pieces as make the largest file that is taken, and `tail`. */
  const filled = (head: Uint8Array, piece: readonly number[], tail: Uint8Array): Uint8Array<ArrayBuffer> => {
    const room = ATTACHMENT_LIMITS.bytes - head.length - tail.length;
    const bytes = new Uint8Array(Buffer.alloc(room - (room % piece.length), Uint8Array.from(piece)));
    return joined(head, bytes, tail);
  };
  const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
    new Uint8Array(Buffer.concat(parts));
  const webpOf = (chunks: Uint8Array): Uint8Array<ArrayBuffer> => {
    const bytes = joined(Uint8Array.from(latin('RIFF\0\0\0\0WEBP')), chunks);
    new DataView(bytes.buffer).setUint32(4, bytes.length - 8, true);
    return bytes;
  };
  const [plain, photo] = [pngBytes(), photoBytes()];
  test.each([
    ['a PNG', filled(plain.subarray(0, 33), [...pngChunk('IDAT', [])], plain.subarray(33))],
    ['a JPEG', filled(photo.subarray(0, 2), [0xff, 0xfe, 0, 2], photo.subarray(2))],
    ['a WebP', webpOf(filled(new Uint8Array(0), riffChunk('EXIF', []), webpBytes().subarray(12)))],
  ])('%s of empty ones is refused before it takes seconds and gigabytes', (_, bytes) => {
    const before = cpuMs();
    expect(problemOf(bytes)).toBe('damaged');
    expect(cpuMs() - before).toBeLessThan(500);
  });

  it('is taken as encoders write it: sixteen thousand chunks of a kilobyte', () => {
    const chunk = [
      ...pngChunk(
        'IDAT',
        Array.from({ length: 1024 }, () => 0),
      ),
    ];
    const many = new Uint8Array(Buffer.alloc(16_000 * chunk.length, Uint8Array.from(chunk)));
    expect(problemOf(joined(plain.subarray(0, 33), many, plain.subarray(33)))).toBeNull();
  });
});
