import type { AgencyLine } from '#shared/report/summary/period-report.ts';
import { FILES, FULLER, type Paper, type PaperColumn, type TableDeclaration } from './table.ts';

type Column = PaperColumn<AgencyLine>;
type Header = Column['header'];

/** The numbers of an agency that add up over the agencies. */
type Counted = keyof { [K in keyof AgencyLine as AgencyLine[K] extends number ? K : never]: true };

/** A count that adds up; with a figure's name it opens its incidents. */
const count = (key: Counted, papers: readonly Paper[], header: Header, opens?: string): Column => ({
  key,
  header,
  value: (line) => line[key],
  format: 'count',
  width: 13,
  isSummed: true,
  in: papers,
  ...(opens === undefined ? {} : { figure: ({ agency }) => `${opens}:${agency}` }),
});

const measure = (
  key: string,
  format: 'span' | 'share',
  papers: readonly Paper[],
  header: Header,
  value: (line: AgencyLine) => number | null,
): Column => ({ key, header, value, format, width: 13, in: papers });

/** A count of workbooks that summaries issued before it was counted do not have. */
const later = (key: string, header: Header, value: (line: AgencyLine) => number | undefined): Column => ({
  key,
  header,
  value: (line) => value(line) ?? null,
  format: 'count',
  width: 13,
  isSummed: true,
  in: ['book'],
});

const EVERYWHERE: readonly Paper[] = ['short', 'full', 'book', 'document'];
const BOOK: readonly Paper[] = ['book'];

/**
 * All that is known of each agency. A workbook has every number, a page and a document those that A4 has room
 * for without breaking words, a page with promises in one narrow column.
 */
export const agencyTable: TableDeclaration<AgencyLine> = {
  name: ({ words }) => words.whoAnswered,
  rows: ({ agencies }) => agencies,
  columns: [
    {
      key: 'agency',
      header: ({ words }) => words.agency,
      value: ({ name }) => name,
      format: 'text',
      width: 50,
    },
    count('count', EVERYWHERE, ({ words }) => words.got, 'agency'),
    count('answered', FILES, ({ full }) => full.answered, 'agencyAnswered'),
    count('unanswered', FULLER, ({ full }) => full.unanswered, 'agencyUnanswered'),
    count('late', FULLER, ({ full }) => full.late, 'agencyLate'),
    count('solved', BOOK, ({ full }) => full.solved),
    count('deferred', FULLER, ({ full }) => full.deferred, 'agencyDeferred'),
    count('returns', EVERYWHERE, ({ words }) => words.returns),
    count('repeats', FULLER, ({ full }) => full.repeats, 'agencyRepeat'),
    count('promisesKept', BOOK, ({ full }) => full.promisesKept),
    count('promisesBroken', BOOK, ({ full }) => full.promisesBroken),
    count('promisesMoved', BOOK, ({ full }) => full.promisesMoved, 'agencyMoved'),
    measure(
      'mean',
      'span',
      EVERYWHERE,
      ({ words }) => words.mean,
      ({ working }) => working.meanMinutes,
    ),
    measure(
      'median',
      'span',
      EVERYWHERE,
      ({ words }) => words.median,
      ({ working }) => working.medianMinutes,
    ),
    measure(
      'wall',
      'span',
      FULLER,
      ({ full }) => full.wall,
      ({ wall }) => wall.meanMinutes,
    ),
    measure(
      'inTime',
      'share',
      EVERYWHERE,
      ({ full }) => full.inTime,
      (line) => line.inTimeShare,
    ),
    measure(
      'approval',
      'span',
      ['full', 'book'],
      ({ full }) => full.approval,
      (line) => line.approvalMeanMinutes,
    ),
    count('ownApprovals', BOOK, ({ full }) => full.ownApprovals, 'agencyOwnApproved'),
    {
      ...later(
        'warned',
        ({ full }) => full.warned,
        (line) => line.warned,
      ),
      figure: ({ agency }) => `agencyWarned:${agency}`,
    },
    later(
      'overlooked',
      ({ full }) => full.overlooked,
      (line) => line.overlooked,
    ),
    {
      key: 'promises',
      header: ({ full }) => full.promises,
      value: ({ promisesKept, promisesBroken }) => `${promisesKept}/${promisesBroken}`,
      format: 'text',
      width: 13,
      in: ['full'],
    },
  ],
};
