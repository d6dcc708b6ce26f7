import { must } from '#shared/domain/must.ts';
import { bytesPerRow, cellsOver } from './column-kinds.ts';
import type { Cells, ColumnSpec } from './column-kinds.ts';
import { IdIndex } from './id-index.ts';
import { hashUuid, readUuid, writeUuid } from './uuid-bytes.ts';

/** Rows of one chunk: the unit in which columns are stored. */
export const CHUNK_ROWS = 4096;
const UUID_BYTES = 16;

/** Cells of every row, whatever the document: where it lies and whether it is there. */
export const STRUCTURE = {
  /** Key of the page that holds the document; 0 = the overlay holds it. */
  page: 'u32',
  /** Place in that page. */
  slot: 'u16',
  /**
   * Posting segment whose lists are true for this row; 0 = none yet. Derived when opening, not trusted from
   * disk.
   */
  segment: 'u16',
  /** First segment that may speak for this row: those before it were built from an older text. */
  since: 'u16',
  revision: 'u32',
  textHash: 'u32',
  live: 'u8',
} as const satisfies ColumnSpec;

/** A chunk as it is stored. `structure` and `ids` outlive a change of the codec; `cells` do not. */
export interface StoredChunk {
  readonly chunk: number;
  readonly rows: number;
  readonly ids: ArrayBuffer;
  readonly structure: ArrayBuffer;
  readonly codec: number;
  readonly cells: ArrayBuffer;
}

/** Tells whether ids and structure are as they were stored: rows of a spoilt chunk come from the centre. */
const isWhole = ({ chunk, rows, ids, structure }: Partial<StoredChunk>): boolean =>
  Number.isInteger(chunk) &&
  typeof rows === 'number' &&
  rows <= CHUNK_ROWS &&
  ids?.byteLength === CHUNK_ROWS * UUID_BYTES &&
  structure?.byteLength === bytesPerRow(STRUCTURE) * CHUNK_ROWS;

export interface Chunk<S extends ColumnSpec> {
  readonly first: number;
  /** Rows in use. */
  rows: number;
  /** Grows whenever a row is changed in place; bulk work puts another chunk here instead (per-chunk.ts). */
  version: number;
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly at: Cells<typeof STRUCTURE>;
  readonly cells: Cells<S>;
}

/** All columns in memory, a chunk after another, and the way from an id to its row. */
export class Columns<S extends ColumnSpec> {
  readonly #spec: S;
  readonly #codec: number;
  readonly #index = new IdIndex();
  readonly #wanted = new Uint32Array(4);
  readonly chunks: Chunk<S>[] = [];
  #rows = 0;

  constructor(spec: S, codec: number) {
    this.#spec = spec;
    this.#codec = codec;
  }

  /** Row numbers given so far, dead ones included. */
  get rows(): number {
    return this.#rows;
  }

  chunkOf(row: number): Chunk<S> {
    return must(this.chunks[Math.floor(row / CHUNK_ROWS)], 'a row within the columns');
  }

