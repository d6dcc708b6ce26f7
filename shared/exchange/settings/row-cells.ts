import type { CellTrouble, RowReading, SettingsCells } from './settings-table.ts';

/** Thrown while a row is read, caught by {@link readingOf}. */
export class WrongCell extends Error {
  readonly column: string;
  readonly why: CellTrouble;
  constructor(column: string, why: CellTrouble) {
    super(why);
    [this.column, this.why] = [column, why];
  }
}

/** A row as `read` makes it, or the first cell that it cannot take. */
export function readingOf<R>(read: () => R): RowReading<R> {
  try {
    return { ok: true, row: read() };
  } catch (error) {
    if (error instanceof WrongCell) return { ok: false, column: error.column, why: error.why };
    throw error;
  }
}

/**
 * Reads what a cell says; undefined where it leaves things as they are: the file has no such column, or a row
 * without a code has nothing in it.
 */
export function saidIn(cells: SettingsCells, column: string): string | undefined {
  const cell = cells[column];
  if (cell !== undefined && cell.includes(SAYS_ANOTHER)) throw new WrongCell(column, 'differs');
  return cell === undefined || (cell === '' && (cells['id'] ?? '') === '') ? undefined : cell;
}

/** The cells of a row as they are read: the code of a new one empties nothing. */
export const cellsOfRow = (cells: SettingsCells, before: object | null): SettingsCells =>
  before === null ? { ...cells, id: '' } : cells;

/** Parts what several lines of a file say of one thing, where they do not say the same. */
export const SAYS_ANOTHER = '\u0000';

/** Text of a cell, as `kept` where it says that: cells have no spaces at their ends, stored names may. */
export function textIn(
  cells: SettingsCells,
  column: string,
  { kept, most }: { readonly kept: string | undefined; readonly most: number },
): string {
  const cell = saidIn(cells, column) ?? kept ?? '';
  if (cell.length > most) throw new WrongCell(column, 'too_long');
  return kept?.trim() === cell ? kept : cell;
}

/** A name that a row cannot be without. */
export function nameIn(cells: SettingsCells, column: string, kept: string | undefined): string {
  const name = textIn(cells, column, { kept, most: 1000 });
  if (name.trim() === '') throw new WrongCell(column, 'missing');
  return name;
}

/** The name of a row, which only a row with its code may change: without one it is found by the name. */
export const ownNameIn = (cells: SettingsCells, before: { readonly name: string } | null): string =>
  before !== null && (cells['id'] ?? '') === '' ? before.name : nameIn(cells, 'name', before?.name);

/** Words that a cell may have for each meaning, of which the first is written. */
export type CellWords<W extends string> = Readonly<Record<W, readonly [string, ...string[]]>>;

/** One of a few words, as the file has it or as Pult calls it; undefined where nothing is said. */
export function wordIn<W extends string>(
  cells: SettingsCells,
  column: string,
  words: CellWords<W>,
): W | undefined {
  const said = saidIn(cells, column)?.toLowerCase();
  if (said === undefined || said === '') return undefined;
  const meant = (Object.keys(words) as W[]).find((word) => word === said || words[word].includes(said));
  if (meant === undefined) throw new WrongCell(column, 'unknown');
  return meant;
}

/** One of a few words, or none: a cell that is emptied says that whatever there is will do. */
export const choiceIn = <W extends string>(
  cells: SettingsCells,
  column: string,
  words: CellWords<W>,
  kept: W | null | undefined,
): W | null =>
  saidIn(cells, column) === undefined ? (kept ?? null) : (wordIn(cells, column, words) ?? null);

const YES_NO: CellWords<'yes' | 'no'> = { yes: ['да', '+', '1'], no: ['нет', '-', '0'] };
export const yesNoCell = (is: boolean): string => YES_NO[is ? 'yes' : 'no'][0];

/** «да» or «нет»; undefined where nothing is said. */
export function yesNoIn(cells: SettingsCells, column: string): boolean | undefined {
  const said = wordIn(cells, column, YES_NO);
  return said === undefined ? undefined : said === 'yes';
}

/** The names in a cell that holds several, each once. */
export const namesIn = (cell: string): string[] => [
  ...new Set(
    cell
      .split(/[;\n]/)
      .map((name) => name.trim())
      .filter(Boolean),
  ),
];
