import { strToU8 } from 'fflate';
import { COLUMNS, type ExchangeRow } from './columns.ts';
import { CSV_START, csvLine } from './csv.ts';
import { fileCells, headerRow } from './export-row.ts';
import { xlsxWriter, type NumberStyle } from './xlsx-write.ts';

export const TABLE_FORMATS = ['xlsx', 'csv'] as const;
/** Kinds of file the export writes. */
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** Media types of the files. */
export const TABLE_TYPES: Readonly<Record<TableFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

const STYLES: readonly NumberStyle[] = COLUMNS.map(({ kind }) =>
  kind === 'duration' ? 'duration' : 'plain',
);

/** Writes rows as a file with the registry's header; `unknown` are the further columns to give back. */
export function writeTable(
  format: TableFormat,
  rows: AsyncIterable<readonly ExchangeRow[]>,
  unknown: readonly string[],
): AsyncGenerator<Uint8Array> {
  return format === 'xlsx' ? writeXlsx(rows, unknown) : writeCsv(rows, unknown);
}

async function* writeXlsx(
  rows: AsyncIterable<readonly ExchangeRow[]>,
  unknown: readonly string[],
): AsyncGenerator<Uint8Array> {
  const writer = xlsxWriter(STYLES);
  writer.row(headerRow(unknown));
  for await (const group of rows) {
    for (const row of group) writer.row(fileCells(row, unknown));
    yield* writer.bytes();
  }
  writer.end();
  yield* writer.bytes();
}

async function* writeCsv(
  rows: AsyncIterable<readonly ExchangeRow[]>,
  unknown: readonly string[],
): AsyncGenerator<Uint8Array> {
  yield strToU8(CSV_START + csvLine(headerRow(unknown)));
  for await (const group of rows)
    yield strToU8(group.map((row) => csvLine(fileCells(row, unknown))).join(''));
}
