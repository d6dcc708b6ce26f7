import { MINUTES_PER_DAY, type Minutes } from '#shared/domain/instant.ts';
import type { BookCell, BookSheet } from '#shared/exchange/workbook-write.ts';
import { columnName } from '#shared/exchange/xlsx-write.ts';
import type { Language } from '#shared/text/duration.ts';
import { comparisonRows } from './comparison.ts';
import { FULL_WORDS } from './full-words.ts';
import type { AgencyLine, PeriodReport } from '#shared/report/summary/period-report.ts';
import { plainTopic } from './sheet-text.ts';
import { SHEET_WORDS } from './sheet-words.ts';
import { share } from '#shared/report/facts/statistics.ts';
import { withoutCalendarText } from './without-calendar.ts';

const span = (minutes: Minutes | null): BookCell =>
  minutes === null ? null : { value: minutes / MINUTES_PER_DAY, style: 'span' };

const part = (value: number | null): BookCell => (value === null ? null : { value, style: 'share' });

const total = (column: string, rows: number, value: number): BookCell => ({
  formula: rows === 0 ? '0' : `SUM(${column}2:${column}${rows + 1})`,
  value,
});

/**
 * The summary as sheets a person may go on counting in: numbers are numbers, time spans parts of a day,
 * totals and shares formulas over the cells above them.
 */
export function summaryBook(report: PeriodReport, language: Language): readonly BookSheet[] {
  return [
    mainSheet(report, language),
    groupSheet(report, language),
    topicSheet(report, language),
    municipalitySheet(report, language),
    agencySheet(report, language),
    daySheet(report, language),
  ];
}

function mainSheet(report: PeriodReport, language: Language): BookSheet {
  const full = FULL_WORDS[language];
  const counts = [full.received, full.answered, full.closed, full.solved];
  const notCounted = withoutCalendarText(report, language);
  return {
    name: full.comparison,
    widths: [34, 12, 12, 12, 12, 12, 12, 24, 10],
    rows: [
      [full.period, full.from, full.to, ...counts, full.meanWorking, full.inTime],
      ...comparisonRows(report, language).map(({ name, one }): BookCell[] => [
        name,
        one.from,
        one.to,
        one.received,
        one.answered,
        one.closed,
        one.solved,
        span(one.workingMeanMinutes),
        part(one.inTimeShare),
      ]),
    ],
    notes: notCounted === null ? [] : [notCounted],
  };
}

/** A counted table with its shares and its total as formulas. */
function countedSheet(
  name: string,
  titles: readonly [string, string, string],
  lines: readonly { readonly name: string; readonly count: number }[],
  sum: string,
): BookSheet {
  const all = lines.reduce((most, { count }) => most + count, 0);
  const last = lines.length + 2;
  return {
    name,
    widths: [46, 14, 10],
    rows: [
      titles,
      ...lines.map((line, at): BookCell[] => [
        line.name,
        line.count,
        { formula: `B${at + 2}/B$${last}`, value: share(line.count, all), style: 'share' },
      ]),
      [sum, total('B', lines.length, all), null],
    ],
  };
}

function groupSheet({ groups }: PeriodReport, language: Language): BookSheet {
  const words = SHEET_WORDS[language];
  return countedSheet(
    words.whatAbout,
    [words.group, words.count, words.share],
    groups.map(({ group, count }) => ({ name: group || words.unnamed, count })),
    words.total,
  );
}

function topicSheet({ groups }: PeriodReport, language: Language): BookSheet {
  const words = SHEET_WORDS[language];
  const lines = groups.flatMap(({ group, topics }) =>
    topics.map(({ topic, count }): BookCell[] => [
      group || words.unnamed,
      plainTopic(topic) || words.unnamed,
      count,
    ]),
  );
  const all = groups.reduce((sum, { count }) => sum + count, 0);
  return {
    name: words.topicsSheet,
    widths: [30, 70, 12],
    rows: [
      [words.group, words.topicsSheet, words.count],
      ...lines,
      [words.total, null, total('C', lines.length, all)],
    ],
  };
}

function municipalitySheet({ municipalities }: PeriodReport, language: Language): BookSheet {
  const words = SHEET_WORDS[language];
  const sheet = countedSheet(
    words.whereFrom,
    [words.municipality, words.count, words.share],
    municipalities.map(({ municipality, count }) => ({ name: municipality || words.unnamed, count })),
    words.total,
  );
  const rates = municipalities.map(({ perThousand }): BookCell =>
    perThousand === null ? null : { value: perThousand, style: 'rate' },
  );
  return {
    ...sheet,
    widths: [...sheet.widths, 18],
    rows: sheet.rows.map((row, at) => [...row, at === 0 ? words.perThousand : (rates[at - 1] ?? null)]),
  };
}

function agencySheet({ agencies }: PeriodReport, language: Language): BookSheet {
  const words = SHEET_WORDS[language];
  const full = FULL_WORDS[language];
  const counts: readonly (readonly [title: string, of: (one: AgencyLine) => number])[] = [
    [words.got, (one) => one.count],
    [full.answered, (one) => one.answered],
    [full.unanswered, (one) => one.unanswered],
    [full.late, (one) => one.late],
    [full.deferred, (one) => one.deferred],
    [words.returns, (one) => one.returns],
    [full.repeats, (one) => one.repeats],
  ];
  const summed = counts.map(([, of], at) =>
    total(
      columnName(at + 1),
      agencies.length,
      agencies.reduce((sum, one) => sum + of(one), 0),
    ),
  );
  return {
    name: words.whoAnswered,
    widths: [50, ...Array.from({ length: 11 }, () => 13)],
    rows: [
      [words.agency, ...counts.map(([title]) => title), words.mean, words.median, full.wall, full.inTime],
      ...agencies.map((one): BookCell[] => [
        one.name,
        ...counts.map(([, of]) => of(one)),
        span(one.working.meanMinutes),
        span(one.working.medianMinutes),
        span(one.wall.meanMinutes),
        part(one.inTimeShare),
      ]),
      [words.total, ...summed],
    ],
  };
}

function daySheet({ days, received }: PeriodReport, language: Language): BookSheet {
  const words = SHEET_WORDS[language];
  const full = FULL_WORDS[language];
  return {
    name: full.days,
    widths: [14, 14, 18],
    rows: [
      [full.when, words.count, full.usual],
      ...days.map(({ date, count, baseline }): BookCell[] => [date, count, baseline]),
      [words.total, total('B', days.length, received), null],
    ],
  };
}
