import { html } from '#shared/text/html.ts';
import { comparisonRows, type ComparedRow } from './comparison.ts';
import { footnotes } from './footnotes.ts';
import { shortDate } from './sheet-text.ts';
import { FILES, type TableDeclaration, type TableWords } from './table.ts';

/** The period beside those it is compared with. */
export const comparisonTable: TableDeclaration<ComparedRow> = {
  name: ({ full }) => full.comparison,
  rows: (report, { language }) => comparisonRows(report, language),
  columns: [
    {
      key: 'period',
      header: ({ full }) => full.period,
      value: ({ name }) => name,
      note: ({ compared }) => html` <small>${shortDate(compared.from)}–${shortDate(compared.to)}</small>`,
      format: 'text',
      width: 34,
    },
    // A page says the days in small letters under the name.
    ...(['from', 'to'] as const).map((key) => ({
      key,
      header: ({ full }: TableWords) => full[key],
      value: ({ compared }: ComparedRow) => compared[key],
      format: 'day' as const,
      width: 12,
      in: FILES,
    })),
    ...(['received', 'answered', 'closed', 'solved'] as const).map((key) => ({
      key,
      header: ({ full }: TableWords) => full[key],
      value: ({ compared }: ComparedRow) => compared[key],
      format: 'count' as const,
      width: 12,
    })),
    {
      key: 'mean',
      header: ({ full }) => full.meanWorking,
      value: ({ compared }) => compared.workingMeanMinutes,
      format: 'span',
      width: 24,
    },
    {
      key: 'inTime',
      header: ({ full }) => full.inTime,
      value: ({ compared }) => compared.inTimeShare,
      format: 'share',
      width: 10,
    },
  ],
  notes: footnotes,
};
