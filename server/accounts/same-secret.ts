import { createHash, timingSafeEqual } from 'node:crypto';

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Tells whether a caller knows the secret; how long the answer takes tells nothing about it. */
export const isSameSecret = (candidate: string, expected: string): boolean =>
  timingSafeEqual(hash(candidate), hash(expected));
