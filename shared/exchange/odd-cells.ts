import { COLUMNS, type ColumnKey } from './columns.ts';
import type { RowWarning, RowWarningKind } from './refusals.ts';

/** One odd text of a column, or something odd about whole rows, with how many rows have it. */
export interface OddCell {
  /** Null for whole rows. */
  readonly key: ColumnKey | null;
  readonly kind: RowWarningKind;
  /** The cell as it stands in the file, cut to a length that can be shown. */
  readonly value: string;
  readonly count: number;
  /** The first row that has it. */
  readonly row: number;
}

/** A column of free words must not fill the memory. */
const MAX_ODD = 500;

const KEYS: ReadonlyMap<string, ColumnKey> = new Map(COLUMNS.map(({ header, key }) => [header, key]));

/**
 * Gathers warnings by column, kind and text; beyond {@link MAX_ODD} different ones only those known are
 * counted on.
 */
export function oddCells(): { note(warning: RowWarning): void; all(): readonly OddCell[] } {
  const found = new Map<string, OddCell>();
  return {
    note: ({ row, column, kind, value }) => {
      const key = KEYS.get(column) ?? null;
      const place = `${key} ${kind} ${value}`;
      const known = found.get(place);
      if (known !== undefined) found.set(place, { ...known, count: known.count + 1 });
      else if (found.size < MAX_ODD) found.set(place, { key, kind, value, count: 1, row });
    },
    all: () => [...found.values()],
  };
}
