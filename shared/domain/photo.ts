import { z } from 'zod';

/** What a photo may be at every border: the console makes it so, the API takes nothing else. */
export const PHOTO_LIMITS = { bytes: 512 * 1024, side: 1600 } as const;
export const PHOTO_TYPE = 'image/jpeg';

/** A photo is named by its content (sha-256): the same picture is kept once, and nobody can put another in its place. */
export const photoHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

const side = z.number().int().min(1).max(PHOTO_LIMITS.side);

/** A photo as a record speaks of it; the picture itself lies beside the records (renderer/store/photos.ts, table `photo`). */
export const photoSchema = z.object({
  hash: photoHashSchema,
  width: side,
  height: side,
  caption: z.string().max(200),
});
export type Photo = Readonly<z.infer<typeof photoSchema>>;

export type PhotoProblem = 'not_jpeg' | 'too_heavy' | 'too_large' | 'has_metadata';
export type PhotoRead =
  | { readonly ok: true; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly problem: PhotoProblem };

const no = (problem: PhotoProblem): PhotoRead => ({ ok: false, problem });

const isFrame = (marker: number): boolean => marker === 0xc0 || marker === 0xc1 || marker === 0xc2;
/** JFIF's own head, colour profile and Adobe's note on colours. Every other application segment or comment may tell of people. */
const isPlain = (marker: number): boolean => marker === 0xe0 || marker === 0xe2 || marker === 0xee;
const isApplication = (marker: number): boolean => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
/** Restart markers stand alone within the picture's data. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/**
 * Judges a photo by its bytes, never by its name: a whole JPEG within {@link PHOTO_LIMITS} that says nothing of where, when or with
 * what it was taken, and with nothing behind its end.
 */
export function readPhoto(bytes: Uint8Array): PhotoRead {
  if (bytes.length > PHOTO_LIMITS.bytes) return no('too_heavy');
  const at = (index: number): number => bytes[index] ?? 0;
  if (at(0) !== 0xff || at(1) !== 0xd8) return no('not_jpeg');
  let size: { readonly width: number; readonly height: number } | null = null;
  let isInData = false;
  for (let here = 2; here + 1 < bytes.length;) {
    const marker = at(here + 1);
    if (isInData && (at(here) !== 0xff || marker === 0x00 || isBare(marker))) {
      here += at(here) === 0xff && marker !== 0xff ? 2 : 1;
      continue;
    }
    if (at(here) !== 0xff) return no('not_jpeg');
    if (marker === 0xff) {
      here += 1;
      continue;
    }
    if (marker === 0xd9) return size !== null && here + 2 === bytes.length ? judged(size) : no('not_jpeg');
    if (isApplication(marker) && !isPlain(marker)) return no('has_metadata');
    const length = at(here + 2) * 256 + at(here + 3);
    if (length < 2) return no('not_jpeg');
    if (isFrame(marker))
      size = {
        height: at(here + 5) * 256 + at(here + 6),
        width: at(here + 7) * 256 + at(here + 8),
      };
    isInData = marker === 0xda;
    here += 2 + length;
  }
  return no('not_jpeg');
}

function judged({ width, height }: { readonly width: number; readonly height: number }): PhotoRead {
  if (width === 0 || height === 0) return no('not_jpeg');
  return Math.max(width, height) > PHOTO_LIMITS.side ? no('too_large') : { ok: true, width, height };
}

const startsWith = (bytes: Uint8Array, start: readonly number[], offset = 0): boolean =>
  start.every((byte, index) => bytes[offset + index] === byte);

/** Whether a file is a picture the console can take in, by its first bytes: JPEG, PNG or WebP. */
export const isPicture = (head: Uint8Array): boolean =>
  startsWith(head, [0xff, 0xd8, 0xff]) ||
  startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) ||
  (startsWith(head, [0x52, 0x49, 0x46, 0x46]) && startsWith(head, [0x57, 0x45, 0x42, 0x50], 8));

/** Pictures at hand by hash, as addresses a page can hold in itself (`data:`). One that is missing is said so on paper. */
export type Pictures = ReadonlyMap<string, string>;
export const NO_PICTURES: Pictures = new Map();

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A photo's bytes as an address that needs nothing else. Its own base64, for neither side's is known to both. */
export function photoUrl(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const sign = (shift: number): string => SIGNS.charAt((three >> shift) & 63);
    parts.push(sign(18), sign(12), left > 1 ? sign(6) : '=', left > 2 ? sign(0) : '=');
  }
  return `data:${PHOTO_TYPE};base64,${parts.join('')}`;
}
