import { DIGEST_BUCKETS } from './sync.ts';

/**
 * Bucket of an incident: the last byte of its id (uuid v7 begins with the time, so the first one would
 * crowd).
 */
export const bucketOf = (id: string): number => Number.parseInt(id.slice(-2), 16) % DIGEST_BUCKETS;

/**
 * 53-bit hash of (id, version), the same on both sides; xor of these over a bucket tells whether two copies
 * agree. FNV-1a in two halves: no cryptography is needed against an honest peer, only independence of
 * ordering.
 */
export function rowHash(id: string, version: number): bigint {
  let low = 0x811c9dc5;
  let high = 0x01000193;
  const text = `${id}:${version}`;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193) >>> 0;
    high = Math.imul(high ^ (code + index), 0x85ebca6b) >>> 0;
  }
  return (BigInt(high >>> 11) << 32n) | BigInt(low);
}
