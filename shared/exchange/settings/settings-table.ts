import type { Instant } from '#shared/domain/instant.ts';
import type { RecordParts } from './settings-row.ts';

/** A column of a settings table. */
export interface SettingsColumn {
  readonly key: string;
  /** As the file has it: Russian, for the file goes to people of the region. */
  readonly header: string;
  /** Width in characters. */
  readonly width: number;
  /** A file without it is not read. */
  readonly isRequired: boolean;
}

/** Makes a column; its key stays a type of its own. */
export const column = <K extends string>(key: K, header: string, width: number, isRequired = false) =>
  ({ key, header, width, isRequired }) satisfies SettingsColumn;

/** SettingsCells of a row by the keys of its columns, without spaces at their ends; '' for an empty one. */
export type SettingsCells = Readonly<Record<string, string>>;

/** A row of the file by our columns; a column that the file does not have is not among the cells. */
export interface PlainRow {
  /** As a spreadsheet numbers it. */
  readonly number: number;
  readonly cells: SettingsCells;
  /** A cell of ours is joined with another, so that what it says of this row is not clear. */
  readonly isMerged: boolean;
}

/** Why a cell cannot be taken; each has a sentence under `settingsLoad.cell` in both languages. */
export type CellTrouble =
  | 'missing'
  | 'unknown'
  | 'ambiguous'
  | 'broken_date'
  | 'broken_number'
  | 'broken_mail'
  | 'too_long'
  | 'broken_hours'
  | 'broken_day_hours'
  | 'broken_length'
  | 'differs';

/** A row as its cells say it, or the first cell that cannot be taken. */
export type RowReading<R> =
  | { readonly ok: true; readonly row: R }
  | { readonly ok: false; readonly column: string; readonly why: CellTrouble };

/**
 * How rows of one kind are written as a table and read from one: written and read again they are the same.
 */
export interface TwoWayTable<R> {
  /** Name of the sheet and of the file. */
  readonly title: string;
  readonly columns: readonly SettingsColumn[];
  readonly write: (row: R) => SettingsCells;
  /** The lines of one row in a file, where it is more than `write` says. */
  readonly lines?: (row: R) => readonly SettingsCells[];
  /** Lines of a file as rows, where several lines are about one. */
  readonly join?: (lines: readonly PlainRow[]) => readonly PlainRow[];
  /** Hears of all rows of a file before the first is read, where they may name one another. */
  readonly begin?: (all: readonly SettingsCells[]) => void;
  /** The row there is already that these cells mean; null for a new one. */
  readonly find: (cells: SettingsCells) => R | null;
  /** Reads cells; what they cannot say (a moment within a day) is left as it is in `before`. */
  readonly read: (cells: SettingsCells, before: R | null) => RowReading<R>;
}

/** How one kind of settings is a table. A new kind is one of these, and a line in `tables.ts`. */
export interface SettingsTable<R> extends TwoWayTable<R> {
  /** Set where rows are parts of one record. */
  readonly parts?: RecordParts<R>;
  /** A row that a load had added, closed because the load is taken back. */
  readonly close: (row: R, now: Instant) => R;
  /** Rows that are not in a file which is the whole, as they become; `rows` are those that are. */
  readonly rest?: (rows: readonly R[]) => readonly { readonly row: R; readonly before: R }[];
}

/** Rows of one file of settings. A region of 347 topics and 42 places has 14,574 routes. */
export const MOST_SETTINGS_ROWS = 50_000;
/** Bytes of such a file. */
export const LARGEST_SETTINGS_FILE = 32 * 1024 * 1024;
