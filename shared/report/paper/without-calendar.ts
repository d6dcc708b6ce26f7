import type { Language } from '#shared/text/duration.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { SHEET_WORDS } from './sheet-words.ts';

/**
 * Says that working time was left out of the figures, and for which years; null where every year has its
 * calendar.
 */
export const withoutCalendarText = (
  { withoutCalendar }: Pick<PeriodReport, 'withoutCalendar'>,
  language: Language,
): string | null =>
  withoutCalendar === undefined
    ? null
    : SHEET_WORDS[language].withoutCalendar.replace('{years}', withoutCalendar.join(', '));
