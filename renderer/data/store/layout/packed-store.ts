import type { Dexie, Table } from 'dexie';
import { CHUNK_ROWS } from './columns.ts';
import type { Columns } from './columns.ts';
import type { ColumnSpec } from './column-kinds.ts';
import { compact } from './compaction.ts';
import type { DocumentCodec } from './document-codec.ts';
import { LayoutState, textHash } from './layout-state.ts';
import { Staging, stagePages } from './load-pages.ts';
import { readDocuments } from './read-documents.ts';
import { placeOverlay, restore } from './restore.ts';
import { SEGMENT_ROWS } from './postings.ts';
import { layoutTables } from './tables.ts';
import type { StoredOverlay } from './tables.ts';
import { findRows, flushSegment, indexPending } from './word-search.ts';
import type { Words } from './words.ts';

/**
 * Further writes in the documents' own transaction; `db` is the instance (strict or relaxed) it
 * runs on.
 */
export interface Together {
  readonly db: Dexie;
  readonly tables: readonly Table[];
  readonly run: () => Promise<unknown>;
}

/** Changed rows the overlay may hold before compaction is worth its rewriting of chunks. */
export const OVERLAY_LIMIT = 2000;

const encoder = new TextEncoder();

/**
 * Documents of one kind in IndexedDB: immutable packed pages, an overlay for what changed since, columns in
 * memory for every question that is not about a whole document, posting segments for words. Writers must take
 * turns (see `SyncStore`).
 */
export class PackedStore<D, S extends ColumnSpec> {
  #state: LayoutState<D, S>;
  readonly ready: Promise<void>;

