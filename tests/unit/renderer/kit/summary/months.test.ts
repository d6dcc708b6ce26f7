import { describe, expect, it } from 'vitest';
import { byYear, monthsOf, openingMonth } from '#renderer/kit/summary/months.ts';

const counts = (months: Readonly<Record<string, number>>) =>
  monthsOf(Object.entries(months).map(([key, count]) => ({ key: [key], count })));

describe('months', () => {
  it('stand newest first, without empty ones and what is not a month', () => {
    expect(counts({ '2022-01': 389, '2024-11': 2, '2021-12': 0, '': 7 })).toEqual([
      { month: '2024-11', count: 2 },
      { month: '2022-01', count: 389 },
    ]);
  });

  it('are listed by year', () => {
    expect(
      byYear(counts({ '2022-01': 1, '2021-12': 1, '2021-02': 1 })).map(({ year, months }) => [
        year,
        months.length,
      ]),
    ).toEqual([
      ['2022', 1],
      ['2021', 2],
    ]);
  });
});

describe('the month that opens', () => {
  it.each([
    ['the last that is over', { '2026-11': 146, '2026-10': 300, '2026-09': 500 }, '2026-10'],
    ['not one of a few stragglers', { '2026-11': 146, '2026-10': 5, '2022-01': 389 }, '2022-01'],
    ['a small month where all are small', { '2026-10': 3, '2026-09': 4 }, '2026-10'],
    ['the current one where nothing is over', { '2026-11': 3 }, '2026-11'],
    ['the current one where there is nothing', {}, '2026-11'],
  ])('is %s', (_, months, opens) => expect(openingMonth(counts(months), '2026-11')).toBe(opens));
});
