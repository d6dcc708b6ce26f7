import { DecodeUTF8, strFromU8 } from 'fflate';
import { chunksOf, type ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { FileRefused } from './refusals.ts';
import { MAX_CELL, MAX_COLUMNS, type TableRow, type TableRows } from './table-row.ts';

/** Characters 0x80–0xFF of Windows-1251, in which Excel still writes csv on a Russian Windows. */
const WINDOWS_1251 =
  'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u0098™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя';

/** How a csv is written. */
export interface CsvForm {
  readonly encoding: 'utf-8' | 'windows-1251';
  readonly delimiter: ';' | ',' | '\t';
}

/** Tells encoding and delimiter from the beginning of a file: its header line has Russian letters and many delimiters. */
export function csvFormOf(head: Uint8Array): CsvForm {
  // A character cut in two at the end of the piece is no sign of another encoding.
  const utf8 = strFromU8(head).slice(0, -4);
  const encoding = utf8.includes('\ufffd') ? 'windows-1251' : 'utf-8';
  const text = encoding === 'utf-8' ? utf8 : from1251(head);
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  const count = (delimiter: string): number => line.split(delimiter).length;
  const [delimiter] = ([';', ',', '\t'] as const).toSorted((a, b) => count(b) - count(a));
  return { encoding, delimiter: delimiter ?? ';' };
}

function from1251(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : WINDOWS_1251[byte - 0x80];
  return text;
}

const HEAD_BYTES = 64 * 1024;

/** The rows of a csv, read as they are asked for. Every cell is text. Throws FileRefused. */
export async function* readCsv(source: ByteSource): TableRows & AsyncGenerator<readonly TableRow[]> {
  const form = csvFormOf(await source.read(0, HEAD_BYTES));
  const scanner = csvScanner(form.delimiter);
  let text = '';
  const decoder = new DecodeUTF8((more) => {
    text += more;
  });
  const decode = form.encoding === 'utf-8' ? (chunk: Uint8Array): void => decoder.push(chunk) : (chunk: Uint8Array): void => void (text += from1251(chunk));
  let isStart = true;
  for await (const chunk of chunksOf(source)) {
    decode(chunk);
    const rows = scanner.push(isStart ? text.replace(/^\ufeff/, '') : text);
    isStart = false;
    text = '';
    if (rows.length > 0) yield rows;
  }
  const rest = scanner.end();
  if (rest.length > 0) yield rest;
}

/** Splits text into rows as it comes (RFC 4180; a quote inside an unquoted field is a plain character). */
export interface CsvScanner {
  push(text: string): TableRow[];
  end(): TableRow[];
}

/** See {@link CsvScanner}. */
export function csvScanner(delimiter: string): CsvScanner {
  let state: 'start' | 'plain' | 'quoted' | 'closing' = 'start';
  let field = '';
  let cells: RawCell[] = [];
  let number = 1;
  let rows: TableRow[] = [];
  let wasReturn = false;
  const endField = (): void => {
    cells.push(field === '' ? null : field);
    if (cells.length > MAX_COLUMNS) throw new FileRefused({ kind: 'too_many_columns', row: number });
    field = '';
    state = 'start';
  };
  const endRow = (): void => {
    endField();
    rows.push({ number, cells });
    cells = [];
    number += 1;
  };
  /** Adds everything up to the next character that means something. */
  const run = (text: string, from: number, stop: RegExp): number => {
    stop.lastIndex = from;
    const to = stop.exec(text)?.index ?? text.length;
    field += text.slice(from, to);
    if (field.length > MAX_CELL) throw new FileRefused({ kind: 'cell_too_long', row: number });
    return to;
  };
  const stops = { plain: new RegExp(`[${delimiter}\\r\\n]`, 'g'), quoted: /"/g };
  const take = (): TableRow[] => {
    const out = rows;
    rows = [];
    return out;
  };
  const push = (text: string): TableRow[] => {
    let at = 0;
    while (at < text.length) {
      if (state === 'quoted') {
        at = run(text, at, stops.quoted);
        if (at < text.length) state = 'closing';
        at += 1;
        continue;
      }
      const character = text[at] ?? '';
      if (character === '"' && state !== 'plain') {
        // A second quote at once is a quote; otherwise the field begins.
        if (state === 'closing') field += '"';
        state = 'quoted';
        at += 1;
      } else if (character === delimiter) {
        endField();
        at += 1;
      } else if (character === '\r' || character === '\n') {
        if (!(character === '\n' && wasReturn)) endRow();
        at += 1;
      } else {
        state = 'plain';
        at = run(text, at, stops.plain);
      }
      wasReturn = character === '\r';
    }
    return take();
  };
  const end = (): TableRow[] => {
    if (field !== '' || cells.length > 0 || state !== 'start') endRow();
    return take();
  };
  return { push, end };
}

/** A row as a line of csv in Excel's Russian form: `;` between fields, CRLF at the end. */
export const csvLine = (cells: readonly RawCell[]): string =>
  `${cells.map((cell) => (cell === null ? '' : quoted(String(cell)))).join(';')}\r\n`;

const quoted = (text: string): string => (/[";\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Written first, so that Excel reads the file as UTF-8. */
export const CSV_START = '\ufeff';
