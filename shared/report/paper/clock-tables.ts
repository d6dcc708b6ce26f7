import { localTimeAt } from '#shared/domain/time-zone.ts';
import { formatDuration } from '#shared/text/duration.ts';
import { html } from '#shared/text/html.ts';
import type { PeriodReport, Wait } from '#shared/report/summary/period-report.ts';
import { plainTopic, shortDate } from './sheet-text.ts';
import type { TableDeclaration } from './table.ts';

type Bucket = PeriodReport['clockBuckets'][number];

const bucketFigure = (clock: string, { upToMinutes }: Bucket): string => `${clock}:${upToMinutes ?? 'more'}`;

/** How many answers came within which time, by both clocks. */
export const clockTable: TableDeclaration<Bucket> = {
  name: ({ full }) => full.clocks,
  rows: ({ clockBuckets }) => clockBuckets,
  columns: [
    {
      key: 'within',
      header: ({ full }) => full.within,
      value: ({ upToMinutes }, { full, language }) =>
        upToMinutes === null
          ? full.longer
          : full.upTo.replace('{time}', formatDuration(upToMinutes, language)),
      format: 'text',
      width: 24,
    },
    {
      key: 'working',
      header: ({ full }) => full.working,
      value: ({ working }) => working,
      format: 'count',
      width: 14,
      figure: (bucket) => bucketFigure('bucketWorking', bucket),
      bar: 'solid',
    },
    {
      key: 'wall',
      header: ({ full }) => full.wall,
      value: ({ wall }) => wall,
      format: 'count',
      width: 14,
      figure: (bucket) => bucketFigure('bucketWall', bucket),
      bar: 'outline',
    },
  ],
};

/** `dd.mm.yyyy hh:mm` in the region's zone. */
function momentText(at: number, zone: string): string {
  const { date, msOfDay } = localTimeAt(zone, at);
  const minutes = Math.floor(msOfDay / 60_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${shortDate(date)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The longest waits for a first answer. */
export const waitTable: TableDeclaration<Wait & { readonly when: string }> = {
  name: ({ full }) => full.longest,
  rows: ({ longest, timeZone }) =>
    longest.map((wait) => ({ ...wait, when: momentText(wait.createdAt, timeZone) })),
  columns: [
    {
      key: 'topic',
      header: ({ words }) => words.group,
      value: ({ topic, group }, { words }) => plainTopic(topic) || group || words.unnamed,
      note: ({ municipality }) => html` <small>${municipality}</small>`,
      format: 'text',
      width: 46,
    },
    {
      key: 'number',
      header: ({ full }) => full.number,
      value: ({ number }) => (number === null ? '—' : String(number)),
      figure: ({ id }) => `longest:${id}`,
      format: 'text',
      width: 12,
    },
    { key: 'when', header: ({ full }) => full.when, value: ({ when }) => when, format: 'text', width: 18 },
    {
      key: 'working',
      header: ({ full }) => full.working,
      value: ({ workingMinutes }) => workingMinutes,
      format: 'span',
      width: 14,
    },
    {
      key: 'wall',
      header: ({ full }) => full.wall,
      value: ({ wallMinutes }) => wallMinutes,
      format: 'longSpan',
      width: 14,
    },
    {
      key: 'agency',
      header: ({ words }) => words.agency,
      value: ({ agencyName }) => agencyName,
      note: ({ isAnswered }, { full }) => (isAnswered ? html`` : html` <small>${full.waiting}</small>`),
      format: 'text',
      width: 40,
    },
  ],
};
