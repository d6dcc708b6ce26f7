import type { RawCell } from './cells.ts';
import { beginsRow, csvGuide, isFull, recordStarts, type CsvGuide } from './csv-guide.ts';
import { joinCells, mendPiece } from './csv-mend.ts';
import { scanRecord, type CsvRecord, type RecordOptions } from './csv-record.ts';
import type { HeaderMap } from './header-map.ts';
import { FileRefused } from './refusals.ts';
import { isRefusing, type TableRow, type TableTrouble } from './table-row.ts';

/** A row that has too few cells, its last one a text: an unquoted line break may have cut it. */
interface Unfinished {
  readonly number: number;
  /** The row's own line. */
  readonly first: readonly RawCell[];
  /** The same with the lines after it. */
  readonly cells: readonly RawCell[];
  /** The number of those that have something in them. */
  readonly more: number;
}

/**
 * Splits text into rows as it comes, whatever the pieces. With a header it also knows a row when it sees one:
 * what an unclosed or an inner quote, a stray delimiter or a line break without quotes has torn or swallowed
 * is put right where that is safe, and otherwise refused row by row. Our own, because csv-parse streams over
 * Node's streams and buffers, and this runs in a browser's worker too; the tests compare the two.
 */
export class CsvScanner {
  readonly #delimiter: string;
  readonly #guide: CsvGuide | null;
  readonly #starts: RecordOptions['startsRecord'];
  #text = '';
  #failure: FileRefused | null = null;
  #rows: TableRow[] = [];
  #number: number;
  #unfinished: Unfinished | null = null;
  /** The most cells a row has had: a file may leave out empty ones at the end of every row. */
  #usual = 0;

  constructor(delimiter: string, header: HeaderMap | null = null, firstNumber = 1) {
    this.#delimiter = delimiter;
    this.#guide = header === null ? null : csvGuide(header, delimiter);
    this.#starts = this.#guide === null ? undefined : recordStarts(this.#guide);
    this.#number = firstNumber;
  }

  /** Takes a piece and gives the rows that ended in it; `check` tells whether there can be more. */
  push(text: string): TableRow[] {
    this.#text += text;
    this.#drain(false);
    return this.#take();
  }

  /** The last rows. */
  end(): TableRow[] {
    this.#drain(true);
    this.#finish();
    return this.#take();
  }

  #drain(isLast: boolean): void {
    let at = 0;
    while (at < this.#text.length) {
      const options: RecordOptions = {
        delimiter: this.#delimiter,
        isLast,
        row: this.#number,
        ...(this.#starts === undefined ? {} : { startsRecord: this.#starts }),
      };
      const record = this.#scan(at, options);
      if (record === null) break;
      this.#sort(record, this.#text.slice(at, record.end));
      at = record.end;
    }
    this.#text = this.#text.slice(at);
  }

  /**
   * Scans one record. One that is beyond all measure ends the file, but not before the rows read so far were
   * taken.
   */
  #scan(at: number, options: RecordOptions): CsvRecord | null {
    if (this.#failure !== null) return null;
    try {
      return scanRecord(this.#text, at, options);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      this.#failure = error;
      return null;
    }
  }

  /** Throws FileRefused when the file could not be read on after the rows given last. */
  check(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  #take(): TableRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #emit(cells: readonly RawCell[], trouble?: TableTrouble, number = this.#number++): void {
    if (trouble === undefined || !isRefusing(trouble)) this.#usual = Math.max(this.#usual, cells.length);
    this.#rows.push(trouble === undefined ? { number, cells } : { number, cells, trouble });
  }

  #sort(record: CsvRecord, piece: string): void {
    const guide = this.#guide;
    const cells = guide === null ? record.cells : trimmed(record.cells, guide.width);
    const isEmpty = cells.every((cell) => cell === null);
    if (guide === null || (isEmpty && this.#unfinished === null)) return this.#emit(cells);
    if (record.breakAt !== null) return this.#mend(piece, guide);
    if (record.isOpen) return this.#open(piece, guide);
    if (this.#continues(cells, guide)) return;
    if (!record.isEnded) return this.#last(cells, guide);
    if (cells.length > guide.width) return this.#wide(record, cells, piece, guide);
    if (cells.length === guide.width) return this.#whole(record, cells, piece, guide);
    this.#short(cells, guide);
  }

  /** A piece in which a quote was not closed. */
  #mend(piece: string, guide: CsvGuide): void {
    this.#finish();
    for (const { cells, trouble } of mendPiece(piece, guide)) this.#emit(cells, trouble);
  }

  /** The file ended inside a quoted field: cut there, or the quote was never meant to be closed. */
  #open(piece: string, guide: CsvGuide): void {
    this.#finish();
    const rows = mendPiece(piece, guide);
    const last = rows.pop();
    for (const { cells, trouble } of rows) this.#emit(cells, trouble);
    const isWhole = last?.trouble === 'mended_quotes' && /[\r\n]$/.test(piece);
    this.#emit(last?.cells ?? [], isWhole ? last.trouble : 'cut_row');
  }

  #whole(record: CsvRecord, cells: readonly RawCell[], piece: string, guide: CsvGuide): void {
    this.#finish();
    if (!record.hasInner) this.#emit(cells);
    else if (isFull(guide, cells)) this.#emit(cells, 'mended_quotes');
    else this.#mend(piece, guide);
  }

