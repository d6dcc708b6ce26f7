import type { Language } from '#shared/text/duration.ts';
import { FULL_WORDS } from './full-words.ts';
import { stretchName } from './period-name.ts';
import type { Compared, PeriodReport } from '#shared/report/summary/period-report.ts';

/** A period and its name. */
export interface ComparedRow {
  readonly name: string;
  readonly compared: Compared;
}

/**
 * The period itself and whatever it is compared with, in short and by name; periods nothing is known of are
 * left out.
 */
export function comparisonRows(report: PeriodReport, language: Language): readonly ComparedRow[] {
  const full = FULL_WORDS[language];
  const { compared, comparisons, yearToDate, firstReply, flow, period } = report;
  const ours: Compared = {
    ...period,
    received: report.received,
    answered: firstReply.answered,
    closed: flow.closed,
    solved: flow.solved,
    workingMeanMinutes: firstReply.working.meanMinutes,
    inTimeShare: firstReply.inTimeShare,
  };
  const rows: readonly (readonly [string, Compared | null])[] = [
    [full.thisPeriod, ours],
    [compared === null ? full.previous : stretchName(compared, language), comparisons.previous],
    [full.yearAgo, comparisons.yearAgo],
    [full.yearToDate, yearToDate],
    [full.lastYearToDate, yearToDate.before],
  ];
  return rows.flatMap(([name, stretch]) => (stretch === null ? [] : [{ name, compared: stretch }]));
}
