import type { ColumnSpec } from './column-kinds.ts';
import type { LayoutState } from './layout-state.ts';
import { Staging, stagePages } from './load-pages.ts';
import { loseRow } from './lost-rows.ts';
import { decodeDocument } from './read-documents.ts';

/**
 * Moves the whole overlay into new pages and drops pages nobody points into any more: one transaction, so
 * that a kill leaves either the old or the new state. Columns say the same before and after.
 */
export async function compact<D, S extends ColumnSpec>(state: LayoutState<D, S>): Promise<void> {
  const { page, chunk, overlay, word } = state.tables;
  const records = await overlay.toArray();
  if (records.length === 0) return;
  const staging = new Staging(state);
  const documents = records.flatMap(({ row, document }) => {
    const decoded = document === null ? null : decodeDocument<D>(document);
    if (document !== null && decoded === null) loseRow(state, row);
    return decoded === null ? [] : [decoded];
  });
  const { pages } = stagePages(state, staging, documents);
  // Rows that are gone are so in memory already; their chunks must be stored before the overlay forgets them.
  for (const { row } of records) if (row < state.columns.rows) staging.chunkOf(row);
  const held = heldPages(state, staging);
  const wordCount = state.words.size;
  await state.db.transaction('rw', [page, chunk, overlay, word], async () => {
    const keys = await page.toCollection().primaryKeys();
    const words = state.words.unsaved();
    await Promise.all([
      page.bulkPut([...pages]),
      page.bulkDelete(keys.filter((key) => !held.has(key))),
      chunk.bulkPut(staging.records()),
      overlay.bulkDelete(records.map((record) => record.row)),
      words ? word.put(words) : null,
    ]);
  });
  state.commits += 1;
  state.words.markSaved(wordCount);
  staging.commit();
  state.nextPage += pages.length;
  for (const record of records) state.overlay.delete(record.row);
}

/** Pages some live row lies in once the staged chunks are in place. */
function heldPages<D, S extends ColumnSpec>(
  state: LayoutState<D, S>,
  staging: Staging<D, S>,
): ReadonlySet<number> {
  const held = new Set<number>();
  for (const { first, rows } of state.columns.chunks) {
    if (rows === 0) continue;
    const { at } = staging.peek(first);
    for (let index = 0; index < rows; index += 1)
      if (at.live[index] === 1) held.add(at.page[index] as number);
  }
  return held;
}
