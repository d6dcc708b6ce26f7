import type { RawCell } from './cells.ts';

/** A row as it stands in a file; `number` is the one a spreadsheet shows. */
export interface TableRow {
  readonly number: number;
  readonly cells: readonly RawCell[];
}

/** Rows come in groups as the file is read: a promise for each single row would cost more than reading it. */
export type TableRows = AsyncIterable<readonly TableRow[]>;

/** Excel allows 32,767 characters a cell; a csv may have longer ones, but not a file in one field. */
export const MAX_CELL = 1_000_000;
/** Columns a spreadsheet has (XFD). */
export const MAX_COLUMNS = 16_384;
