import type { ByteSource } from '../byte-source.ts';
import { looksLikeFormula, type RawCell } from '../cells.ts';
import { readCsv } from '../csv.ts';
import { findCsvForm, HEADER_ROWS } from '../csv-form.ts';
import { fileKind } from '../file-kind.ts';
import { headerKey } from '../header-map.ts';
import { isBlank } from '../read-row.ts';
import { FileRefused } from '../refusals.ts';
import type { TableRow } from '../table-row.ts';
import { openWorkbook, readSheet, type SheetLayout } from '../xlsx-read.ts';
import type { Sheet, Workbook } from '../xlsx-parts.ts';
import { mergedPlaces } from './merged-places.ts';
import {
  LARGEST_SETTINGS_FILE,
  MOST_SETTINGS_ROWS,
  type PlainRow,
  type SettingsCells,
  type SettingsColumn,
} from './settings-table.ts';

/** A file of settings as it was read. */
export interface PlainTable {
  readonly rows: readonly PlainRow[];
  /** Headers of ours whose columns are hidden in the file; they are read all the same. */
  readonly hiddenColumns: readonly string[];
  readonly hiddenRows: number;
  /** Headers of the file that mean nothing here. */
  readonly unknown: readonly string[];
}

/** Where our columns stand in a row: the key of a column by its place. */
interface FoundHeader {
  readonly keys: readonly (string | null)[];
  readonly cells: readonly RawCell[];
  readonly number: number;
}

/** A cell as it was before `safeCell` guarded it against being a formula. */
const unguarded = (cell: string): string =>
  cell.startsWith("'") && looksLikeFormula(cell.slice(1)) ? cell.slice(1) : cell;

const text = (cell: RawCell): string => (cell === null ? '' : unguarded(String(cell).trim()));

/**
 * Reads an xlsx or csv by the headers of our columns, wherever they stand within the first rows of any sheet
 * that is shown. Throws FileRefused: no such header, a column missing, too large.
 */
export async function readPlainTable(
  source: ByteSource,
  columns: readonly SettingsColumn[],
): Promise<PlainTable> {
  if (source.size > LARGEST_SETTINGS_FILE) throw new FileRefused({ kind: 'file_too_large' });
  return (await fileKind(source)) === 'zip' ? fromXlsx(source, columns) : fromCsv(source, columns);
}

function headerOf(
  cells: readonly RawCell[],
  number: number,
  columns: readonly SettingsColumn[],
): FoundHeader | null {
  const byHeader = new Map(columns.map(({ key, header }) => [headerKey(header), key]));
  const seen = new Set<string>();
  const keys = cells.map((cell) => {
    const key = byHeader.get(headerKey(text(cell))) ?? null;
    if (key === null || seen.has(key)) return null;
    seen.add(key);
    return key;
  });
  return seen.size < 2 ? null : { keys, cells, number };
}

const knownIn = ({ keys }: FoundHeader): number => keys.filter((key) => key !== null).length;

/** The best header among rows; a later one counts only when it has more of ours. */
function better(best: FoundHeader | null, found: FoundHeader | null): FoundHeader | null {
  if (found === null) return best;
  return best === null || knownIn(found) > knownIn(best) ? found : best;
}

function mustHave(header: FoundHeader | null, columns: readonly SettingsColumn[]): FoundHeader {
  if (header === null) throw new FileRefused({ kind: 'no_header_row' });
  const missing = columns.filter(({ key, isRequired }) => isRequired && !header.keys.includes(key));
  if (missing.length > 0)
    throw new FileRefused({ kind: 'missing_columns', columns: missing.map((column) => column.header) });
  return header;
}

async function fromCsv(source: ByteSource, columns: readonly SettingsColumn[]): Promise<PlainTable> {
  const countKnown = (cells: readonly RawCell[]): number => {
    const found = headerOf(cells, 0, columns);
    return found === null ? 0 : knownIn(found);
  };
  const form = await findCsvForm(source, countKnown);
  const found = form.found === null ? null : headerOf(form.found.cells, form.found.number, columns);
  const header = mustHave(found, columns);
  return gather(readCsv(source, form), header, null);
}

async function fromXlsx(source: ByteSource, columns: readonly SettingsColumn[]): Promise<PlainTable> {
  const workbook = await openWorkbook(source);
  let best: { readonly sheet: Sheet; readonly header: FoundHeader } | null = null;
  for (const sheet of workbook.sheets.filter(({ isHidden }) => !isHidden)) {
    const header = await headerIn(source, workbook, sheet, columns);
    if (header !== null && (best === null || knownIn(header) > knownIn(best.header)))
      best = { sheet, header };
  }
  const header = mustHave(best?.header ?? null, columns);
  if (best === null) throw new FileRefused({ kind: 'no_header_row' });
  const layout: SheetLayout = { merged: [], hiddenColumns: [], hiddenRows: 0 };
  return gather(readSheet(source, workbook, best.sheet, null, layout), header, layout);
}

async function headerIn(
  source: ByteSource,
  workbook: Workbook,
  sheet: Sheet,
  columns: readonly SettingsColumn[],
): Promise<FoundHeader | null> {
  let best: FoundHeader | null = null;
  let seen = 0;
  for await (const group of readSheet(source, workbook, sheet)) {
    for (const { cells, number } of group) {
      if (isBlank(cells)) continue;
      seen += 1;
      if (seen <= HEADER_ROWS) best = better(best, headerOf(cells, number, columns));
    }
    if (seen >= HEADER_ROWS) break;
  }
  return best;
}

async function gather(
  groups: AsyncIterable<readonly TableRow[]>,
  header: FoundHeader,
  layout: SheetLayout | null,
): Promise<PlainTable> {
  const rows: { readonly number: number; readonly cells: SettingsCells }[] = [];
  for await (const group of groups)
    for (const { number, cells } of group) {
      if (number <= header.number || isBlank(cells)) continue;
      rows.push({ number, cells: cellsOf(cells, header) });
      if (rows.length > MOST_SETTINGS_ROWS) throw new FileRefused({ kind: 'too_many_rows', row: number });
    }
  if (rows.length === 0) throw new FileRefused({ kind: 'empty_file' });
  const merged = mergedPlaces(layout?.merged ?? []);
  const isOurs = (column: number): boolean => header.keys[column] !== null && column < header.keys.length;
  return {
    rows: rows.map((row) => ({ ...row, isMerged: merged(row.number, isOurs) })),
    hiddenColumns: header.keys.flatMap((key, at) =>
      key !== null && isHidden(at, layout) ? [text(header.cells[at] ?? null)] : [],
    ),
    hiddenRows: layout?.hiddenRows ?? 0,
    unknown: header.cells.flatMap((cell, at) =>
      header.keys[at] === null && text(cell) !== '' ? [text(cell)] : [],
    ),
  };
}

const isHidden = (column: number, layout: SheetLayout | null): boolean =>
  layout?.hiddenColumns.some(([first, last]) => first <= column + 1 && column + 1 <= last) ?? false;

function cellsOf(cells: readonly RawCell[], { keys }: FoundHeader): SettingsCells {
  const named: Record<string, string> = {};
  for (const [at, key] of keys.entries()) if (key !== null) named[key] = text(cells[at] ?? null);
  return named;
}
