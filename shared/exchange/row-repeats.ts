import { COLUMN, type CellValue, type ExchangeRow } from './columns.ts';
import { rowError, type RowError } from './refusals.ts';

/**
 * Tells rows whose ID was in the file before: the first stays. Numbers are counted per cabinet and may meet
 * in one file, so they tell a repeated row only where it has no ID. Remembers two numbers a row.
 */
export function rowRepeats(): (row: ExchangeRow, place: number) => RowError | null {
  const ids = new Set<CellValue>();
  const numbers = new Set<CellValue>();
  return ({ known: { id = '', number = '' } }, place) => {
    if (id !== '' && ids.has(id)) return rowError(place, COLUMN.id.header, 'duplicate_id', id);
    if (id === '' && numbers.has(number)) {
      return rowError(place, COLUMN.number.header, 'duplicate_number', number);
    }
    if (id !== '') ids.add(id);
    numbers.add(number);
    return null;
  };
}
