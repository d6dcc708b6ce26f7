import type { Instant } from '#shared/domain/instant.ts';
import type { IncidentStore } from './dexie-sync-store.ts';
import type { RowColumns } from './incident-codec.ts';
import type { Chunk } from './layout/columns.ts';
import { perChunk } from './layout/per-chunk.ts';

type Moment = 'createdAt' | 'closedAt';

interface Bounds {
  least: Instant;
  most: Instant;
}

function rangeOf({ rows, at, cells }: Chunk<RowColumns>, moment: Moment): Bounds {
  const range = { least: Infinity, most: -Infinity };
  const moments = cells[moment];
  for (let index = 0; index < rows; index += 1) {
    const value = moments[index] as number;
    if (at.live[index] !== 1 || value === Infinity) continue;
    if (value < range.least) range.least = value;
    if (value > range.most) range.most = value;
  }
  return range;
}

const RANGES = {
  createdAt: perChunk((chunk: Chunk<RowColumns>) => rangeOf(chunk, 'createdAt')),
  closedAt: perChunk((chunk: Chunk<RowColumns>) => rangeOf(chunk, 'closedAt')),
};

/**
 * Calls `visit` with every live row whose moment lies in [start, end). Rows come roughly in the order of
 * time, so that most chunks of a long archive have none and are not looked at.
 */
export function rowsBetween(
  { columns }: Pick<IncidentStore, 'columns'>,
  moment: Moment,
  { start, end }: { readonly start: Instant; readonly end: Instant },
  visit: (chunk: Chunk<RowColumns>, index: number) => void,
): void {
  for (const chunk of columns.chunks) {
    const { least, most } = RANGES[moment](chunk);
    if (most < start || least >= end) continue;
    const { rows, at, cells } = chunk;
    const moments = cells[moment];
    for (let index = 0; index < rows; index += 1) {
      const value = moments[index] as number;
      if (value >= start && value < end && at.live[index] === 1) visit(chunk, index);
    }
  }
}
