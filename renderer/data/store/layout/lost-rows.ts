import { CHUNK_ROWS } from './columns.ts';
import type { ColumnSpec } from './column-kinds.ts';
import type { LayoutState } from './layout-state.ts';

/**
 * Takes a row out of the copy whose record cannot be read: a disk, a browser or another program has spoilt
 * it. The others are shown without it, and comparing copies with the centre brings it again (sync/repair.ts).
 */
export function loseRow<D, S extends ColumnSpec>(state: LayoutState<D, S>, row: number): void {
  if (row >= state.columns.rows) return;
  const chunk = state.columns.chunkOf(row);
  const index = row % CHUNK_ROWS;
  chunk.at.live[index] = 0;
  chunk.at.revision[index] = 0;
  chunk.at.textHash[index] = 0;
  chunk.version += 1;
  state.cache.delete(row);
  state.unindexed.delete(row);
}
