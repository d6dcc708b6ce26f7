import { DecodeUTF8, strFromU8 } from 'fflate';
import { chunksOf, type ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { TableRow, TableRows } from './table-row.ts';

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
  // Some broken characters make no other encoding: in Windows-1251 taken for UTF-8 nearly every Russian letter is broken.
  const utf8 = strFromU8(head);
  const broken = utf8.match(/\ufffd/g)?.length ?? 0;
  const encoding = broken > (utf8.match(/\p{Script=Cyrillic}/gu)?.length ?? 0) ? 'windows-1251' : 'utf-8';
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

/** Decodes piece by piece: a character may be cut in two between pieces. */
function utf8Reader(): (chunk: Uint8Array) => string {
  let text = '';
  const decoder = new DecodeUTF8((more) => {
    text += more;
  });
  return (chunk) => {
    text = '';
    decoder.push(chunk);
    return text;
  };
}

const HEAD_BYTES = 64 * 1024;

/** The rows of a csv, read as they are asked for. Every cell is text. Throws FileRefused. */
export async function* readCsv(source: ByteSource): TableRows & AsyncGenerator<readonly TableRow[]> {
  const form = csvFormOf(await source.read(0, HEAD_BYTES));
  const scanner = new CsvScanner(form.delimiter);
  const decode = form.encoding === 'utf-8' ? utf8Reader() : from1251;
  let isStart = true;
  for await (const chunk of chunksOf(source)) {
    const text = decode(chunk);
    const rows = scanner.push(isStart ? text.replace(/^\ufeff/, '') : text);
    isStart = false;
    if (rows.length > 0) yield rows;
  }
  const rest = scanner.end();
  if (rest.length > 0) yield rest;
}

/** A row as a line of csv in Excel's Russian form: `;` between fields, CRLF at the end. */
export const csvLine = (cells: readonly RawCell[]): string =>
  `${cells.map((cell) => (cell === null ? '' : quoted(String(cell)))).join(';')}\r\n`;

const quoted = (text: string): string =>
  /[";\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Written first, so that Excel reads the file as UTF-8. */
export const CSV_START = '\ufeff';
