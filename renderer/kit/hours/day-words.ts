import type { LocalDate } from '#shared/domain/time-zone.ts';
import type { WorkingHours } from '#shared/domain/working-hours.ts';
import type { Language } from '#shared/text/duration.ts';

const LOCALES = { ru: 'ru-RU', en: 'en-GB' } as const;

/** A date has no zone; it is written as the same date in each. */
const wordsOf = (language: Language, date: LocalDate, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(LOCALES[language], { timeZone: 'UTC', ...options }).format(
    new Date(`${date}T00:00:00Z`),
  );

/** «четверг, 5 марта». */
export const dateWords = (language: Language, date: LocalDate): string =>
  wordsOf(language, date, { weekday: 'long', day: 'numeric', month: 'long' });

/** «март», from 0. */
export const monthWords = (language: Language, month: number): string =>
  wordsOf(language, `2026-${String(month + 1).padStart(2, '0')}-01`, { month: 'long' });

/** Monday … Sunday; 5 January 2026 was a Monday. */
export const weekdayWords = (language: Language, weekday: number, length: 'short' | 'long'): string =>
  wordsOf(language, `2026-01-${String(5 + weekday).padStart(2, '0')}`, { weekday: length });

/** «08:30–17:30». */
export const hoursWords = ({ from, to }: Pick<WorkingHours, 'from' | 'to'>): string => `${from}–${to}`;
