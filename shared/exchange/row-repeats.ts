import { COLUMN, type ExchangeRow } from './columns.ts';
import { rowError, type RowError } from './refusals.ts';

/** Tells rows whose ID or number was in the file before: the first stays. Remembers two numbers a row. */
export function rowRepeats(): (row: ExchangeRow, place: number) => RowError | null {
  const ids = new Set<number>();
  const numbers = new Set<number>();
  return ({ known: { id, number } }, place) => {
    if (typeof id === 'number' && ids.has(id)) return rowError(place, COLUMN.id.header, 'duplicate_id', id);
    if (typeof number === 'number' && numbers.has(number))
      return rowError(place, COLUMN.number.header, 'duplicate_number', number);
    if (typeof id === 'number') ids.add(id);
    if (typeof number === 'number') numbers.add(number);
    return null;
  };
}
