import type { OddCell } from '#shared/exchange/odd-cells.ts';
import type { Readings } from '#shared/exchange/read-row.ts';
import type { RowWarningKind } from '#shared/exchange/refusals.ts';

/** An odd cell of the file and, where the person said so, how to read it. */
export interface CellReading {
  readonly cell: OddCell;
  /** '' leaves it as it is. */
  readonly meaning: string;
  /** True when the meaning itself cannot be read in that column. */
  readonly isUnread: boolean;
}

/** Warnings that no other reading of a single cell can remove. */
const FIXED: ReadonlySet<RowWarningKind> = new Set([
  'long_text',
  'closed_before_created',
  'too_long',
  'cut_cell',
]);

/** Tells whether a person can say how to read the cell; of a long one the preview has only the beginning. */
export const isReadable = ({ key, kind, value }: OddCell): boolean =>
  key !== null && !FIXED.has(kind) && !value.endsWith('…');

const isSame = (cell: OddCell, other: OddCell): boolean =>
  cell.key === other.key && cell.value === other.value;

/**
 * All odd cells by column: those the preview finds under the readings said so far, and those the readings
 * explain.
 */
export function allReadings(
  odd: readonly OddCell[],
  cellReadings: readonly CellReading[],
): readonly CellReading[] {
  const explained = cellReadings.map((reading) => ({
    ...reading,
    isUnread: odd.some((cell) => isSame(cell, reading.cell) && cell.kind !== 'rounded_number'),
  }));
  const rest = odd
    .filter((cell) => !cellReadings.some((reading) => isSame(reading.cell, cell)))
    .map((cell) => ({ cell, meaning: '', isUnread: false }));
  return [...explained, ...rest].toSorted(
    (a, b) => (a.cell.key ?? '').localeCompare(b.cell.key ?? '') || a.cell.row - b.cell.row,
  );
}

/** Puts a person's reading of one cell into the list; an empty meaning takes it out. */
export const withReading = (
  cellReadings: readonly CellReading[],
  cell: OddCell,
  meaning: string,
): readonly CellReading[] => {
  const others = cellReadings.filter((reading) => !isSame(reading.cell, cell));
  return meaning === '' ? others : [...others, { cell, meaning, isUnread: false }];
};

/** Gives the readings in the shape that the import takes. */
export function readingsOf(cellReadings: readonly CellReading[]): Readings {
  const readings: Record<string, Record<string, string>> = {};
  for (const { cell, meaning } of cellReadings)
    if (cell.key !== null) (readings[cell.key] ??= {})[cell.value] = meaning;
  return readings;
}
