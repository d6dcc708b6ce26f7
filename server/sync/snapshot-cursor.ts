import { z } from 'zod';
import type { SnapshotPart } from '#shared/protocol/sync.ts';

const NOWHERE = '00000000-0000-0000-0000-000000000000';
const END_OF_TIME = 9_007_199_254_740_991;

/**
 * Every cursor carries the estimate of the first page, so that counting is done once and nothing is kept
 * between pages.
 */
const CURSORS = {
  reference: z.tuple([z.coerce.number().int(), z.string(), z.string()]),
  open: z.tuple([z.coerce.number().int(), z.uuid()]),
  closed: z.tuple([z.coerce.number().int(), z.coerce.number().int(), z.uuid()]),
} as const satisfies Record<SnapshotPart, z.ZodType>;

const START: Readonly<Record<SnapshotPart, readonly (string | number)[]>> = {
  reference: ['', ''],
  open: [NOWHERE],
  closed: [END_OF_TIME, 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
};

/** Where a page begins. */
export interface SnapshotPlace {
  /** Null on the first page: it counts. */
  readonly estimate: number | null;
  readonly key: readonly (string | number)[];
}

/** Reads a cursor; null when no page gave it. */
export function snapshotPlace(part: SnapshotPart, after: string): SnapshotPlace | null {
  if (after === '') return { estimate: null, key: START[part] };
  const parsed = CURSORS[part].safeParse(decode(after));
  if (!parsed.success) return null;
  const [estimate, ...key] = parsed.data;
  return { estimate, key };
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return null;
  }
}

/** Writes the cursor after a row. */
export const cursorOf = (estimate: number, key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([estimate, ...key])).toString('base64url');
