import { isSpace, trimSigns } from '#shared/text/trim-signs.ts';
import type { RawCell } from './cells.ts';
import { COLUMN, type ColumnKey } from './columns.ts';
import type { HeaderMap } from './header-map.ts';
import { breakAfter } from './csv-record.ts';
import { readLabel } from './numbers.ts';

/**
 * Expectations of a csv's rows that follow from its header: how many cells they have, and by which of them a
 * row is known.
 */
export interface CsvGuide {
  readonly width: number;
  readonly delimiter: string;
  /** Places of «ID» and «Номер инцидента». */
  readonly labels: readonly number[];
  /** Place of «Дата создания», or -1. */
  readonly moment: number;
  /** Place of «Текст инцидента», or -1. */
  readonly text: number;
  /** Places of texts: only they can hold a line break or a delimiter. */
  readonly texts: readonly number[];
  readonly header: HeaderMap;
}

const TEXTS: readonly ColumnKey[] = ['text', 'firstReplyText', 'reply1', 'reply2', 'reply3', 'notes'];

/** Makes the guide of a file whose header was found. Empty headers at the end are no columns. */
export function csvGuide(header: HeaderMap, delimiter: string): CsvGuide {
  const place = (key: ColumnKey): number =>
    header.targets.findIndex((target) => target !== null && 'known' in target && target.known === key);
  const width = header.headers.findLastIndex((name) => name !== '') + 1;
  return {
    width,
    delimiter,
    labels: [place('id'), place('number')].filter((at) => at >= 0),
    moment: place('createdAt'),
    text: place('text'),
    texts: TEXTS.map(place).filter((at) => at >= 0),
    header,
  };
}

/** Without quotes around it, as a broken line still has them. */
const bare = (cell: string): string =>
  trimSigns(cell, (sign) => sign === '"' || sign === "'" || isSpace(sign));

const isLabel = (cell: RawCell | undefined): boolean =>
  typeof cell === 'string' && cell.length < 40 && readLabel(bare(cell)) !== null;

/** A date of this century at the cell's beginning; the exact reading is the row's affair. */
const isMoment = (cell: RawCell | undefined): boolean =>
  typeof cell === 'string' &&
  cell.length < 60 &&
  /^(?:20\d\d[-./]\d|\d{1,2}[-./]\d{1,2}[-./](?:20)?\d\d\b|\d{5}[.,]\d)/.test(bare(cell));

/** Splits a line at every delimiter, whatever the quotes say. */
export const plainCells = (line: string, delimiter: string): RawCell[] =>
  line.split(delimiter).map((cell) => (cell === '' ? null : cell));

/**
 * Tells whether the cells by which a row is known are what they should be, among the first `count` columns.
 */
function areAnchorsGood({ labels, moment }: CsvGuide, cells: readonly RawCell[], count: number): boolean {
  const own = labels.filter((at) => at < count);
  return own.every((at) => isLabel(cells[at])) && (moment < 0 || moment >= count || isMoment(cells[moment]));
}

/** Tells whether cells are a whole row: all of them there, and those it is known by in their places. */
export const isFull = (guide: CsvGuide, cells: readonly RawCell[]): boolean =>
  cells.length === guide.width && guide.labels.length > 0 && areAnchorsGood(guide, cells, guide.width);

/** A label so long that prose hardly has two of them in the very places. */
const isLongLabel = (cell: RawCell | undefined): boolean =>
  typeof cell === 'string' && bare(cell).length >= 4;

/**
 * Tells whether a line begins a row, by the cells before `column`: two of those it is known by, one of them
 * the moment or both of them long. Nothing is told by less: prose has semicolons and numbers too.
 */
export function beginsRow(guide: CsvGuide, cells: readonly RawCell[], column: number): boolean {
  const { labels, moment } = guide;
  const own = labels.filter((at) => at < column);
  const hasMoment = moment >= 0 && moment < column;
  if (own.length + (hasMoment ? 1 : 0) < 2 || cells.length <= Math.max(...own, hasMoment ? moment : 0))
    return false;
  return areAnchorsGood(guide, cells, column) && (hasMoment || own.every((at) => isLongLabel(cells[at])));
}

/**
 * Tells whether a line begins with quotes that are each doubled, as prose inside quotes has them: a quote
 * that opens a cell makes their number odd, and an empty cell has two of them alone.
 */
function beginsDoubled(line: string, delimiter: string): boolean {
  let run = 0;
  while (line[run] === '"') run += 1;
  return run > 0 && run % 2 === 0 && !(run === 2 && line[run] === delimiter);
}

/**
 * For `scanRecord`: whether a line inside a quoted field of the record that begins at `recordStart` is the
 * next record, which the field has swallowed.
 */
export const recordStarts =
  (guide: CsvGuide) =>
  (text: string, recordStart: number): ((from: number, to: number, column: number) => boolean) => {
    // Read once a record, however many of its lines may be others: the first line has no bound of its own.
    let isFirstFull: boolean | null = null;
    const isFirstLineFull = (): boolean =>
      isFull(guide, plainCells(text.slice(recordStart, breakAfter(text, recordStart)), guide.delimiter));
    return (from, to, column) => {
      // Most lines of prose have too few delimiters to be looked at closer.
      const line = text.slice(from, to);
      if (!line.includes(guide.delimiter)) return false;
      // Who quotes the first cell of one row quotes it in all: prose inside quotes does not begin with one.
      if (column > 0 && line.startsWith('"') !== text.startsWith('"', recordStart)) return false;
      if (beginsDoubled(line, guide.delimiter)) return false;
      const cells = plainCells(line, guide.delimiter);
      if (beginsRow(guide, cells, column)) return true;
      return isFull(guide, cells) && (isFirstFull ??= isFirstLineFull());
    };
  };

/** The header of a column a row's cell belongs to, for telling what kind of cell it must be. */
export const columnAt = ({ header }: CsvGuide, at: number) => {
  const target = header.targets[at] ?? null;
  return target !== null && 'known' in target ? COLUMN[target.known] : null;
};
