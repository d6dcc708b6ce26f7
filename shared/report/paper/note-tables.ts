import { formatDuration, type Language } from '#shared/text/duration.ts';
import { html } from '#shared/text/html.ts';
import type { PromiseAhead } from '#shared/report/summary/ahead.ts';
import type { Compared, PeriodReport } from '#shared/report/summary/period-report.ts';
import { comparisonRows } from './comparison.ts';
import { percent, plainTopic, shortDate, signed, whole } from './sheet-text.ts';
import type { TableDeclaration, TableWords } from './table.ts';
import { footnotes } from './footnotes.ts';

/** A measure of the period beside what it was, as texts: each measure is written its own way. */
interface MeasureRow {
  readonly title: string;
  readonly figure: string;
  readonly now: string;
  readonly previous: string;
  readonly change: string;
  readonly yearAgo: string;
}

function timeChange(ours: Compared, before: Compared, language: Language): string {
  if (ours.workingMeanMinutes === null || before.workingMeanMinutes === null) return '—';
  const change = Math.round(ours.workingMeanMinutes) - Math.round(before.workingMeanMinutes);
  const sign = change > 0 ? '+' : change < 0 ? '\u2212' : '';
  return `${sign}${formatDuration(Math.abs(change), language)}`;
}

function shareChange(ours: Compared, before: Compared, { note, language }: TableWords): string {
  if (ours.inTimeShare === null || before.inTimeShare === null) return '—';
  const change = Math.round(ours.inTimeShare * 100) - Math.round(before.inTimeShare * 100);
  return note.points.replace('{change}', signed(change, language));
}

function measureRows(report: PeriodReport, words: TableWords): readonly MeasureRow[] {
  const { full, note, language } = words;
  const { previous, yearAgo } = report.comparisons;
  const [ours] = comparisonRows(report, language).map(({ compared }) => compared);
  if (ours === undefined) return [];
  const row = (
    title: string,
    figure: string,
    say: (period: Compared) => string,
    change: (before: Compared) => string,
  ): MeasureRow => ({
    title,
    figure,
    now: say(ours),
    previous: previous === null ? '—' : say(previous),
    change: previous === null ? '—' : change(previous),
    yearAgo: yearAgo === null ? '—' : say(yearAgo),
  });
  const time = ({ workingMeanMinutes: minutes }: Compared): string =>
    minutes === null ? '—' : formatDuration(minutes, language);
  const share = ({ inTimeShare }: Compared): string => percent(inTimeShare, language);
  return [
    ...(['received', 'answered', 'closed', 'solved'] as const).map((key) =>
      row(
        full[key],
        key,
        (period) => whole(period[key], language),
        (before) => signed(ours[key] - before[key], language),
      ),
    ),
    row(note.mean, 'answered', time, (before) => timeChange(ours, before, language)),
    row(note.inTime, 'inTime', share, (before) => shareChange(ours, before, words)),
  ];
}

/** The short note's counts and their change. */
export const measureTable: TableDeclaration<MeasureRow> = {
  name: ({ note }) => note.measure,
  rows: measureRows,
  columns: [
    {
      key: 'measure',
      header: ({ note }) => note.measure,
      value: ({ title }) => title,
      format: 'text',
      width: 46,
    },
    {
      key: 'now',
      header: ({ note }) => note.now,
      value: ({ now }) => now,
      figure: ({ figure }) => figure,
      format: 'text',
      width: 14,
      isStrong: true,
    },
    {
      key: 'previous',
      header: ({ note }, { form }) => note.previous[form],
      value: ({ previous }) => previous,
      format: 'text',
      width: 14,
    },
    {
      key: 'change',
      header: ({ note }) => note.change,
      value: ({ change }) => change,
      format: 'text',
      width: 14,
    },
    {
      key: 'yearAgo',
      header: ({ full }) => full.yearAgo,
      value: ({ yearAgo }) => yearAgo,
      format: 'text',
      width: 14,
    },
  ],
  notes: footnotes,
};

/** How many agencies with overdue replies are named. */
const MOST_AGENCIES = 5;

/** Who owes overdue replies. */
export const overdueTable: TableDeclaration<PeriodReport['ahead']['overdueAgencies'][number]> = {
  name: ({ note }) => note.overdue,
  rows: ({ ahead }) => ahead.overdueAgencies.slice(0, MOST_AGENCIES),
  columns: [
    {
      key: 'agency',
      header: ({ words }) => words.agency,
      value: ({ name }, { note }) => name || note.nobody,
      format: 'text',
      width: 50,
    },
    {
      key: 'count',
      header: ({ words }) => words.count,
      value: ({ count }) => count,
      format: 'count',
      width: 13,
    },
  ],
};

/** The nearest promises, by the day they fall due. */
export const promiseTable: TableDeclaration<PromiseAhead> = {
  name: ({ note }) => note.next,
  rows: ({ ahead }) => ahead.promises,
  columns: [
    {
      key: 'day',
      header: ({ note }) => note.day,
      value: ({ date }) => shortDate(date),
      note: ({ isLate }, { note }) => (isLate ? html` <small>${note.late}</small>` : html``),
      format: 'text',
      width: 14,
    },
    {
      key: 'number',
      header: ({ note }) => note.number,
      value: ({ number }) => (number === null ? '—' : String(number)),
      format: 'text',
      width: 12,
    },
    {
      key: 'about',
      header: ({ note }) => note.about,
      value: ({ topic, group, municipality, agencyName }) =>
        [plainTopic(topic) || group, municipality, agencyName].filter((part) => part !== '').join(' · '),
      format: 'text',
      width: 70,
      isProse: true,
    },
  ],
};
