import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { readCsv } from './csv.ts';
import { findCsvForm, HEADER_CELLS } from './csv-form.ts';
import { fileKind } from './file-kind.ts';
import { mapHeaders, missingNames, type HeaderMap, type MappingChoice } from './header-map.ts';
import { isBlank } from './read-row.ts';
import { FileRefused, type FileRefusal } from './refusals.ts';
import { MAX_FILE, MAX_ROWS, type TableRow, type TableRows } from './table-row.ts';
import { chooseSheet } from './sheet-choice.ts';
import { openWorkbook, readSheet } from './xlsx-read.ts';

/** The sheet that is read, and those that could be: with several a person should say which. */
export interface SheetNames {
  readonly chosen: string;
  readonly names: readonly string[];
}

/** A person's choices about a file. */
export interface TableChoice {
  readonly choice?: MappingChoice;
  /** Name of the sheet to read. */
  readonly sheet?: string;
}

/** A file whose header row was found. */
interface OpenTable {
  readonly format: 'xlsx' | 'csv';
  readonly headers: readonly string[];
  readonly sheets: SheetNames | null;
  /** The rows after the header, once it is clear what its columns are. */
  readonly rows: (header: HeaderMap) => TableRows;
}

/** A file whose header was found, ready to be read on. */
export interface Table {
  readonly format: 'xlsx' | 'csv';
  readonly header: HeaderMap;
  /** Null for a csv. */
  readonly sheets: SheetNames | null;
  /** Rows after the header, without blank ones. */
  readonly rows: TableRows;
}

/**
 * Opens a file and finds its header. Refused (thrown) are files without one, without a mandatory column, and
 * with several sheets that could be meant when nobody said which.
 */
export async function readTable(source: ByteSource, choice: TableChoice = {}): Promise<Table> {
  const table = await readAnyTable(source, choice);
  const names = table.sheets?.names ?? [];
  if (names.length > 1 && choice.sheet === undefined)
    throw new FileRefused({ kind: 'several_sheets', sheets: names });
  if (table.header.missing.length > 0)
    throw new FileRefused({ kind: 'missing_columns', columns: missingNames(table.header) });
  return table;
}

/** The same, but leaves missing columns and the choice of a sheet to the caller: the person may still say. */
export async function readAnyTable(source: ByteSource, { choice, sheet }: TableChoice = {}): Promise<Table> {
  const { format, headers, sheets, rows } = await openTable(source, sheet);
  const header = mapHeaders(headers, choice);
  return { format, header, sheets, rows: filled(rows(header)) };
}

/** Tells what kind of file it is and finds its header row. Throws FileRefused. */
export async function openTable(source: ByteSource, sheet?: string): Promise<OpenTable> {
  if (source.size > MAX_FILE) throw new FileRefused({ kind: 'file_too_large' });
  return (await fileKind(source)) === 'zip' ? openXlsx(source, sheet) : openCsv(source);
}

const headerText = (cell: RawCell): string => (cell === null ? '' : String(cell));

async function openCsv(source: ByteSource): Promise<OpenTable> {
  const form = await findCsvForm(source);
  if (form.found === null || form.found.known < HEADER_CELLS)
    throw new FileRefused({ kind: (await isPlainText(source)) ? 'not_a_table' : 'no_header_row' });
  return {
    format: 'csv',
    sheets: null,
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

async function openXlsx(source: ByteSource, sheet: string | undefined): Promise<OpenTable> {
  const workbook = await openWorkbook(source);
  const { found, names } = await chooseSheet(source, workbook, sheet);
  return {
    format: 'xlsx',
    headers: found.headers,
    sheets: { chosen: found.sheet.name, names },
    rows: (header) => below(readSheet(source, workbook, found.sheet, header), found.headerRow),
  };
}

/** The rows below the header's. */
async function* below(rows: TableRows, headerRow: number): AsyncGenerator<readonly TableRow[]> {
  for await (const group of rows) yield group.filter(({ number }) => number > headerRow);
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
