import type { ColumnSpec } from './column-kinds.ts';
import { CHUNK_ROWS } from './columns.ts';
import type { LayoutState } from './layout-state.ts';
import { loseRow } from './lost-rows.ts';
import { decodePage, type StoredPage } from './pages.ts';

const decoder = new TextDecoder();

/** The document of such bytes; null where they cannot be read. */
export function decodeDocument<D>(bytes: Uint8Array): D | null {
  try {
    return documentOf<D>(JSON.parse(decoder.decode(bytes)));
  } catch {
    return null;
  }
}

const documentOf = <D>(value: unknown): D | null =>
  typeof value === 'object' && value !== null ? (value as D) : null;

/** The documents of a page by their slots; none where the page cannot be read. */
function documentsOf<D>(page: StoredPage): readonly (D | null)[] {
  try {
    const documents: unknown = decodePage<D>(page);
    return Array.isArray(documents) ? documents.map((document) => documentOf<D>(document)) : [];
  } catch {
    return [];
  }
}

/**
 * The documents of live rows, in no particular order. A commit between looking a row up and reading it may
 * have moved it; such rows are looked up again. Rows whose records cannot be read are lost to the copy.
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
    if (attempt === 5) for (const row of missing) loseRow(state, row);
    if (attempt === 5) break;
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
  const take = (row: number, document: D | null): void => {
    if (document === null) loseRow(state, row);
    else found.set(row, document);
  };
  for (const record of records) if (record?.document) take(record.row, decodeDocument<D>(record.document));
  for (const page of pages) {
    if (page === undefined) continue;
    const documents = documentsOf<D>(page);
    for (const { row, slot } of byPage.get(page.key) ?? []) take(row, documents[slot] ?? null);
  }
  return found;
}
