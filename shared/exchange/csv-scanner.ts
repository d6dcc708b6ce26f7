import type { RawCell } from './cells.ts';
import { FileRefused } from './refusals.ts';
import { MAX_CELL, MAX_COLUMNS, type TableRow } from './table-row.ts';

type State = 'start' | 'plain' | 'quoted' | 'closing';

/**
 * Splits text into rows as it comes, whatever the pieces (RFC 4180; a quote inside an unquoted field is a plain character).
 * Our own, because csv-parse streams over Node's streams and buffers, and this runs in a browser's worker too; the tests
 * compare the two.
 */
export class CsvScanner {
  readonly #delimiter: string;
  readonly #plainEnd: RegExp;
  #state: State = 'start';
  #field = '';
  #cells: RawCell[] = [];
  #rows: TableRow[] = [];
  #number = 1;
  #wasReturn = false;

  constructor(delimiter: ';' | ',' | '\t') {
    this.#delimiter = delimiter;
    this.#plainEnd = new RegExp(`[${delimiter}\\r\\n]`, 'g');
  }

  /** Takes a piece and gives the rows that ended in it. Throws FileRefused on a cell or a row beyond all measure. */
  push(text: string): TableRow[] {
    for (let at = 0; at < text.length;)
      at = this.#state === 'quoted' ? this.#quoted(text, at) : this.#character(text, at);
    return this.#take();
  }

  /** The last row, when no line break ended it. */
  end(): TableRow[] {
    if (this.#cells.length > 0 || this.#state !== 'start') this.#endRow();
    return this.#take();
  }

  #quoted(text: string, from: number): number {
    const to = this.#run(text, from, text.indexOf('"', from));
    if (to < text.length) this.#state = 'closing';
    return to + 1;
  }

  #character(text: string, at: number): number {
    const character = text[at] ?? '';
    const isSecondOfPair = character === '\n' && this.#wasReturn;
    this.#wasReturn = character === '\r';
    if (character === '"' && this.#state !== 'plain') {
      // A quote right after a closing one is a quote of the text; otherwise it begins the field.
      if (this.#state === 'closing') this.#field += '"';
      this.#state = 'quoted';
    } else if (character === this.#delimiter) {
      this.#endField();
    } else if (character === '\r' || character === '\n') {
      if (!isSecondOfPair) this.#endRow();
    } else {
      this.#state = 'plain';
      this.#plainEnd.lastIndex = at;
      return this.#run(text, at, this.#plainEnd.exec(text)?.index ?? -1);
    }
    return at + 1;
  }

  /** Adds the text up to `end`, or all of it. */
  #run(text: string, from: number, end: number): number {
    const to = end === -1 ? text.length : end;
    this.#field += text.slice(from, to);
    if (this.#field.length > MAX_CELL) throw new FileRefused({ kind: 'cell_too_long', row: this.#number });
    return to;
  }

  #endField(): void {
    this.#cells.push(this.#field === '' ? null : this.#field);
    if (this.#cells.length > MAX_COLUMNS)
      throw new FileRefused({ kind: 'too_many_columns', row: this.#number });
    this.#field = '';
    this.#state = 'start';
  }

  #endRow(): void {
    this.#endField();
    this.#rows.push({ number: this.#number, cells: this.#cells });
    this.#cells = [];
    this.#number += 1;
  }

  #take(): TableRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}
