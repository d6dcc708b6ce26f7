import { stableHash } from '#shared/domain/stable-hash.ts';
import { DIGEST_BUCKETS } from './sync.ts';

/**
 * Bucket of an incident: the last byte of its id (uuid v7 begins with the time, so the first one would
 * crowd).
 */
export const bucketOf = (id: string): number => Number.parseInt(id.slice(-2), 16) % DIGEST_BUCKETS;

/** Hash of (id, version); xor of these over a bucket tells whether two copies agree. */
export const rowHash = (id: string, version: number): bigint => stableHash(`${id}:${version}`);
