import { must } from '#shared/domain/must.ts';
import type { Cells, ColumnSpec } from './column-kinds.ts';
import { CHUNK_ROWS, Columns } from './columns.ts';
import type { LayoutState } from './layout-state.ts';
import { loseRow } from './lost-rows.ts';
import { decodeDocument, readDocuments } from './read-documents.ts';
import type { StoredOverlay } from './tables.ts';

/**
 * Reads columns, dictionary, overlay and segment directory into memory; rebuilds cells another codec wrote.
 */
export async function restore<D, S extends ColumnSpec>(state: LayoutState<D, S>): Promise<void> {
  const { chunk, overlay, segment, word } = state.tables;
  const [chunks, overlaid, segments, words] = await state.db.transaction(
    'r',
    [chunk, overlay, segment, word],
    () => Promise.all([chunk.toArray(), overlay.toArray(), segment.toArray(), word.toArray()]),
  );
  state.words.restore(words);
  state.columns = new Columns(state.codec.columns, state.codec.version);
  const stale = state.columns.restore(chunks);
  for (const record of overlaid) restoreReadable(state, record);
  for (const record of segments) state.segments.set(record.segment, record.rows);
  dropUnheld(state);
  restoreSegments(state);
  for (const number of stale) await rebuildCells(state, number);
}

/** Restores a record, or loses its row where it cannot be read: it must not take all others with it. */
function restoreReadable<D, S extends ColumnSpec>(state: LayoutState<D, S>, record: StoredOverlay): void {
  try {
    restoreOverlay(state, record);
  } catch {
    loseRow(state, record.row);
  }
}

function restoreOverlay<D, S extends ColumnSpec>(state: LayoutState<D, S>, record: StoredOverlay): void {
  const { row } = record;
  state.columns.restoreRow(row, record.id);
  state.overlay.add(row);
  placeOverlay(state, record);
  if (record.document === null) return;
  const usable = record.codec === state.codec.version && record.values.length === state.order.length;
  if (usable) return state.writeValues(row, record.values);
  const document = decodeDocument<D>(record.document);
  if (document === null) loseRow(state, row);
  else state.writeValues(row, state.valuesOf(document));
}

/** Puts what the overlay says of a row into its structure. */
export function placeOverlay<D, S extends ColumnSpec>(state: LayoutState<D, S>, record: StoredOverlay): void {
  const chunk = state.columns.chunkOf(record.row);
  const { at } = chunk;
  const index = record.row % CHUNK_ROWS;
  chunk.version += 1;
  at.page[index] = 0;
  at.slot[index] = 0;
  at.since[index] = record.since;
  at.revision[index] = record.revision;
  at.textHash[index] = record.textHash;
  at.live[index] = record.document === null ? 0 : 1;
}

/** A row that neither a page nor the overlay holds was given a number and never committed. */
function dropUnheld<D, S extends ColumnSpec>(state: LayoutState<D, S>): void {
  for (const { first, rows, at } of state.columns.chunks) {
    for (let index = 0; index < rows; index += 1) {
      const page = at.page[index] as number;
      if (page === 0 && !state.overlay.has(first + index)) at.live[index] = 0;
      if (page >= state.nextPage) state.nextPage = page + 1;
      at.segment[index] = 0;
    }
  }
}

function restoreSegments<D, S extends ColumnSpec>(state: LayoutState<D, S>): void {
  for (const [segment, rows] of [...state.segments].toSorted(([a], [b]) => a - b)) {
    state.nextSegment = segment + 1;
    for (const row of rows) {
      if (row >= state.columns.rows) continue;
      const { at } = state.columns.chunkOf(row);
      if (segment >= (at.since[row % CHUNK_ROWS] as number)) at.segment[row % CHUNK_ROWS] = segment;
    }
  }
  state.eachLive((row) => {
    if (state.columns.chunkOf(row).at.segment[row % CHUNK_ROWS] === 0) state.unindexed.add(row);
  });
}

/** A document of another shape than this program's has no cells. */
function writeReadable<D, S extends ColumnSpec>(
  state: LayoutState<D, S>,
  cells: Cells<S>,
  row: number,
  document: D,
): void {
  try {
    state.codec.write(document, cells, row % CHUNK_ROWS, state.words.code);
  } catch {
    loseRow(state, row);
  }
}

async function rebuildCells<D, S extends ColumnSpec>(
  state: LayoutState<D, S>,
  number: number,
): Promise<void> {
  const chunk = must(state.columns.chunks[number], 'a chunk to rebuild');
  const rows: number[] = [];
  for (let index = 0; index < chunk.rows; index += 1)
    if (chunk.at.live[index] === 1) rows.push(chunk.first + index);
  const documents = await readDocuments(state, rows);
  for (const [row, document] of documents) writeReadable(state, chunk.cells, row, document);
  const { chunk: chunks, word } = state.tables;
  await state.db.transaction('rw', [chunks, word], async () => {
    const words = state.words.unsaved();
    await chunks.put(state.columns.stored(number));
    if (words) await word.put(words);
  });
  state.words.markSaved(state.words.size);
}
