import { describe, expect, it } from 'vitest';
import { DIMENSIONS, valueOf, type Dimension } from '#shared/report/facts/cut.ts';
import { factsBehind } from '#shared/report/summary/figure.ts';
import { countBy } from '#shared/report/facts/statistics.ts';
import { axesAt, figureAt, pivotOf, pivotQuery, withAxis } from '#renderer/screens/pivot/pivot.ts';
import { pivotSheet } from '#renderer/screens/pivot/save-pivot.ts';
import { baseFacts, january, reported, ZONE } from '#tests/fixtures/facts.ts';

const DAY = 86_400_000;
const facts = Array.from({ length: 60 }, (_, at) => ({
  ...baseFacts,
  id: `f${at}`,
  createdAt: january.start + (at % 20) * DAY,
  group: ['Дороги', 'ЖКХ', ''][at % 3] ?? '',
  topic: `Тема "${at % 4}"`,
  municipality: at % 5 === 0 ? '' : `Место ${at % 5}`,
  agency: at % 7 === 0 ? '' : `a${at % 2}`,
  type: at % 2 === 0 ? null : baseFacts.type,
  outcome: at % 3 === 0 ? null : baseFacts.outcome,
}));
const { input } = reported(facts);

/** As the store counts. */
const counted = (rows: Dimension, columns: Dimension) =>
  [...countBy(facts, (row) => JSON.stringify([valueOf(row, rows, ZONE), valueOf(row, columns, ZONE)]))].map(
    ([key, count]) => ({ key: JSON.parse(key) as string[], count }),
  );

const pairs = DIMENSIONS.flatMap((rows) =>
  DIMENSIONS.filter((dimension) => dimension !== rows).map((columns) => [rows, columns] as const),
);

describe.each(pairs)('messages by %s and %s', (rows, columns) => {
  const pivot = pivotOf(counted(rows, columns), { rows, columns });

  it('add up along rows, columns and in all', () => {
    const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
    for (const row of pivot.down)
      expect(sum(pivot.across.map((column) => pivot.at(row.value, column.value)))).toBe(row.total);
    for (const column of pivot.across)
      expect(sum(pivot.down.map((row) => pivot.at(row.value, column.value)))).toBe(column.total);
    expect([sum(pivot.down.map(({ total }) => total)), sum(pivot.across.map(({ total }) => total))]).toEqual([
      60, 60,
    ]);
  });

  it('open exactly as many incidents as each number says', () => {
    const opened = (row: string | null, column: string | null): number =>
      factsBehind(figureAt(pivot, row, column), input).length;
    expect(opened(null, null)).toBe(pivot.total);
    for (const row of pivot.down) {
      expect(opened(row.value, null)).toBe(row.total);
      for (const column of pivot.across)
        expect(opened(row.value, column.value)).toBe(pivot.at(row.value, column.value));
    }
    for (const column of pivot.across) expect(opened(null, column.value)).toBe(column.total);
  });
});

describe('a table', () => {
  it('has days in their order, groups by how many there are', () => {
    const { down, across } = pivotOf(counted('day', 'group'), { rows: 'day', columns: 'group' });
    expect(down[0]?.value).toBe('2022-01-01');
    expect(down.map(({ value }) => value)).toEqual(down.map(({ value }) => value).toSorted());
    expect(across.map(({ total }) => total)).toEqual([20, 20, 20]);
  });

  it('is saved with totals that are sums', () => {
    const pivot = pivotOf(counted('group', 'type'), { rows: 'group', columns: 'type' });
    const name = ({ value }: { readonly value: string }): string => value;
    const { rows } = pivotSheet(pivot, {
      corner: '',
      total: 'Всего',
      sheet: 'Разрез',
      down: name,
      across: name,
    });
    expect(rows).toHaveLength(5);
    expect(rows[1]?.at(-1)).toEqual({ formula: 'SUM(B2:C2)', value: 20 });
    expect(rows.at(-1)?.at(1)).toEqual({ formula: 'SUM(B2:B4)', value: 30 });
    expect(rows.at(-1)?.at(-1)).toEqual({ formula: 'SUM(B5:C5)', value: 60 });
  });

  it.each([
    ['', { rows: 'group', columns: 'municipality' }],
    ['?rows=day&columns=network', { rows: 'day', columns: 'network' }],
    ['?rows=municipality', { rows: 'municipality', columns: 'group' }],
    ['?rows=step&columns=step', { rows: 'step', columns: 'municipality' }],
    ['?rows=<script>&columns=', { rows: 'group', columns: 'municipality' }],
  ] as const)('at the address «%s» has two different axes', (search, axes) => {
    expect(axesAt(search)).toEqual(axes);
    expect(axesAt(pivotQuery(axes, 'cut:{}'))).toEqual(axes);
  });

  it('changes places when the other axis’s dimension is chosen', () => {
    const axes = { rows: 'group', columns: 'type' } as const;
    expect(withAxis(axes, 'rows', 'type')).toEqual({ rows: 'type', columns: 'group' });
    expect(withAxis(axes, 'columns', 'day')).toEqual({ rows: 'group', columns: 'day' });
  });
});

it.each(['cut:', 'cut:{', 'cut:[]', 'cut:{"author":"x"}', 'cut:{"group":1}', 'cut:null'])(
  'the name %s opens nothing',
  (figure) => expect(factsBehind(figure, input)).toEqual([]),
);
