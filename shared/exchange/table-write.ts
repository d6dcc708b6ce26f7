import { strToU8 } from 'fflate';
import type { RawCell } from './cells.ts';
import { COLUMNS, type ExchangeRow } from './columns.ts';
import { CSV_START, csvLine } from './csv.ts';
import { cutText } from './cut-cell.ts';
import { fileCells, headerRow } from './export-row.ts';
import { xlsxWriter, type NumberStyle } from './xlsx-write.ts';

/** Formats a table can be written in. */
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

/** Told of a cell that was too long for an xlsx: the number of its row and its column's header. */
export type OnCut = (row: number, column: string) => void;

/** Writes rows as a file with the registry's header; `unknown` are the further columns to give back. */
export function writeTable(
  format: TableFormat,
  rows: AsyncIterable<readonly ExchangeRow[]>,
  unknown: readonly string[],
  onCut: OnCut = () => undefined,
): AsyncGenerator<Uint8Array> {
  return format === 'xlsx' ? writeXlsx(rows, unknown, onCut) : writeCsv(rows, unknown);
}

async function* writeXlsx(
  rows: AsyncIterable<readonly ExchangeRow[]>,
  unknown: readonly string[],
  onCut: OnCut,
): AsyncGenerator<Uint8Array> {
  const writer = xlsxWriter(STYLES);
  const headers = headerRow(unknown);
  let number = 1;
  const fitting = (cell: RawCell, at: number): RawCell => {
    if (typeof cell !== 'string') return cell;
    const text = cutText(cell);
    if (text !== cell) onCut(number, headers[at] ?? '');
    return text;
  };
  writer.row(headers.map(cutText));
  for await (const group of rows) {
    for (const row of group) {
      number += 1;
      writer.row(fileCells(row, unknown).map(fitting));
    }
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
