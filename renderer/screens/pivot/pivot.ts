import { STEP_NAMES } from '#shared/domain/step.ts';
import { must } from '#shared/domain/must.ts';
import { cutFigure, DIMENSIONS, type Dimension } from '#shared/report/facts/cut.ts';

/** Which dimension stands down the side and which across the top. */
export interface Axes {
  readonly rows: Dimension;
  readonly columns: Dimension;
}

/** One row or column: the value it is of and its messages in all. */
export interface PivotLine {
  readonly value: string;
  readonly total: number;
}

/** Messages received by two dimensions. Rows, columns and cells add up to the total. */
export interface Pivot extends Axes {
  readonly down: readonly PivotLine[];
  readonly across: readonly PivotLine[];
  readonly total: number;
  /** 0 where there are none. */
  readonly at: (row: string, column: string) => number;
}

type Counted = readonly { readonly key: readonly string[]; readonly count: number }[];

const OPENING: Axes = { rows: 'group', columns: 'municipality' };

/** Makes the table of what the store counted by rows, then columns. */
export function pivotOf(counted: Counted, { rows, columns }: Axes): Pivot {
  const cells = new Map<string, number>();
  const [down, across] = [new Map<string, number>(), new Map<string, number>()];
  const add = (sums: Map<string, number>, key: string, count: number): unknown =>
    sums.set(key, (sums.get(key) ?? 0) + count);
  for (const { key, count } of counted) {
    const [row, column] = [must(key[0], 'a row'), must(key[1], 'a column')];
    add(cells, cellKey(row, column), count);
    add(down, row, count);
    add(across, column, count);
  }
  return {
    rows,
    columns,
    down: linesOf(down, rows),
    across: linesOf(across, columns),
    total: counted.reduce((sum, { count }) => sum + count, 0),
    at: (row, column) => cells.get(cellKey(row, column)) ?? 0,
  };
}

const cellKey = (row: string, column: string): string => JSON.stringify([row, column]);

/** Days, months and steps in their own order, others by how many there are. */
function linesOf(sums: ReadonlyMap<string, number>, dimension: Dimension): readonly PivotLine[] {
  const lines = [...sums].map(([value, total]): PivotLine => ({ value, total }));
  const step = (value: string): number => STEP_NAMES.findIndex((name) => name === value);
  const byValue = (a: PivotLine, b: PivotLine): number => (a.value < b.value ? -1 : 1);
  switch (dimension) {
    case 'day':
    case 'month':
      return lines.toSorted(byValue);
    case 'step':
      return lines.toSorted((a, b) => step(a.value) - step(b.value));
    default:
      return lines.toSorted((a, b) => b.total - a.total || byValue(a, b));
  }
}

/** The figure of a cell, of a row (`column` null), of a column, or of all. */
export function figureAt({ rows, columns }: Axes, row: string | null, column: string | null): string {
  if (row === null && column === null) return 'received';
  return cutFigure({
    ...(row === null ? {} : { [rows]: row }),
    ...(column === null ? {} : { [columns]: column }),
  });
}

const dimensionAt = (name: string | null): Dimension | null =>
  DIMENSIONS.find((dimension) => dimension === name) ?? null;

/** The axes an address names: two different ones always. */
export function axesAt(search: string): Axes {
  const query = new URLSearchParams(search);
  const rows = dimensionAt(query.get('rows')) ?? OPENING.rows;
  const columns = dimensionAt(query.get('columns')) ?? OPENING.columns;
  return rows === columns
    ? { rows, columns: rows === OPENING.columns ? OPENING.rows : OPENING.columns }
    : { rows, columns };
}

/** The axes with one of them chosen anew; choosing the other one's dimension changes places. */
export function withAxis(axes: Axes, axis: keyof Axes, dimension: Dimension): Axes {
  const other = axis === 'rows' ? 'columns' : 'rows';
  const swapped = axes[other] === dimension ? axes[axis] : axes[other];
  return axis === 'rows' ? { rows: dimension, columns: swapped } : { rows: swapped, columns: dimension };
}

/** `?rows=group&columns=network&figure=…` */
export function pivotQuery({ rows, columns }: Axes, figure: string | null): string {
  return `?${new URLSearchParams({ rows, columns, ...(figure === null ? {} : { figure }) })}`;
}
