import { must } from '#shared/domain/must.ts';
import type { ColumnSpec } from './column-kinds.ts';
import { CHUNK_ROWS } from './columns.ts';
import type { LayoutState } from './layout-state.ts';
import { decodePage } from './pages.ts';

const decoder = new TextDecoder();

export const decodeDocument = <D>(bytes: Uint8Array): D => JSON.parse(decoder.decode(bytes)) as D;

/**
 * The documents of live rows, in no particular order. A commit between looking a row up and reading it may
 * have moved it; such rows are looked up again.
 */
export async function readDocuments<D, S extends ColumnSpec>(
  state: LayoutState<D, S>,
  rows: readonly number[],
): Promise<Map<number, D>> {
  const found = new Map<number, D>();
  let missing: number[] = [];
  for (const row of rows) {
    const cached = state.cache.get(row);
    if (cached === undefined) missing.push(row);
    else found.set(row, cached);
  }
  for (let attempt = 0; missing.length > 0; attempt += 1) {
    if (attempt === 5) throw new Error(`Documents of ${missing.length} rows are missing`);
    const commits = state.commits;
    const read = await readOnce(
      state,
      missing.filter((row) => state.columns.isLive(row)),
    );
    if (state.commits === commits && rows.length <= 200)
      for (const [row, document] of read) state.cache.set(row, document);
    for (const [row, document] of read) found.set(row, document);
    missing = missing.filter((row) => !found.has(row) && state.columns.isLive(row));
  }
  return found;
}

async function readOnce<D, S extends ColumnSpec>(
  state: LayoutState<D, S>,
  rows: readonly number[],
): Promise<Map<number, D>> {
  const found = new Map<number, D>();
  const overlaid = rows.filter((row) => state.overlay.has(row));
  const byPage = new Map<number, { row: number; slot: number }[]>();
  for (const row of rows) {
    if (state.overlay.has(row)) continue;
    const { at } = state.columns.chunkOf(row);
    const page = at.page[row % CHUNK_ROWS] as number;
    const places = byPage.get(page) ?? [];
    places.push({ row, slot: at.slot[row % CHUNK_ROWS] as number });
    byPage.set(page, places);
  }
  const [records, pages] = await Promise.all([
    overlaid.length === 0 ? [] : state.tables.overlay.bulkGet(overlaid),
    byPage.size === 0 ? [] : state.tables.page.bulkGet([...byPage.keys()]),
  ]);
  for (const record of records)
    if (record?.document) found.set(record.row, decodeDocument<D>(record.document));
  for (const page of pages) {
    if (page === undefined) continue;
    const documents = decodePage<D>(page);
    for (const { row, slot } of byPage.get(page.key) ?? [])
      found.set(row, must(documents[slot], 'a document at its slot'));
  }
  return found;
}
