import { z } from 'zod';
import { acceptFile, pictureTypeOf } from '#shared/files/accept-file.ts';
import { toBase64 } from '#shared/text/base64.ts';

/**
 * Limits of a photo at every border, in bytes and pixels: the console makes it so, the API takes nothing
 * else.
 */
export const PHOTO_LIMITS = { bytes: 512 * 1024, side: 1600 } as const;
/** Media type of every kept photo. */
export const PHOTO_TYPE = 'image/jpeg';

/**
 * A photo is named by its content (sha-256): the same picture is kept once, and nobody can put another in its
 * place.
 */
export const photoHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

const side = z.number().int().min(1).max(PHOTO_LIMITS.side);

/**
 * A photo as a record speaks of it; the picture itself lies beside the records
 * (renderer/data/store/photos.ts, table `photo`).
 */
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

/**
 * Checks a photo by its bytes, never by its name: a whole JPEG within {@link PHOTO_LIMITS} that says nothing
 * of where, when or with what it was taken, and with nothing behind its end.
 */
export function readPhoto(bytes: Uint8Array): PhotoRead {
  if (bytes.length > PHOTO_LIMITS.bytes) return no('too_heavy');
  const read = acceptFile(bytes);
  if (!read.ok || read.file.type !== PHOTO_TYPE) return no('not_jpeg');
  const { width, height, isClean } = read.file;
  if (width === null || height === null) return no('not_jpeg');
  if (!isClean) return no(isWhole(bytes) ? 'has_metadata' : 'not_jpeg');
  return Math.max(width, height) > PHOTO_LIMITS.side ? no('too_large') : { ok: true, width, height };
}

/** Tells whether a JPEG ends with its end: otherwise something else stands behind it. */
const isWhole = (bytes: Uint8Array): boolean => bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;

/** Tells whether a file is a picture the console can take in, by its first bytes: JPEG, PNG or WebP. */
export const isPicture = (head: Uint8Array): boolean => pictureTypeOf(head) !== null;

/**
 * Pictures at hand by hash, as addresses a page can hold in itself (`data:`). One that is missing is said so
 * on paper.
 */
export type Pictures = ReadonlyMap<string, string>;
/** No pictures at hand. */
export const NO_PICTURES: Pictures = new Map();

/** A photo's bytes as an address that needs nothing else. */
export const photoUrl = (bytes: Uint8Array): string => `data:${PHOTO_TYPE};base64,${toBase64(bytes)}`;
