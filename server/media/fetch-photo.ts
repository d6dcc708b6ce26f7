import { disableTypes, imageSize } from 'image-size';
import { AnswerTooLarge } from '#server/net/read-body.ts';
import { UnsafeAddress, type AllowedNetworks, type Resolve } from '#server/net/safe-address.ts';
import { safeRequest } from '#server/net/safe-request.ts';
import { framesOf } from './frames.ts';

/** Why a photo is not shown. Each has a sentence under `media.refused.<kind>` in both languages. */
export type PhotoRefusal = 'unsafe' | 'too_large' | 'not_a_photo' | 'bomb' | 'gone' | 'unreachable';

/** A photo as it is handed to a console. */
export interface FetchedPhoto {
  readonly type: string;
  readonly bytes: Buffer;
}

export type PhotoFetch =
  | { readonly ok: true; readonly photo: FetchedPhoto }
  | { readonly ok: false; readonly refusal: PhotoRefusal };

/** A resident's camera gives up to some 12 MB; networks make less of it. */
const MAX_BYTES = 16 * 1024 ** 2;
/** A browser unpacks four bytes a pixel: a file of a kilobyte may declare gigabytes. */
const MAX_PIXELS = 60_000_000;
const MAX_SIDE = 30_000;
/** Of all frames of an animation, which a browser draws again and again: half a minute of a small one. */
const MAX_DRAWN_PIXELS = 4 * MAX_PIXELS;
const MAX_REDIRECTS = 3;
const TIMEOUT_MS = 15_000;

/**
 * Types that browsers show and nothing that can carry a script: the bytes decide, not what the other side
 * says of them.
 */
const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
};
disableTypes([
  'svg',
  'tiff',
  'psd',
  'ktx',
  'dds',
  'icns',
  'ico',
  'cur',
  'tga',
  'pnm',
  'j2c',
  'jp2',
  'jxl',
  'heif',
]);

const refuse = (refusal: PhotoRefusal): PhotoFetch => ({ ok: false, refusal });

/** Tells a photo by its bytes, with the pixels that a browser would draw. */
export function inspectPhoto(bytes: Buffer): PhotoFetch {
  try {
    const { type: found = '', ...sides } = imageSize(bytes);
    const type = TYPES[found];
    if (type === undefined || !(sides.width > 0) || !(sides.height > 0)) return refuse('not_a_photo');
    const { width, height, count } = framesOf(bytes, type, sides);
    if (width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS) return refuse('bomb');
    if (width * height * count > MAX_DRAWN_PIXELS) return refuse('bomb');
    return { ok: true, photo: { type, bytes } };
  } catch {
    return refuse('not_a_photo');
  }
}

/** The private networks that may be asked all the same, and in tests how names are resolved. */
export interface PhotoRules {
  readonly allowed: AllowedNetworks;
  readonly resolve?: Resolve;
}

/** Where a redirect leads; null when the answer is none. */
function nextOf(base: string, status: number, location: string | undefined): string | null {
  if (status < 300 || status >= 400 || location === undefined) return null;
  return URL.canParse(location, base) ? new URL(location, base).href : null;
}

/**
 * Fetches a photo from an address that somebody outside wrote. Every address on the way, of each redirect
 * too, is judged before it is called and the call goes to what was judged; more bytes than a photo has are
 * not read.
 */
export async function fetchPhoto(address: string, rules: PhotoRules): Promise<PhotoFetch> {
  try {
    let url = address;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const answer = await safeRequest({ url, ...rules, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES });
      const next = nextOf(url, answer.status, answer.headers.location);
      if (next === null && answer.status !== 200) return refuse(answer.status < 500 ? 'gone' : 'unreachable');
      if (next === null) return inspectPhoto(answer.body);
      url = next;
    }
    return refuse('gone');
  } catch (error) {
    if (error instanceof UnsafeAddress) return refuse(error.reason === 'unresolved' ? 'gone' : 'unsafe');
    return refuse(error instanceof AnswerTooLarge ? 'too_large' : 'unreachable');
  }
}
