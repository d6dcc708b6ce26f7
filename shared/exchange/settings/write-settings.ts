import { strToU8 } from 'fflate';
import { CSV_START, csvLine } from '../csv.ts';
import { safeCell } from '../cell-form.ts';
import { writeWorkbook } from '../workbook-write.ts';
import type { TableFormat } from '../table-write.ts';
import type { TwoWayTable } from './settings-table.ts';

/** Rows as a file with Russian headers, which `planLoad` reads as what they are. */
export function writeSettings<R>(
  format: TableFormat,
  table: TwoWayTable<R>,
  rows: readonly R[],
): Uint8Array<ArrayBuffer> {
  const { columns, title } = table;
  const headers = columns.map(({ header }) => header);
  const lines = rows
    .flatMap((row) => table.lines?.(row) ?? [table.write(row)])
    .map((cells) => columns.map(({ key }) => cells[key] ?? ''));
  if (format === 'csv')
    return new Uint8Array(
      strToU8(CSV_START + [headers, ...lines].map((line) => csvLine(line.map(safeCell))).join('')),
    );
  const widths = columns.map(({ width }) => width);
  return writeWorkbook([{ name: title, rows: [headers, ...lines], widths }]);
}
