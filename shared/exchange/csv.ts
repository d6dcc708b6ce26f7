import { chunksOf, type ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { findCsvForm, type CsvForm } from './csv-form.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { HeaderMap } from './header-map.ts';
import type { TableRow, TableRows } from './table-row.ts';
import { textReader } from './text-decoding.ts';

/**
 * The rows of a csv, read as they are asked for; with a header, those after it. Every cell is text. Throws
 * FileRefused.
 */
export async function* readCsv(
  source: ByteSource,
  form?: CsvForm,
  header: HeaderMap | null = null,
): TableRows & AsyncGenerator<readonly TableRow[]> {
  const { encoding, delimiter, found } = form ?? (await findCsvForm(source));
  const scanner = new CsvScanner(delimiter, header, header === null ? 1 : (found?.number ?? 0) + 1);
  const decode = textReader(encoding);
  let skip = header === null ? 0 : (found?.end ?? 0);
  const rowsOf = (text: string): TableRow[] => {
    const rest = text.slice(skip);
    skip -= text.length - rest.length;
    return scanner.push(rest);
  };
  for await (const chunk of chunksOf(source)) {
    yield rowsOf(decode(chunk));
    scanner.check();
  }
  yield [...rowsOf(decode()), ...scanner.end()];
  scanner.check();
}

/** A row as a line of csv in Excel's Russian form: `;` between fields, CRLF at the end. */
export const csvLine = (cells: readonly RawCell[]): string =>
  `${cells.map((cell) => (cell === null ? '' : quoted(String(cell)))).join(';')}\r\n`;

const quoted = (text: string): string =>
  /[";\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Written first, so that Excel reads the file as UTF-8. */
export const CSV_START = '\ufeff';
