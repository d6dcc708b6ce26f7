import { CSV_START, csvLine } from '#shared/exchange/csv.ts';
import { TABLE_TYPES } from '#shared/exchange/table-write.ts';
import { writeWorkbook, type BookCell, type BookSheet } from '#shared/exchange/workbook-write.ts';
import { columnName } from '#shared/exchange/xlsx-write.ts';
import { saveFile } from '#renderer/host/save-file.ts';
import type { Pivot, PivotLine } from './pivot.ts';

/** Names of the table's lines in the reader's language. */
export interface PivotNames {
  readonly corner: string;
  readonly total: string;
  readonly sheet: string;
  readonly down: (line: PivotLine) => string;
  readonly across: (line: PivotLine) => string;
}

/** The table as rows of numbers, totals being sums of what stands above and beside them. */
export function pivotSheet(pivot: Pivot, names: PivotNames): BookSheet {
  const { down, across, total } = pivot;
  const [last, end] = [columnName(across.length), down.length + 1];
  const sum = (from: string, to: string, value: number): BookCell => ({
    formula: `SUM(${from}:${to})`,
    value,
  });
  const rows = down.map((row, at): BookCell[] => [
    names.down(row),
    ...across.map((column) => pivot.at(row.value, column.value)),
    sum(`B${at + 2}`, `${last}${at + 2}`, row.total),
  ]);
  const foot: BookCell[] = [
    names.total,
    ...across.map((column, at) => sum(`${columnName(at + 1)}2`, `${columnName(at + 1)}${end}`, column.total)),
    sum(`B${end + 1}`, `${last}${end + 1}`, total),
  ];
  return {
    name: names.sheet,
    widths: [46, ...across.map(() => 16), 12],
    rows: [[names.corner, ...across.map(names.across), names.total], ...rows, foot],
  };
}

export function savePivotXlsx(name: string, pivot: Pivot, names: PivotNames): void {
  saveFile(`${name}.xlsx`, TABLE_TYPES.xlsx, writeWorkbook([pivotSheet(pivot, names)]));
}

export function savePivotCsv(name: string, pivot: Pivot, names: PivotNames): void {
  const plain = (cell: BookCell): string | number | null =>
    typeof cell === 'object' && cell !== null ? cell.value : cell;
  const lines = pivotSheet(pivot, names).rows.map((row) => csvLine(row.map(plain)));
  saveFile(`${name}.csv`, TABLE_TYPES.csv, CSV_START + lines.join(''));
}
