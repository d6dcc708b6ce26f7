import type { Cells, ColumnSpec } from './column-kinds.ts';

/** Gives the code of a word; the empty string is 0. */
export type Coder = (word: string) => number;

/**
 * All that the layout must know of a document type; the same layout carries incidents and the benchmark's
 * documents.
 */
export interface DocumentCodec<D, S extends ColumnSpec> {
  /** Columns written by another version are rebuilt from the documents. */
  readonly version: number;
  readonly columns: S;
  /** A lower-case UUID. */
  id(document: D): string;
  /** Grows with every change of the document. */
  revision(document: D): number;
  /** True while people still work on it: its page is small, so that a screenful of them is read cheaply. */
  isLive(document: D): boolean;
  write(document: D, cells: Cells<S>, at: number, code: Coder): void;
  /** The text that word search looks at. */
  text(document: D): string;
  /** The stems of a text, repetitions allowed. */
  stems(text: string): readonly string[];
}
