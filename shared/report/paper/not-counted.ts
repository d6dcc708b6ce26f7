import type { Language } from '#shared/text/duration.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { SHEET_WORDS } from './sheet-words.ts';

/** Incidents named one by one; of more their number is said. */
const NAMED = 20;

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

/** Names the incidents that are in no figure, for their stored rows cannot be read; null where all are. */
export const unreadText = ({ unread }: Pick<PeriodReport, 'unread'>, language: Language): string | null =>
  unread === undefined
    ? null
    : SHEET_WORDS[language].unread
        .replace('{count}', String(unread.length))
        .replace('{names}', `${unread.slice(0, NAMED).join(', ')}${unread.length > NAMED ? ', …' : ''}`);

/** All that was left out of the figures, for the notes under a table. */
export const notCountedTexts = (report: PeriodReport, language: Language): readonly string[] =>
  [withoutCalendarText(report, language), unreadText(report, language)].filter((text) => text !== null);
