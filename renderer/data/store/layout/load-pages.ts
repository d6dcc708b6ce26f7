import { bytesPerRow, cellsOver } from './column-kinds.ts';
import type { ColumnSpec } from './column-kinds.ts';
import { CHUNK_ROWS, STRUCTURE } from './columns.ts';
import type { Chunk } from './columns.ts';
import { textHash } from './layout-state.ts';
import type { LayoutState } from './layout-state.ts';
import { encodePage, paginate } from './pages.ts';
import type { StoredPage } from './pages.ts';

/** Copies of the chunks a transaction rewrites: they take the place of the old ones when it has committed. */
export class Staging<D, S extends ColumnSpec> {
  readonly #state: LayoutState<D, S>;
  readonly #chunks = new Map<number, Chunk<S>>();

  constructor(state: LayoutState<D, S>) {
    this.#state = state;
  }

  chunkOf(row: number): Chunk<S> {
    const number = Math.floor(row / CHUNK_ROWS);
    const known = this.#chunks.get(number);
    if (known !== undefined) return known;
    const { first, rows, ids, at, cells } = this.#state.columns.chunkOf(row);
    const [anyCells] = Object.values(cells);
    const copy: Chunk<S> = {
      first,
      rows,
      version: 0,
      ids,
      at: cellsOver(STRUCTURE, at.page.buffer.slice(0), CHUNK_ROWS),
      cells: cellsOver(
        this.#state.codec.columns,
        anyCells?.buffer.slice(0) ?? new ArrayBuffer(bytesPerRow(this.#state.codec.columns) * CHUNK_ROWS),
        CHUNK_ROWS,
      ),
    };
    this.#chunks.set(number, copy);
    return copy;
  }

  /** The chunk as it will be, without making a copy of one that does not change. */
  peek(row: number): Chunk<S> {
    return this.#chunks.get(Math.floor(row / CHUNK_ROWS)) ?? this.#state.columns.chunkOf(row);
  }

  /** The staged chunks as records. Must be called when all rows have their numbers. */
  records() {
    return [...this.#chunks].map(([number, chunk]) => this.#state.columns.storedFrom(number, chunk));
  }

  commit(): void {
    for (const [number, chunk] of this.#chunks) {
      chunk.rows = this.#state.columns.chunks[number]?.rows ?? chunk.rows;
      this.#state.columns.chunks[number] = chunk;
    }
  }
}

export interface Paged<D> {
  readonly pages: readonly StoredPage[];
  readonly placed: readonly { readonly row: number; readonly document: D; readonly textChanged: boolean }[];
}

/**
 * Writes documents into new pages and their rows into `staging`; nothing in memory is changed but row numbers
 * and words.
 */
export function stagePages<D, S extends ColumnSpec>(
  state: LayoutState<D, S>,
  staging: Staging<D, S>,
  documents: readonly D[],
): Paged<D> {
  const { codec, columns } = state;
  const pages: StoredPage[] = [];
  const placed: { row: number; document: D; textChanged: boolean }[] = [];
  for (const page of paginate(documents, (document) => codec.isLive(document), state.nextPage)) {
    pages.push(encodePage(page.key, page.documents));
    page.documents.forEach((document, slot) => {
      const row = columns.rowFor(codec.id(document));
      const chunk = staging.chunkOf(row);
      const index = row % CHUNK_ROWS;
      const hash = textHash(codec.text(document));
      const textChanged = chunk.at.textHash[index] !== hash;
      codec.write(document, chunk.cells, index, state.words.code);
      chunk.at.page[index] = page.key;
      chunk.at.slot[index] = slot;
      chunk.at.revision[index] = codec.revision(document);
      chunk.at.textHash[index] = hash;
      chunk.at.live[index] = 1;
      if (textChanged) {
        chunk.at.since[index] = state.nextSegment;
        chunk.at.segment[index] = 0;
      }
      placed.push({ row, document, textChanged });
    });
  }
  return { pages, placed };
}