  constructor(db: Dexie, codec: DocumentCodec<D, S>) {
    this.#state = new LayoutState(db, codec);
    this.ready = restore(this.#state);
    // Whoever uses the store awaits `ready` and gets the error; nobody may be there yet.
    this.ready.catch(() => undefined);
  }

  get columns(): Columns<S> {
    return this.#state.columns;
  }

  get words(): Words {
    return this.#state.words;
  }

  get overlaySize(): number {
    return this.#state.overlay.size;
  }

  get commits(): number {
    return this.#state.commits;
  }

  /** Row of a document that is there, or -1. */
  rowOf(id: string): number {
    const row = this.#state.columns.rowOf(id);
    return row !== -1 && this.#state.columns.isLive(row) ? row : -1;
  }

  revisionOf(row: number): number {
    return this.#state.columns.chunkOf(row).at.revision[row % CHUNK_ROWS] ?? 0;
  }

  read(rows: readonly number[]): Promise<Map<number, D>> {
    return readDocuments(this.#state, rows);
  }

  /** Live rows in which every one of `stems` occurs; the last one may be the beginning of a word. */
  async find(stems: readonly string[], lastIsPrefix = false): Promise<ReadonlySet<number>> {
    await this.ready;
    return findRows(this.#state, stems, lastIsPrefix);
  }

  /** Stores many documents at once in new pages. They must be of different ids. */
  async load(documents: readonly D[], together: Together | null): Promise<void> {
    const state = this.#state;
    await this.ready;
    const staging = new Staging(state);
    const { pages, placed } = stagePages(state, staging, documents);
    const overlaid = placed.map(({ row }) => row).filter((row) => state.overlay.has(row));
    const words = state.words.unsaved();
    const wordCount = state.words.size;
    const { page, chunk, overlay, word } = layoutTables(together?.db ?? state.db);
    const tables = [page, chunk, overlay, word, ...(together?.tables ?? [])];
    await (together?.db ?? state.db).transaction('rw', tables, async () => {
      await Promise.all([
        page.bulkPut(pages),
        chunk.bulkPut(staging.records()),
        overlaid.length > 0 ? overlay.bulkDelete(overlaid) : null,
        words ? word.put(words) : null,
        together?.run(),
      ]);
    });
    state.commits += 1;
    state.words.markSaved(wordCount);
    staging.commit();
    state.nextPage += pages.length;
    for (const row of overlaid) state.overlay.delete(row);
    for (const { row, document, textChanged } of placed) {
      state.cache.delete(row);
      if (textChanged) this.#index(row, document);
    }
    if (state.builder.size >= SEGMENT_ROWS) await flushSegment(state);
  }

  /**
   * Stores changed documents and forgets gone ones through the overlay, together with whatever else belongs
   * to the step.
   */
  async change(puts: readonly D[], gone: readonly string[], together: Together): Promise<void> {
    const state = this.#state;
    await this.ready;
    const records = [...puts.map((document) => overlayOf(state, document)), ...this.#tombstones(gone)];
    const words = state.words.unsaved();
    const wordCount = state.words.size;
    const { overlay, word } = layoutTables(together.db);
    await together.db.transaction('rw', [overlay, word, ...together.tables], async () => {
      await Promise.all([
        records.length > 0 ? overlay.bulkPut(records) : null,
        words ? word.put(words) : null,
        together.run(),
      ]);
    });
    state.commits += 1;
    state.words.markSaved(wordCount);
    records.forEach((record, index) => this.#committed(record, puts[index]));
  }

  /** Forgets every document but `kept`, in one transaction. */
  async reset(kept: readonly D[], together: Together): Promise<void> {
    await this.ready;
    const before = this.#state;
    const next = new LayoutState(before.db, before.codec);
    next.commits = before.commits + 1;
    const records = kept.map((document) => overlayOf(next, document));
    const layout = layoutTables(together.db);
    await together.db.transaction('rw', [...Object.values(layout), ...together.tables], async () => {
      await Promise.all(Object.values(layout).map((table: Table) => table.clear()));
      await Promise.all([
        layout.overlay.bulkPut(records),
        layout.word.put({ from: 0, words: next.words.all() }),
        together.run(),
      ]);
    });
    next.words.markSaved(next.words.size);
    this.#state = next;
    // A reader still under way finds that its rows are gone, and not another document under the same number.
    before.columns = new LayoutState(before.db, before.codec).columns;
    before.commits += 1;
    records.forEach((record, index) => this.#committed(record, kept[index]));
  }

  /** Idle work: moves the overlay into pages. Stops between steps are safe; each is one transaction. */
  async compact(): Promise<void> {
    await this.ready;
    await compact(this.#state);
  }

  /** Idle work: indexes what no segment covers; `atLeast` rows are worth a segment of their own. */
  async index(atLeast: number): Promise<void> {
    await this.ready;
    await indexPending(this.#state);
    if (this.#state.builder.size >= atLeast) await flushSegment(this.#state);
  }

  /** True when word search would have to read documents first. */
  get unindexed(): number {
    return this.#state.unindexed.size + this.#state.builder.size;
  }

  #index(row: number, document: D): void {
    const { codec, builder, unindexed } = this.#state;
    unindexed.delete(row);
    builder.add(row, codec.stems(codec.text(document)));
  }

  #tombstones(gone: readonly string[]): readonly StoredOverlay[] {
    const { columns, codec } = this.#state;
    return gone.flatMap((id) => {
      const row = columns.rowOf(id);
      if (row === -1) return [];
      return [
        {
          row,
          id,
          revision: 0,
          since: 0,
          textHash: 0,
          document: null,
          codec: codec.version,
          values: new Float64Array(0),
        },
      ];
    });
  }

  #committed(record: StoredOverlay, document: D | undefined): void {
    const state = this.#state;
    const { at } = state.columns.chunkOf(record.row);
    const textChanged = at.textHash[record.row % CHUNK_ROWS] !== record.textHash;
    placeOverlay(state, record);
    state.overlay.add(record.row);
    if (document === undefined) {
      state.cache.delete(record.row);
      state.unindexed.delete(record.row);
      return;
    }
    state.writeValues(record.row, record.values);
    state.cache.set(record.row, document);
    if (textChanged) {
      at.segment[record.row % CHUNK_ROWS] = 0;
      this.#index(record.row, document);
    }
  }
}

function overlayOf<D, S extends ColumnSpec>(state: LayoutState<D, S>, document: D): StoredOverlay {
  const row = state.columns.rowFor(state.codec.id(document));
  const { at } = state.columns.chunkOf(row);
  const hash = textHash(state.codec.text(document));
  const sameText = at.textHash[row % CHUNK_ROWS] === hash;
  return {
    row,
    id: state.codec.id(document),
    revision: state.codec.revision(document),
    since: sameText ? (at.since[row % CHUNK_ROWS] ?? 0) : state.nextSegment,
    textHash: hash,
    document: encoder.encode(JSON.stringify(document)),
    codec: state.codec.version,
    values: state.valuesOf(document),
  };
}
