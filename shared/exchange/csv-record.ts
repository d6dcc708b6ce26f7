import type { RawCell } from './cells.ts';
import { FileRefused } from './refusals.ts';
import { MAX_CELL, MAX_COLUMNS } from './table-row.ts';

/** One record of a csv as it is written; `end` is the place after its line break. */
export interface CsvRecord {
  readonly cells: RawCell[];
  readonly end: number;
  /** A quoted field was still open where the text ended. */
  readonly isOpen: boolean;
  /** A quote stood inside a quoted field without being doubled. */
  readonly hasInner: boolean;
  /** True when any field was quoted. */
  readonly isQuoted: boolean;
  /** A line break ended it; the last record of a file may lack one. */
  readonly isEnded: boolean;
  /** A line inside a quoted field that begins another record: the field was never closed. */
  readonly breakAt: number | null;
}

/** Options of reading a record. */
export interface RecordOptions {
  readonly delimiter: string;
  /** No more text follows. */
  readonly isLast: boolean;
  /**
   * An even number of quotes before a delimiter ends the field: whoever wrote the file did not double the
   * inner ones.
   */
  readonly isLoose?: boolean;
  /**
   * For the record that begins at a place of a text: tells whether its line [from, to), inside a quoted field
   * of that column, begins a record of its own.
   */
  readonly startsRecord?: (
    text: string,
    recordStart: number,
  ) => (from: number, to: number, column: number) => boolean;
  /** For a refusal. */
  readonly row: number;
}

const BREAK = /[\r\n]/g;

/** The place of the next line break, or -1. */
export function breakAfter(text: string, from: number): number {
  BREAK.lastIndex = from;
  return BREAK.exec(text)?.index ?? -1;
}

/** The place after the line break at `at`: CR, LF or both. */
export const afterBreak = (text: string, at: number): number =>
  at + (text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1);

/**
 * Reads the record that begins at `from` (RFC 4180; a quote inside an unquoted field is a plain character,
 * one inside a quoted field ends it only before a delimiter or a line break). Null when the text so far does
 * not hold all of it.
 */
export function scanRecord(text: string, from: number, options: RecordOptions): CsvRecord | null {
  return new RecordScan(text, from, options).run();
}

const HALFWAY = Symbol('more text is needed');

class RecordScan {
  readonly #text: string;
  readonly #startsRecord: ((from: number, to: number, column: number) => boolean) | undefined;
  readonly #options: RecordOptions;
  readonly #plainEnd: RegExp;
  readonly #cells: RawCell[] = [];
  #at: number;
  #field = '';
  #isOpen = false;
  #hasInner = false;
  #isQuoted = false;
  #breakAt: number | null = null;

  constructor(text: string, from: number, options: RecordOptions) {
    this.#text = text;
    this.#startsRecord = options.startsRecord?.(text, from);
    this.#at = from;
    this.#options = options;
    this.#plainEnd = new RegExp(`[${options.delimiter.replace(/[\\\]^-]/, String.raw`\$&`)}\\r\\n]`, 'g');
  }

  run(): CsvRecord | null {
    for (;;) {
      this.#field = '';
      const isWhole = this.#text[this.#at] === '"' ? this.#quoted() : this.#plain();
      if (isWhole === HALFWAY) return null;
      this.#cells.push(this.#field === '' ? null : this.#field);
      if (this.#cells.length > MAX_COLUMNS)
        throw new FileRefused({ kind: 'too_many_columns', row: this.#options.row });
      if (this.#breakAt !== null) return this.#record(this.#breakAt, true);
      const next = this.#text[this.#at];
      if (next === undefined) return this.#options.isLast ? this.#record(this.#at, false) : null;
      // After CR the text may go on with LF.
      if (next === '\r' && this.#at + 1 === this.#text.length && !this.#options.isLast) return null;
      if (next !== this.#options.delimiter) return this.#record(afterBreak(this.#text, this.#at), true);
      this.#at += 1;
    }
  }

  #record(end: number, isEnded: boolean): CsvRecord {
    return {
      cells: this.#cells,
      end,
      isOpen: this.#isOpen,
      hasInner: this.#hasInner,
      isQuoted: this.#isQuoted,
      isEnded,
      breakAt: this.#breakAt,
    };
  }

  #plain(): typeof HALFWAY | null {
    this.#plainEnd.lastIndex = this.#at;
    const end = this.#plainEnd.exec(this.#text)?.index ?? this.#text.length;
    this.#put(this.#at, end);
    return null;
  }

  /** Adds text to the field and goes on behind it. */
  #put(from: number, to: number, quotes = 0): void {
    this.#field += this.#text.slice(from, to) + '"'.repeat(quotes);
    this.#at = to;
    if (this.#field.length > MAX_CELL)
      throw new FileRefused({ kind: 'cell_too_long', row: this.#options.row });
  }

  #quoted(): typeof HALFWAY | null {
    this.#isQuoted = true;
    for (let from = this.#at + 1; ;) {
      const found = this.#text.indexOf('"', from);
      const to = found === -1 ? this.#text.length : found;
      const broken = this.#findStart(from, to);
      if (broken === HALFWAY) return HALFWAY;
      if (broken !== null) {
        this.#put(from, broken);
        this.#breakAt = broken;
        return null;
      }
      if (found === -1) {
        if (!this.#options.isLast && to - from <= MAX_CELL) return HALFWAY;
        this.#put(from, to);
        this.#isOpen = true;
        return null;
      }
      let run = 1;
      while (this.#text[to + run] === '"') run += 1;
      const end = this.#endAfter(to + run);
      if (end === HALFWAY) return HALFWAY;
      if (end !== null && (run % 2 === 1 || this.#options.isLoose === true)) {
        this.#put(from, to, Math.floor(run / 2));
        this.#at = end;
        return null;
      }
      if (run % 2 === 1) this.#hasInner = true;
      this.#put(from, to, Math.ceil(run / 2));
      from = to + run;
    }
  }

  /**
   * Finds where the field's delimiter or line break is, when only spaces stand before it; null when something
   * else does.
   */
  #endAfter(at: number): number | null | typeof HALFWAY {
    let place = at;
    while (this.#text[place] === ' ') place += 1;
    const next = this.#text[place];
    if (next === undefined) return this.#options.isLast ? place : HALFWAY;
    return next === this.#options.delimiter || next === '\r' || next === '\n' ? place : null;
  }

  /** The first line that begins between the two places and is a record of its own. */
  #findStart(from: number, to: number): number | null | typeof HALFWAY {
    const { isLast } = this.#options;
    if (this.#startsRecord === undefined) return null;
    // Only between the two places: looking further for a break would read a long line again and again.
    const between = this.#text.slice(from, to);
    for (let at = breakAfter(between, 0); at !== -1; at = breakAfter(between, at + 1)) {
      if (between[at] === '\r' && this.#text[from + at + 1] === '\n') continue;
      const line = from + at + 1;
      const end = breakAfter(this.#text, line);
      if (end === -1 && !isLast && this.#text.length - line <= MAX_CELL) return HALFWAY;
      const stop = end === -1 ? this.#text.length : end;
      if (this.#startsRecord(line, stop, this.#cells.length)) return line;
    }
    return null;
  }
}
