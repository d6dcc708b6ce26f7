import type { RawCell } from './cells.ts';
import type { RowErrorKind, RowWarningKind } from './refusals.ts';

const REFUSING = ['broken_quotes', 'cut_row', 'wrong_cell_count'] as const satisfies readonly RowErrorKind[];
const TELLING = [
  'mended_quotes',
  'joined_lines',
  'joined_cells',
  'short_row',
  'no_final_break',
] as const satisfies readonly RowWarningKind[];

/**
 * A fault of a row found before its cells were looked at: torn in a way that refuses it, or put right with
 * a word.
 */
export type TableTrouble = (typeof REFUSING)[number] | (typeof TELLING)[number];

/** Tells whether a row with this trouble cannot be taken. */
export const isRefusing = (trouble: TableTrouble): trouble is (typeof REFUSING)[number] =>
  REFUSING.some((kind) => kind === trouble);

/** A row as it stands in a file; `number` is the one a spreadsheet shows. */
export interface TableRow {
  readonly number: number;
  readonly cells: readonly RawCell[];
  readonly trouble?: TableTrouble;
}

/** Rows come in groups as the file is read: a promise for each single row would cost more than reading it. */
export type TableRows = AsyncIterable<readonly TableRow[]>;

/** Excel allows 32,767 characters a cell; a csv may have longer ones, but not a file in one field. */
export const MAX_CELL = 1_000_000;
/** Columns a spreadsheet has (XFD). */
export const MAX_COLUMNS = 16_384;
/** A large region's registry of a decade has fewer; Excel ends at 1,048,576. */
export const MAX_ROWS = 5_000_000;
/** Characters a row may have altogether: it becomes one row of a database and of every console. */
export const MAX_ROW = 2_000_000;
/** Bytes of a file. */
export const MAX_FILE = 4 * 1024 ** 3;
