import type { PeriodReport, RatingLine } from '#shared/report/summary/period-report.ts';
import { FULL_WORDS } from './full-words.ts';
import type { PaperColumn, TableDeclaration } from './table.ts';

/** The measures are those of the summary: an issued one may know others than are counted now. */
const measureColumns = ({ rating: { lines } }: PeriodReport): readonly PaperColumn<RatingLine>[] =>
  (lines[0]?.parts ?? []).map(({ measure, max }, at) => ({
    key: measure,
    header: ({ full }) => `${full.measures[measure] ?? measure} (${max})`,
    value: ({ points, parts }) => (points === null ? null : (parts[at]?.points ?? null)),
    format: 'points',
    width: 13,
  }));

/** The places of agencies, and the points of each measure that make them. */
export const ratingTable: TableDeclaration<RatingLine> = {
  name: ({ full }) => full.rating,
  rows: ({ rating }) => rating.lines,
  columns: (report) => [
    {
      key: 'agency',
      header: ({ words }) => words.agency,
      value: ({ name }) => name,
      format: 'text',
      width: 50,
    },
    {
      key: 'place',
      header: ({ full }) => full.place,
      value: ({ place }) => place,
      format: 'count',
      width: 10,
    },
    {
      key: 'points',
      header: ({ full }) => full.points,
      value: ({ points }, { full }) => points ?? full.tooFew,
      format: 'points',
      width: 13,
    },
    ...measureColumns(report),
  ],
  notes: ({ rating }, language) => [
    FULL_WORDS[language].ratingNote.replace('{minimum}', String(rating.minimum)),
  ],
};
