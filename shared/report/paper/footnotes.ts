import type { Language } from '#shared/text/duration.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { notCountedTexts } from './not-counted.ts';
import { SHEET_WORDS } from './sheet-words.ts';

/** Says how many acts were entered later than they happened; nothing where none were. */
const enteredLaterTexts = ({ flow }: PeriodReport, language: Language): readonly string[] => {
  const count = flow.enteredLater ?? 0;
  return count === 0 ? [] : [SHEET_WORDS[language].enteredLaterNote.replace('{count}', String(count))];
};

/** All that must be known of the figures besides them, below a table of the period. */
export const footnotes = (report: PeriodReport, language: Language): readonly string[] => [
  ...notCountedTexts(report, language),
  ...enteredLaterTexts(report, language),
];
