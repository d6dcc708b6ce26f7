import type { Incident } from '#shared/domain/incident.ts';
import { isSensible, type Instant } from '#shared/domain/instant.ts';
import { formatLocalTimestamp } from '#shared/domain/time-zone.ts';
import { safeCell, unknownFormKey } from './cell-form.ts';
import { writeCell, writeUnknownCell, type RawCell } from './cells.ts';
import { COLUMNS, type ExchangeRow } from './columns.ts';
import { computedCells } from './computed-cells.ts';
import type { ExportContext } from './context.ts';
import { rowOf } from './kept-cells.ts';

/** An incident as a row of the export, in our own form. */
export const exportRow = (incident: Incident, context: ExportContext): ExchangeRow =>
  rowOf(incident, computedCells(incident, context));

/** An incident whose stored row no cells can be made of. */
export interface UnreadIncident {
  readonly id: string;
  readonly number: number | null;
}

/** A stored incident with what the database knows of it by itself. */
interface StoredIncident {
  readonly id: string;
  readonly createdAt: Instant;
  readonly row: Incident;
}

/**
 * The row of a stored incident. One that another version wrote, or that a hand has spoilt, takes no others
 * with it: its number, its moment and a note that says so stand in its place, without a text, so that an
 * import refuses the row by name instead of losing what the database holds.
 */
export function rowOrName(
  { id, createdAt, row }: StoredIncident,
  context: ExportContext,
  onUnread: (named: UnreadIncident) => void,
): ExchangeRow {
  try {
    const cells = exportRow(row, context);
    fileCells(cells, []);
    return cells;
  } catch {
    const number = Number.isSafeInteger(row.number) ? row.number : null;
    onUnread({ id, number });
    const at = isSensible(createdAt) ? formatLocalTimestamp(context.calendar.data.zone, createdAt) : '';
    const notes = `Инцидент ${id} не выгружен: его запись в базе не читается этой версией`;
    return { known: { number: number ?? '', createdAt: at, notes }, unknown: {} };
  }
}

/** The header row: the 47 columns, then the unknown ones. */
export const headerRow = (unknown: readonly string[]): string[] => [
  ...COLUMNS.map(({ header }) => header),
  ...unknown,
];

/** A row as cells of a file, in the order of {@link headerRow}; each in the form it came in. */
export const fileCells = (row: ExchangeRow, unknown: readonly string[]): RawCell[] => {
  const { known, unknown: cells, forms = {} } = row;
  const keptOr = (key: string, write: () => RawCell): RawCell => {
    const form = forms[key];
    return form === undefined ? write() : safeCell(form);
  };
  return [
    ...COLUMNS.map((column) => keptOr(column.letter, () => writeCell(column, known[column.key] ?? ''))),
    ...unknown.map((name) => keptOr(unknownFormKey(name), () => writeUnknownCell(cells[name] ?? ''))),
  ];
};
