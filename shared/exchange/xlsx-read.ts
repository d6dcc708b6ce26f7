import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { COLUMN } from './columns.ts';
import type { HeaderMap } from './header-map.ts';
import { isMomentSerial, serialText } from './moments.ts';
import { FileRefused } from './refusals.ts';
import { MAX_CELL, MAX_COLUMNS, type TableRow, type TableRows } from './table-row.ts';
import { readWorkbook, type Sheet, type Workbook } from './xlsx-parts.ts';
import { parseXml, unescapeXstring, type XmlHandler } from './xml-events.ts';
import { readZipDirectory, unzipEntry } from './zip-read.ts';

/** Opens an xlsx. Throws FileRefused. */
export const openWorkbook = async (source: ByteSource): Promise<Workbook> =>
  readWorkbook(source, await readZipDirectory(source));

/** The rows of an xlsx's first sheet. Throws FileRefused. */
export async function* readXlsx(source: ByteSource): TableRows & AsyncGenerator<readonly TableRow[]> {
  const workbook = await openWorkbook(source);
  const [first] = workbook.sheets;
  if (first !== undefined) yield* readSheet(source, workbook, first);
}

/**
 * The rows of a sheet, read as they are asked for. Numbers stay numbers (a duration is a fraction of a day),
 * cells with a date format become `YYYY-MM-DD HH:MM:SS`. With a header, a column decides instead of the
 * format: a span under a date format is a span, and a day number without a format a moment. Throws
 * FileRefused.
 */
export async function* readSheet(
  source: ByteSource,
  workbook: Workbook,
  sheet: Sheet,
  header: HeaderMap | null = null,
  layout: SheetLayout | null = null,
): TableRows & AsyncGenerator<readonly TableRow[]> {
  let ready: TableRow[] = [];
  const handler = new SheetHandler(workbook, meaningsOf(header), (row) => ready.push(row), layout);
  const pieces = parseXml(unzipEntry(source, sheet.entry), sheet.entry.name, handler);
  while ((await pieces.next()).done !== true) {
    if (ready.length === 0) continue;
    yield ready;
    ready = [];
  }
}

/** How a sheet is laid out beside its cells, filled while it is read; whole when it was read to its end. */
export interface SheetLayout {
  /** Addresses of merged cells: «A2:A5». */
  readonly merged: string[];
  /** Ranges of hidden columns, counted from 1, both ends included. */
  readonly hiddenColumns: (readonly [first: number, last: number])[];
  hiddenRows: number;
}

/** Ranges of a sheet that are told; a sheet of nothing but merged cells must not fill the memory. */
const MOST_RANGES = 100_000;

/**
 * The meaning of a column's numbers: days, plain numbers, or, in columns of other kinds, what their format
 * says.
 */
type NumberMeaning = 'moment' | 'number' | 'format';

const meaningsOf = (header: HeaderMap | null): readonly NumberMeaning[] =>
  (header?.targets ?? []).map((target) => {
    if (target === null || !('known' in target)) return 'format';
    const { kind } = COLUMN[target.known];
    if (kind === 'timestamp') return 'moment';
    return kind === 'integer' || kind === 'duration' ? 'number' : 'format';
  });

/** A cell while it is read. */
interface OpenCell {
  readonly type: string;
  readonly style: number;
  hasFormula: boolean;
  text: string;
}

const NO_CELL: OpenCell = { type: 'n', style: 0, hasFormula: false, text: '' };

/** Puts rows together from the elements of a sheet. */
class SheetHandler implements XmlHandler {
  readonly #workbook: Workbook;
  readonly #meanings: readonly NumberMeaning[];
  readonly #onRow: (row: TableRow) => void;
  readonly #layout: SheetLayout | null;
  #number = 0;
  #cells: RawCell[] = [];
  #column = -1;
  #cell = { ...NO_CELL };
  #isValue = false;
  /** Inside a reading aid of East Asian text, which is no part of the text. */
  #inReading = false;

