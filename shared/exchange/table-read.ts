import { strFromU8 } from 'fflate';
import type { ByteSource } from './byte-source.ts';
import type { RawCell } from './cells.ts';
import { readCsv } from './csv.ts';
import { knownHeaders, mapHeaders, missingNames, type HeaderMap, type MappingChoice } from './header-map.ts';
import { isBlank } from './read-row.ts';
import { FileRefused, type FileRefusal } from './refusals.ts';
import type { TableRow, TableRows } from './table-row.ts';
import { readXlsx } from './xlsx-read.ts';

/** What kind of file it is, by its first bytes and never by its name. Throws FileRefused. */
export async function openTable(
  source: ByteSource,
): Promise<{ readonly format: 'xlsx' | 'csv'; readonly rows: TableRows }> {
  if (source.size === 0) throw new FileRefused({ kind: 'empty_file' });
  const head = await source.read(0, 4096);
  const begins = (...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04)) return { format: 'xlsx', rows: readXlsx(source) };
  // An encrypted xlsx lies inside the same container as an old xls, under a name in UTF-16.
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    const tail = strFromU8(await source.read(0, Math.min(source.size, 1_000_000)), true).replaceAll(
      '\u0000',
      '',
    );
    throw new FileRefused({ kind: tail.includes('EncryptedPackage') ? 'encrypted' : 'old_excel' });
  }
  // Pictures, PDF and texts in UTF-16 show themselves at once; a stray NUL inside a text is only left out.
  if (head.subarray(0, 256).includes(0)) throw new FileRefused({ kind: 'not_a_table' });
  if (strFromU8(head, true).trim() === '') throw new FileRefused({ kind: 'empty_file' });
  return { format: 'csv', rows: readCsv(source) };
}

/** A file whose header was found, ready to be read on. */
export interface Table {
  readonly format: 'xlsx' | 'csv';
  readonly header: HeaderMap;
  /** Rows after the header, without blank ones. */
  readonly rows: TableRows;
}

/** Rows in which the header is looked for: some exports have a title above it. */
const HEADER_ROWS = 10;
/** A row with as many known headers is the header row. */
const HEADER_CELLS = 3;

/** Opens a file and finds its header; a file without one, or without a mandatory column, is refused (thrown). */
export async function readTable(source: ByteSource, choice: MappingChoice = {}): Promise<Table> {
  const table = await readAnyTable(source, choice);
  if (table.header.missing.length > 0)
    throw new FileRefused({ kind: 'missing_columns', columns: missingNames(table.header) });
  return table;
}

/** The same, but leaves missing columns to the caller: the person may still say which column is which. */
export async function readAnyTable(source: ByteSource, choice: MappingChoice = {}): Promise<Table> {
  const { format, rows } = await openTable(source);
  const iterator = rows[Symbol.asyncIterator]();
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
  if (header === undefined) {
    // Any text can be read as a csv of one column; nobody meant it as a table.
    const isPlainText = format === 'csv' && first.every(({ cells }) => cells.length < 2);
    throw new FileRefused({ kind: isPlainText ? 'not_a_table' : 'no_header_row' });
  }
  return {
    format,
    header: mapHeaders(header.cells.map(headerText), choice),
    rows: rest(first.slice(at + 1), iterator),
  };
}

const headerText = (cell: RawCell): string => (cell === null ? '' : String(cell));

async function* rest(
  first: readonly TableRow[],
  iterator: AsyncIterator<readonly TableRow[]>,
): AsyncGenerator<readonly TableRow[]> {
  try {
    yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      yield next.value.filter(({ cells }) => !isBlank(cells));
    }
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
