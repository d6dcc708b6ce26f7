import type { DayLine } from '#shared/report/summary/period-report.ts';
import type { TableDeclaration } from './table.ts';

export const dayTable: TableDeclaration<DayLine> = {
  name: ({ full }) => full.days,
  rows: ({ days }) => days,
  columns: [
    { key: 'date', header: ({ full }) => full.when, value: ({ date }) => date, format: 'day', width: 14 },
    {
      key: 'count',
      header: ({ words }) => words.count,
      value: ({ count }) => count,
      format: 'count',
      width: 14,
      figure: ({ date }) => `day:${date}`,
      isSummed: true,
    },
    {
      key: 'usual',
      header: ({ full }) => full.usual,
      value: ({ baseline }) => baseline,
      format: 'count',
      width: 18,
    },
  ],
};