  constructor(
    workbook: Workbook,
    meanings: readonly NumberMeaning[],
    onRow: (row: TableRow) => void,
    layout: SheetLayout | null,
  ) {
    this.#workbook = workbook;
    this.#meanings = meanings;
    this.#onRow = onRow;
    this.#layout = layout;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.#number = Number(attributes['r'] ?? this.#number + 1);
      this.#cells = [];
      this.#column = -1;
    } else if (name === 'c') {
      this.#column = columnOf(attributes['r'], this.#column + 1);
      if (this.#column >= MAX_COLUMNS) throw new FileRefused({ kind: 'too_many_columns', row: this.#number });
      const { t: type = 'n', s: style = '0' } = attributes;
      this.#cell = { ...NO_CELL, type, style: Number(style) };
    } else if (name === 'f') this.#cell.hasFormula = true;
    else if (name === 'rPh') this.#inReading = true;
    else if (this.#layout !== null) noteLayout(this.#layout, name, attributes);
    if (this.#layout !== null && name === 'row' && isTrue(attributes['hidden'])) this.#layout.hiddenRows += 1;
    this.#isValue = name === 'v' || (name === 't' && !this.#inReading);
  }

  text(more: string): void {
    if (!this.#isValue) return;
    this.#cell.text += more;
    if (this.#cell.text.length > MAX_CELL)
      throw new FileRefused({ kind: 'cell_too_long', row: this.#number });
  }

  close(name: string): void {
    this.#isValue = false;
    if (name === 'rPh') this.#inReading = false;
    else if (name === 'row') this.#onRow({ number: this.#number, cells: this.#cells });
    if (name !== 'c') return;
    while (this.#cells.length < this.#column) this.#cells.push(null);
    this.#cells[this.#column] = valueOf(this.#cell, this.#meanings[this.#column] ?? 'format', this.#workbook);
  }
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

function noteLayout(
  { merged, hiddenColumns }: SheetLayout,
  name: string,
  { hidden, min, max, ref }: Readonly<Record<string, string>>,
): void {
  if (name === 'col' && isTrue(hidden) && hiddenColumns.length < MOST_RANGES)
    hiddenColumns.push([Number(min), Number(max)]);
  if (name === 'mergeCell' && ref !== undefined && merged.length < MOST_RANGES) merged.push(ref);
}

/** «AB12» -> 27; cells without an address follow one another. */
function columnOf(address: string | undefined, next: number): number {
  if (address === undefined) return next;
  let column = 0;
  for (let at = 0; at < address.length; at += 1) {
    const letter = address.charCodeAt(at) - 64;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
  }
  return column === 0 ? next : column - 1;
}

/**
 * Stands where a formula was stored without what it gives: the program that wrote the file did not count it.
 */
const UNCOUNTED = '#CALC!';

function valueOf(
  { type, style, text, hasFormula }: OpenCell,
  meaning: NumberMeaning,
  workbook: Workbook,
): RawCell {
  if (text === '') return hasFormula && type !== 'str' ? UNCOUNTED : null;
  switch (type) {
    case 's':
      return workbook.strings.at(Number(text));
    case 'str':
    case 'inlineStr':
      return unescapeXstring(text);
    case 'b':
      return text === '1' ? 'Да' : 'Нет';
    case 'd':
      // A time with a zone is left to the column, which knows the region's own.
      return /(?:Z|[+-]\d\d:?\d\d)$/.test(text)
        ? text
        : text.replace(/^T/, '').replace('T', ' ').slice(0, 19);
    case 'e':
      return text;
    default: {
      const value = Number(text);
      return Number.isFinite(value) ? numberOf(value, style, meaning, workbook) : text;
    }
  }
}

function numberOf(
  value: number,
  style: number,
  meaning: NumberMeaning,
  { isDateStyle, dayShift }: Workbook,
): RawCell {
  const day = value + dayShift;
  if (meaning === 'moment') return isMomentSerial(day) ? serialText(day) : value;
  // A time of day alone has no date to show.
  return meaning === 'format' && isDateStyle[style] === true && value >= 1 ? serialText(day) : value;
}