  /** Row of the id, or -1. Dead rows keep their id: an incident that comes back gets its row back. */
  rowOf(id: string): number {
    writeUuid(id, this.#wanted, 0);
    return this.#index.find(hashUuid(this.#wanted, 0), this.#hasWanted);
  }

  idOf(row: number): string {
    return readUuid(this.chunkOf(row).ids, (row % CHUNK_ROWS) * 4);
  }

  isLive(row: number): boolean {
    return row < this.#rows && this.chunkOf(row).at.live[row % CHUNK_ROWS] === 1;
  }

  /** The row of the id, made if there is none; a new one is not live yet. */
  rowFor(id: string): number {
    const known = this.rowOf(id);
    if (known !== -1) return known;
    const row = this.#rows;
    const chunk = this.#extend(row);
    writeUuid(id, chunk.ids, (row % CHUNK_ROWS) * 4);
    this.#index.add(row, this.#hashOf);
    return row;
  }

  /** Makes `id` exactly this row, as the overlay remembers it. */
  restoreRow(row: number, id: string): void {
    if (row < this.#rows && this.idOf(row) === id) return;
    const chunk = this.#extend(row);
    writeUuid(id, chunk.ids, (row % CHUNK_ROWS) * 4);
    this.#index.add(row, this.#hashOf);
  }

  /** Takes the stored chunks in; gives those whose cells another codec wrote. */
  restore(stored: readonly StoredChunk[]): readonly number[] {
    const stale: number[] = [];
    this.#index.reserve(stored.length * CHUNK_ROWS, this.#hashOf);
    for (const record of stored) {
      if (!isWhole(record)) continue;
      const usable =
        record.codec === this.#codec && record.cells?.byteLength === bytesPerRow(this.#spec) * CHUNK_ROWS;
      if (!usable) stale.push(record.chunk);
      this.chunks[record.chunk] = {
        first: record.chunk * CHUNK_ROWS,
        rows: record.rows,
        version: 0,
        ids: new Uint32Array(record.ids),
        at: cellsOver(STRUCTURE, record.structure, CHUNK_ROWS),
        cells: cellsOver(this.#spec, usable ? record.cells : this.#emptyCells(), CHUNK_ROWS),
      };
      this.#rows = Math.max(this.#rows, record.chunk * CHUNK_ROWS + record.rows);
    }
    for (let chunk = 0; chunk < this.chunks.length; chunk += 1)
      this.chunks[chunk] ??= this.#emptyChunk(chunk);
    for (let row = 0; row < this.#rows; row += 1) this.#index.add(row, this.#hashOf);
    return stale;
  }

  stored(chunk: number): StoredChunk {
    return this.storedFrom(chunk, must(this.chunks[chunk], 'a chunk to store'));
  }

  /** The record of a chunk whose contents are given, with the rows that are in use now. */
  storedFrom(chunk: number, { ids, at, cells }: Chunk<S>): StoredChunk {
    const rows = must(this.chunks[chunk], 'a chunk to store').rows;
    const [first] = Object.values(cells);
    return {
      chunk,
      rows,
      ids: ids.buffer,
      structure: at.page.buffer,
      codec: this.#codec,
      cells: must(first, 'a codec with columns').buffer,
    };
  }

  readonly #hasWanted = (row: number): boolean => {
    const { ids } = this.chunkOf(row);
    const at = (row % CHUNK_ROWS) * 4;
    const wanted = this.#wanted;
    return (
      ids[at] === wanted[0] &&
      ids[at + 1] === wanted[1] &&
      ids[at + 2] === wanted[2] &&
      ids[at + 3] === wanted[3]
    );
  };

  readonly #hashOf = (row: number): number => hashUuid(this.chunkOf(row).ids, (row % CHUNK_ROWS) * 4);

  readonly #emptyCells = (): ArrayBuffer => new ArrayBuffer(bytesPerRow(this.#spec) * CHUNK_ROWS);

  #extend(row: number): Chunk<S> {
    const number = Math.floor(row / CHUNK_ROWS);
    while (this.chunks.length <= number) this.chunks.push(this.#emptyChunk(this.chunks.length));
    const chunk = this.chunkOf(row);
    chunk.rows = Math.max(chunk.rows, (row % CHUNK_ROWS) + 1);
    this.#rows = Math.max(this.#rows, row + 1);
    return chunk;
  }

  #emptyChunk(number: number): Chunk<S> {
    return {
      first: number * CHUNK_ROWS,
      rows: 0,
      version: 0,
      ids: new Uint32Array(CHUNK_ROWS * 4),
      at: cellsOver(STRUCTURE, new ArrayBuffer(bytesPerRow(STRUCTURE) * CHUNK_ROWS), CHUNK_ROWS),
      cells: cellsOver(this.#spec, this.#emptyCells(), CHUNK_ROWS),
    };
  }
}
