import type { Dexie } from 'dexie';
import { CHUNK_ROWS, Columns } from './columns.ts';
import type { CellArray, ColumnSpec } from './column-kinds.ts';
import { bytesPerRow, cellsOver, columnOrder } from './column-kinds.ts';
import { DocumentCache } from './document-cache.ts';
import type { DocumentCodec } from './document-codec.ts';
import { SegmentBuilder } from './postings.ts';
import { layoutTables } from './tables.ts';
import type { LayoutTables } from './tables.ts';
import { Words } from './words.ts';

/** Documents kept decoded: a few screens of the queue and the cards opened lately. */
const CACHED_DOCUMENTS = 600;

/** The part of the layout in memory. Changed only after the transaction that stores it has committed. */
export class LayoutState<D, S extends ColumnSpec> {
  readonly db: Dexie;
  readonly tables: LayoutTables;
  readonly codec: DocumentCodec<D, S>;
  readonly order: readonly string[];
  columns: Columns<S>;
  words = new Words();
  cache = new DocumentCache<D>(CACHED_DOCUMENTS);
  /** Rows whose truth is in the overlay, gone ones included. */
  overlay = new Set<number>();
  builder = new SegmentBuilder();
  /** Rows that are in no segment and not in the builder either. */
  unindexed = new Set<number>();
  segments = new Map<number, Uint32Array>();
  nextPage = 1;
  nextSegment = 1;
  /** Grows with every commit, so that a reader can tell that what it read may be old. */
  commits = 0;

  constructor(db: Dexie, codec: DocumentCodec<D, S>) {
    this.db = db;
    this.tables = layoutTables(db);
    this.codec = codec;
    this.order = columnOrder(codec.columns);
    this.columns = new Columns(codec.columns, codec.version);
  }

  /** Column values of a document as the overlay stores them. */
  valuesOf(document: D): Float64Array<ArrayBuffer> {
    const scratch = cellsOver(this.codec.columns, new ArrayBuffer(bytesPerRow(this.codec.columns)), 1);
    this.codec.write(document, scratch, 0, this.words.code);
    const cells = scratch as Readonly<Record<string, CellArray>>;
    return Float64Array.from(this.order, (name) => cells[name]?.[0] ?? 0);
  }

  writeValues(row: number, values: Float64Array): void {
    const cells = this.columns.chunkOf(row).cells as Readonly<Record<string, CellArray>>;
    this.order.forEach((name, index) => {
      const array = cells[name];
      if (array) array[row % CHUNK_ROWS] = values[index] ?? 0;
    });
  }

  /** Calls `visit` with every live row. */
  eachLive(visit: (row: number) => void): void {
    for (const { first, rows, at } of this.columns.chunks) {
      for (let index = 0; index < rows; index += 1) if (at.live[index] === 1) visit(first + index);
    }
  }
}

/**
 * 32-bit FNV-1a: tells whether the searched text of a document changed. Never 0, which means «no text seen».
 */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0 || 1;
}
