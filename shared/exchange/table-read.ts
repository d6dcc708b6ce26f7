import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { readCsv } from './csv.ts';
import { findCsvForm, HEADER_CELLS, HEADER_ROWS } from './csv-form.ts';
import { fileKind } from './file-kind.ts';
import { knownHeaders, mapHeaders, missingNames, type HeaderMap, type MappingChoice } from './header-map.ts';
import { isBlank } from './read-row.ts';
import { FileRefused, type FileRefusal } from './refusals.ts';
import { MAX_FILE, MAX_ROWS, type TableRow, type TableRows } from './table-row.ts';
import { readXlsx } from './xlsx-read.ts';

/** A file whose header row was found. */
interface OpenTable {
  readonly format: 'xlsx' | 'csv';
  readonly headers: readonly string[];
  /** The rows after the header, once it is clear what its columns are. */
  readonly rows: (header: HeaderMap) => TableRows;
}

/** A file whose header was found, ready to be read on. */
export interface Table {
  readonly format: 'xlsx' | 'csv';
  readonly header: HeaderMap;
  /** Rows after the header, without blank ones. */
  readonly rows: TableRows;
}

/** Opens a file and finds its header; a file without one, or without a mandatory column, is refused (thrown). */
export async function readTable(source: ByteSource, choice: MappingChoice = {}): Promise<Table> {
  const table = await readAnyTable(source, choice);
  if (table.header.missing.length > 0)
    throw new FileRefused({ kind: 'missing_columns', columns: missingNames(table.header) });
  return table;
}

/** The same, but leaves missing columns to the caller: the person may still say which column is which. */
export async function readAnyTable(source: ByteSource, choice: MappingChoice = {}): Promise<Table> {
  const { format, headers, rows } = await openTable(source);
  const header = mapHeaders(headers, choice);
  return { format, header, rows: filled(rows(header)) };
}

/** Tells what kind of file it is and finds its header row. Throws FileRefused. */
export async function openTable(source: ByteSource): Promise<OpenTable> {
  if (source.size > MAX_FILE) throw new FileRefused({ kind: 'file_too_large' });
  return (await fileKind(source)) === 'zip' ? openXlsx(source) : openCsv(source);
}

const headerText = (cell: RawCell): string => (cell === null ? '' : String(cell));

async function openCsv(source: ByteSource): Promise<OpenTable> {
  const form = await findCsvForm(source);
  if (form.found === null || form.found.known < HEADER_CELLS)
    throw new FileRefused({ kind: (await isPlainText(source)) ? 'not_a_table' : 'no_header_row' });
  return {
    format: 'csv',
    headers: form.found.cells.map(headerText),
    rows: (header) => readCsv(source, form, header),
  };
}

/** Tells whether a text is none of a table: without delimiters, or with bytes no text has. */
async function isPlainText(source: ByteSource): Promise<boolean> {
  const head = await source.read(0, 4096);
  if (head.subarray(0, 256).includes(0)) return true;
  for await (const group of readCsv(source)) {
    const rows = group.filter(({ cells }) => !isBlank(cells));
    if (rows.length > 0) return rows.every(({ cells }) => cells.length < 2);
  }
  throw new FileRefused({ kind: 'empty_file' });
}

async function openXlsx(source: ByteSource): Promise<OpenTable> {
  const iterator = readXlsx(source)[Symbol.asyncIterator]();
  const first: TableRow[] = [];
  for (let seen = 0; seen < HEADER_ROWS;) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    const group = value as readonly TableRow[];
    const full = group.filter(({ cells }) => !isBlank(cells));
    first.push(...full);
    seen += full.length;
  }
  if (first.length === 0) throw new FileRefused({ kind: 'empty_file' });
  const at = first.slice(0, HEADER_ROWS).findIndex(({ cells }) => knownHeaders(cells) >= HEADER_CELLS);
  const header = first[at];
  if (header === undefined) throw new FileRefused({ kind: 'no_header_row' });
  return {
    format: 'xlsx',
    headers: header.cells.map(headerText),
    rows: () => rest(first.slice(at + 1), iterator),
  };
}

/** Groups without blank rows. */
async function* filled(rows: TableRows): AsyncGenerator<readonly TableRow[]> {
  let count = 0;
  for await (const group of rows) {
    const full = group.filter(({ cells }) => !isBlank(cells));
    if (full.length > 0) yield full;
    count += full.length;
    if (count > MAX_ROWS) throw new FileRefused({ kind: 'too_many_rows', row: full.at(-1)?.number ?? 0 });
  }
}

async function* rest(
  first: readonly TableRow[],
  iterator: AsyncIterator<readonly TableRow[]>,
): AsyncGenerator<readonly TableRow[]> {
  try {
    yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

/** Runs something that reads a file; why it cannot be read comes back as a value. */
export async function refusable<T>(
  work: () => Promise<T>,
): Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: FileRefusal }> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof FileRefused) return { ok: false, refusal: error.refusal };
    throw error;
  }
}
