import type { MunicipalityLine } from '#shared/report/summary/period-report.ts';
import { FULLER, type TableDeclaration } from './table.ts';

export const municipalityTable: TableDeclaration<MunicipalityLine & { readonly share: number }> = {
  name: ({ words }) => words.whereFrom,
  rows: ({ municipalities, received }) =>
    municipalities.map((line) => ({ ...line, share: received === 0 ? 0 : line.count / received })),
  columns: [
    {
      key: 'municipality',
      header: ({ words }) => words.municipality,
      value: ({ municipality }, { words }) => municipality || words.unnamed,
      format: 'text',
      width: 46,
    },
    {
      key: 'count',
      header: ({ words }) => words.count,
      value: ({ count }) => count,
      format: 'count',
      width: 14,
      figure: ({ municipality }) => `municipality:${municipality}`,
      isSummed: true,
    },
    {
      key: 'share',
      header: ({ words }) => words.share,
      value: ({ share }) => share,
      format: 'share',
      width: 10,
      shareOf: 'count',
      in: FULLER,
    },
    {
      key: 'perThousand',
      header: ({ words }) => words.perThousand,
      value: ({ perThousand }) => perThousand,
      format: 'rate',
      width: 18,
    },
  ],
};
