import type { ZoneName } from '#shared/domain/time-zone.ts';
import { readCell, readUnknownCell, type RawCell } from './cells.ts';
import { COLUMN, MANDATORY, type CellValue, type ColumnKey, type ExchangeRow } from './columns.ts';
import type { HeaderMap } from './header-map.ts';
import { rowError, type RowError } from './refusals.ts';
import { readStep } from './words.ts';

/** A row in our own form, or what is wrong with it: the first thing found, from the left. */
export type RowResult =
  | { readonly ok: true; readonly row: ExchangeRow }
  | { readonly ok: false; readonly error: RowError };

/** Whether a row of a file holds nothing: such rows are passed over, not counted. */
export const isBlank = (cells: readonly RawCell[]): boolean =>
  cells.every((cell) => cell === null || cell === '');

/** Reads one row of a file; `number` is the row's place in it. */
export function readRow(
  cells: readonly RawCell[],
  map: HeaderMap,
  number: number,
  zone: ZoneName,
): RowResult {
  const known: Partial<Record<ColumnKey, CellValue>> = {};
  const unknown: Record<string, CellValue> = {};
  for (const [index, target] of map.targets.entries()) {
    if (target === null) continue;
    const raw = cells[index] ?? null;
    if ('unknown' in target) {
      unknown[target.unknown] = readUnknownCell(raw);
      continue;
    }
    const column = COLUMN[target.known];
    const cell = readCell(column, raw, zone);
    if (!cell.ok) return { ok: false, error: rowError(number, column.header, cell.kind, raw ?? '') };
    known[target.known] = cell.value;
  }
  const error = checkRow(known, number);
  return error === null ? { ok: true, row: { known, unknown } } : { ok: false, error };
}

function checkRow(known: Partial<Record<ColumnKey, CellValue>>, number: number): RowError | null {
  for (const key of MANDATORY) {
    if ((known[key] ?? '') === '') return rowError(number, COLUMN[key].header, 'missing_value', '');
  }
  const { step = '', createdAt = '', closedAt = '' } = known;
  if (step !== '' && readStep(String(step)) === null)
    return rowError(number, COLUMN.step.header, 'unknown_step', step);
  // Both are local time in one form, so the text order is the order in time.
  if (closedAt !== '' && closedAt < createdAt)
    return rowError(number, COLUMN.closedAt.header, 'closed_before_created', closedAt);
  return null;
}
