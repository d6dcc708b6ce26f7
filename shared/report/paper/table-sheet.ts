import { MINUTES_PER_DAY } from '#shared/domain/instant.ts';
import type { BookCell, BookSheet } from '#shared/exchange/workbook-write.ts';
import { columnName } from '#shared/exchange/xlsx-write.ts';
import { unbroken, type PaperTable, type TableCell, type TableColumn } from './table.ts';

/** A filled table as a sheet: numbers are numbers, totals and shares formulas over the cells above them. */
export function tableSheet({ name, columns, rows, totals, notes }: PaperTable): BookSheet {
  const letterOf = (at: number): string => columnName(at);
  const last = rows.length + 2;
  const cellOf = (cell: TableCell, column: TableColumn, row: number): BookCell => {
    const of = columns.findIndex(({ key }) => key === column.shareOf);
    if (of >= 0 && totals !== null && typeof cell.value === 'number')
      return {
        formula: `${letterOf(of)}${row}/${letterOf(of)}$${last}`,
        value: cell.value,
        style: 'share',
      };
    return plainCell(cell, column);
  };
  const totalCell = ({ value }: TableCell, at: number): BookCell =>
    typeof value !== 'number'
      ? value
      : {
          formula: rows.length === 0 ? '0' : `SUM(${letterOf(at)}2:${letterOf(at)}${rows.length + 1})`,
          value,
        };
  return {
    name,
    widths: columns.map(({ width }) => width),
    rows: [
      columns.map(({ header }) => unbroken(header)),
      ...rows.map((row, at) => columns.map((column, of) => cellOf(row[of] ?? NOTHING, column, at + 2))),
      ...(totals === null ? [] : [totals.map(totalCell)]),
    ],
    notes,
  };
}

const NOTHING: TableCell = { value: null };

function plainCell({ value }: TableCell, { format }: TableColumn): BookCell {
  if (typeof value !== 'number') return value;
  switch (format) {
    case 'span':
    case 'longSpan':
      return { value: value / MINUTES_PER_DAY, style: 'span' };
    case 'share':
    case 'rate':
      return { value, style: format };
    default:
      return value;
  }
}
