import type { Dexie, Table } from 'dexie';
import type { StoredChunk } from './columns.ts';
import type { StoredPage } from './pages.ts';
import type { StoredPostings, StoredSegment } from './postings.ts';

/**
 * A row changed since its page was written; `document` is `null` once it is gone. Compaction moves these into
 * pages.
 */
export interface StoredOverlay {
  readonly row: number;
  readonly id: string;
  readonly revision: number;
  /** First posting segment that may speak for this row, see `since` of the structure. */
  readonly since: number;
  readonly textHash: number;
  /** UTF-8 JSON. */
  readonly document: Uint8Array<ArrayBuffer> | null;
  readonly codec: number;
  /** Values of the columns in the codec's order, so that opening parses no document. */
  readonly values: Float64Array<ArrayBuffer>;
}

export interface StoredWords {
  readonly from: number;
  readonly words: readonly string[];
}

/** Object stores of the layout, in Dexie's notation. */
export const LAYOUT_STORES = {
  page: 'key',
  chunk: 'chunk',
  overlay: 'row',
  posting: '[prefix+segment]',
  segment: 'segment',
  word: 'from',
} as const;

export interface LayoutTables {
  readonly page: Table<StoredPage, number>;
  readonly chunk: Table<StoredChunk, number>;
  readonly overlay: Table<StoredOverlay, number>;
  readonly posting: Table<StoredPostings, [string, number]>;
  readonly segment: Table<StoredSegment, number>;
  readonly word: Table<StoredWords, number>;
}

export const layoutTables = (db: Dexie): LayoutTables => ({
  page: db.table('page'),
  chunk: db.table('chunk'),
  overlay: db.table('overlay'),
  posting: db.table('posting'),
  segment: db.table('segment'),
  word: db.table('word'),
});
