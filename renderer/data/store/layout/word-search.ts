import Dexie from 'dexie';
import type { ColumnSpec } from './column-kinds.ts';
import { CHUNK_ROWS } from './columns.ts';
import type { LayoutState } from './layout-state.ts';
import { prefixOf, rowsIn, SegmentBuilder } from './postings.ts';
import { readDocuments } from './read-documents.ts';

/** Documents read at once when indexing what is not in a segment yet. */
const INDEX_STEP = 500;

/** Live rows in which every stem occurs. */
export async function findRows<D, S extends ColumnSpec>(
  state: LayoutState<D, S>,
  stems: readonly string[],
  lastIsPrefix: boolean,
): Promise<ReadonlySet<number>> {
  await indexPending(state);
  let found: ReadonlySet<number> = new Set();
  for (const [index, stem] of stems.entries()) {
    const isPrefix = lastIsPrefix && index === stems.length - 1;
    const rows = await rowsOfStem(state, stem, isPrefix);
    found = index === 0 ? rows : new Set([...found].filter((row) => rows.has(row)));
    if (found.size === 0) return found;
  }
  return found;
}

async function rowsOfStem<D, S extends ColumnSpec>(
  state: LayoutState<D, S>,
  stem: string,
  isPrefix: boolean,
): Promise<ReadonlySet<number>> {
  const prefix = prefixOf(stem);
  const last = prefix.length < 2 ? `${prefix}\uffff` : prefix;
  const records = await state.tables.posting
    .where('[prefix+segment]')
    .between([prefix, Dexie.minKey], [last, Dexie.maxKey])
    .toArray();
  const rows = new Set<number>();
  for (const record of records) {
    const segment = state.segments.get(record.segment);
    if (segment === undefined) continue;
    for (const local of rowsIn(record, stem, isPrefix)) {
      const row = segment[local] as number;
      if (isTrue(state, row, record.segment)) rows.add(row);
    }
  }
  for (const row of state.builder.find((term) => (isPrefix ? term.startsWith(stem) : term === stem))) {
    if (isTrue(state, row, 0)) rows.add(row);
  }
  return rows;
}

/** True when the row is there and this segment (0: the builder) is the one that knows its text. */
function isTrue<D, S extends ColumnSpec>(state: LayoutState<D, S>, row: number, segment: number): boolean {
  if (row >= state.columns.rows) return false;
  const { at } = state.columns.chunkOf(row);
  return at.live[row % CHUNK_ROWS] === 1 && at.segment[row % CHUNK_ROWS] === segment;
}

/**
 * Reads and tokenises rows that came without being indexed: after a start that followed a kill, or after live
 * changes.
 */
export async function indexPending<D, S extends ColumnSpec>(state: LayoutState<D, S>): Promise<void> {
  while (state.unindexed.size > 0) {
    const rows = [...state.unindexed].slice(0, INDEX_STEP);
    const commits = state.commits;
    const documents = await readDocuments(state, rows);
    if (state.commits !== commits) continue;
    for (const row of rows) {
      const document = documents.get(row);
      if (document !== undefined && state.unindexed.has(row))
        state.builder.add(row, state.codec.stems(state.codec.text(document)));
      state.unindexed.delete(row);
    }
  }
}

/** Writes the builder's rows as one segment, in one transaction. */
export async function flushSegment<D, S extends ColumnSpec>(state: LayoutState<D, S>): Promise<void> {
  const { builder, nextSegment } = state;
  if (builder.size === 0) return;
  const built = builder.build(nextSegment);
  const { posting, segment } = state.tables;
  await state.db.transaction('rw', [posting, segment], async () => {
    await Promise.all([segment.put(built.segment), posting.bulkPut([...built.postings])]);
  });
  state.commits += 1;
  state.nextSegment = nextSegment + 1;
  state.segments.set(nextSegment, built.segment.rows);
  state.builder = new SegmentBuilder();
  // What a search added while the segment was being written is not in it.
  for (const row of builder.rows().slice(built.segment.rows.length)) state.unindexed.add(row);
  for (const row of built.segment.rows) {
    if (row >= state.columns.rows) continue;
    const { at } = state.columns.chunkOf(row);
    if (at.segment[row % CHUNK_ROWS] === 0 && nextSegment >= (at.since[row % CHUNK_ROWS] as number))
      at.segment[row % CHUNK_ROWS] = nextSegment;
  }
}