  #wide(record: CsvRecord, cells: readonly RawCell[], piece: string, guide: CsvGuide): void {
    this.#finish();
    const [mended, ...more] = record.isQuoted ? mendPiece(piece, guide) : [];
    if (mended?.trouble === 'mended_quotes' && more.length === 0)
      return this.#emit(mended.cells, mended.trouble);
    const joined = joinCells(cells, guide);
    if (joined !== null) this.#emit(joined, 'joined_cells');
    else this.#emit(cells, 'wrong_cell_count');
  }

  /** Fewer cells than headers: empty ones left out at the end, or a line break inside a text. */
  #short(cells: RawCell[], guide: CsvGuide): void {
    this.#finish();
    const isCuttable = guide.texts.includes(cells.length - 1) && beginsRow(guide, cells, guide.text);
    if (isCuttable) this.#unfinished = { number: this.#number++, first: cells, cells, more: 0 };
    else this.#emitShort(cells, guide);
  }

  #emitShort(cells: readonly RawCell[], guide: CsvGuide, number = this.#number++): void {
    // A row that ends in or before the text while others do not has lost something; a shorter end is only
    // told.
    const isTorn = this.#usual > cells.length && cells.length <= guide.text + 1;
    const trouble = this.#usual > cells.length ? 'short_row' : undefined;
    this.#emit(cells, isTorn ? 'wrong_cell_count' : trouble, number);
  }

  /** Adds a line to the unfinished row before it, when it is no row of its own. */
  #continues(cells: readonly RawCell[], guide: CsvGuide): boolean {
    const open = this.#unfinished;
    if (open === null || beginsRow(guide, cells, guide.text) || isFull(guide, cells)) return false;
    const [first, ...rest] = cells;
    const all = [...open.cells.slice(0, -1), `${open.cells.at(-1) ?? ''}\n${first ?? ''}`, ...rest];
    const isEmpty = cells.every((cell) => cell === null);
    this.#unfinished = { ...open, cells: all, more: open.more + (isEmpty ? 0 : 1) };
    if (all.length >= guide.width) this.#finish();
    return true;
  }

  /** Ends the unfinished row. */
  #finish(): void {
    const open = this.#unfinished;
    const guide = this.#guide;
    this.#unfinished = null;
    if (open === null || guide === null) return;
    if (open.more === 0) return this.#emitShort(open.first, guide, open.number);
    const cells = open.cells.length > guide.width ? joinCells(open.cells, guide) : open.cells;
    if (cells !== null && isFull(guide, cells)) this.#emit(cells, 'joined_lines', open.number);
    else this.#emit(open.cells, 'wrong_cell_count', open.number);
  }

  /** The last row, without a line break behind it: whole, or cut with the file. */
  #last(cells: readonly RawCell[], guide: CsvGuide): void {
    this.#finish();
    const usual = this.#usual === 0 ? guide.width : Math.min(this.#usual, guide.width);
    this.#emit(cells, cells.length < usual ? 'cut_row' : 'no_final_break');
  }
}

/** Without the empty cells beyond the last header. */
function trimmed(cells: RawCell[], width: number): RawCell[] {
  let { length } = cells;
  while (length > width && cells[length - 1] === null) length -= 1;
  return length === cells.length ? cells : cells.slice(0, length);
}
