import type { AgencyLine } from '#shared/report/summary/period-report.ts';
import type { CellFormat, PaperColumn, TableDeclaration, TableWords } from './table.ts';

type Header = PaperColumn<AgencyLine>['header'];

/** A count that adds up over the agencies; with a figure's name it opens its incidents. */
const count = (
  key: string,
  header: Header,
  value: (line: AgencyLine) => number,
  opens?: string,
): PaperColumn<AgencyLine> => ({
  key,
  header,
  value,
  format: 'count',
  width: 13,
  isSummed: true,
  ...(opens === undefined ? {} : { figure: ({ agency }: AgencyLine) => `${opens}:${agency}` }),
});

const measure = (
  key: string,
  format: CellFormat,
  header: Header,
  value: (line: AgencyLine) => number | null,
): PaperColumn<AgencyLine> => ({ key, header, value, format, width: 13 });

/**
 * All that is known of each agency. A workbook has every number, a page those it has room for, with promises
 * in one narrow column.
 */
export const agencyTable: TableDeclaration<AgencyLine> = {
  name: ({ words }: TableWords) => words.whoAnswered,
  rows: ({ agencies }) => agencies,
  columns: [
    {
      key: 'agency',
      header: ({ words }) => words.agency,
      value: ({ name }) => name,
      format: 'text',
      width: 50,
    },
    count(
      'count',
      ({ words }) => words.got,
      (line) => line.count,
      'agency',
    ),
    count(
      'answered',
      ({ full }) => full.answered,
      (line) => line.answered,
      'agencyAnswered',
    ),
    count(
      'unanswered',
      ({ full }) => full.unanswered,
      (line) => line.unanswered,
      'agencyUnanswered',
    ),
    count(
      'late',
      ({ full }) => full.late,
      (line) => line.late,
      'agencyLate',
    ),
    count(
      'solved',
      ({ full }) => full.solved,
      (line) => line.solved,
    ),
    count(
      'deferred',
      ({ full }) => full.deferred,
      (line) => line.deferred,
      'agencyDeferred',
    ),
    count(
      'returns',
      ({ words }) => words.returns,
      (line) => line.returns,
    ),
    count(
      'repeats',
      ({ full }) => full.repeats,
      (line) => line.repeats,
      'agencyRepeat',
    ),
    count(
      'kept',
      ({ full }) => full.promisesKept,
      (line) => line.promisesKept,
    ),
    count(
      'broken',
      ({ full }) => full.promisesBroken,
      (line) => line.promisesBroken,
    ),
    measure(
      'mean',
      'span',
      ({ words }) => words.mean,
      (line) => line.working.meanMinutes,
    ),
    measure(
      'median',
      'span',
      ({ words }) => words.median,
      (line) => line.working.medianMinutes,
    ),
    measure(
      'wall',
      'span',
      ({ full }) => full.wall,
      (line) => line.wall.meanMinutes,
    ),
    measure(
      'inTime',
      'share',
      ({ full }) => full.inTime,
      (line) => line.inTimeShare,
    ),
    measure(
      'approval',
      'span',
      ({ full }) => full.approval,
      (line) => line.approvalMeanMinutes,
    ),
    {
      key: 'promises',
      header: ({ full }) => full.promises,
      value: ({ promisesKept, promisesBroken }) => `${promisesKept}/${promisesBroken}`,
      format: 'text',
      width: 13,
    },
  ],
};

/** What a workbook tells of an agency: every number in a column of its own. */
export const AGENCY_WORKBOOK: readonly string[] = agencyTable.columns
  .map(({ key }) => key)
  .filter((key) => key !== 'promises');

/** What an A4 page of small letters has room for. */
export const AGENCY_PAGE: readonly string[] = [
  'agency',
  'count',
  'unanswered',
  'mean',
  'median',
  'wall',
  'inTime',
  'late',
  'deferred',
  'returns',
  'repeats',
  'approval',
  'promises',
];

/** What a document has room for without breaking words. */
export const AGENCY_DOCUMENT: readonly string[] = [
  'agency',
  'count',
  'answered',
  'unanswered',
  'late',
  'deferred',
  'returns',
  'repeats',
  'mean',
  'median',
  'wall',
  'inTime',
];

/** What the one-page sheet tells of an agency. */
export const AGENCY_SHORT: readonly string[] = ['agency', 'count', 'mean', 'median', 'inTime', 'returns'];
