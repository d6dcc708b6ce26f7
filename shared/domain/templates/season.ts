import type { LocalDate } from '#shared/domain/time-zone.ts';

/** A part of every year: `12-01` … `03-15`, month first, both days inside. */
export interface Season {
  readonly from: string;
  readonly to: string;
}

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Tells whether a text is a day that some year has: `02-29` is, `02-30` is not. */
export function isDayOfYear(day: string): boolean {
  const [, month, date] = /^(\d\d)-(\d\d)$/.exec(day) ?? [];
  return Number(date) >= 1 && Number(date) <= (LONGEST_MONTHS[Number(month) - 1] ?? 0);
}

/** «12-01» as people write it: «01.12». */
export const dayOfYearWords = (day: string): string => day.split('-').reverse().join('.');

/** Reads «1.12» or «01.12» as `12-01`; anything else as it stands, which is no day of any year. */
export function readDayOfYear(typed: string): string {
  const [, date = '', month = ''] = /^(\d{1,2})\.(\d{1,2})\.?$/.exec(typed.trim()) ?? [];
  return date === '' ? typed.trim() : `${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

/** Tells whether a local day lies in a season; one that ends before it begins goes over the new year. */
export function isInSeason({ from, to }: Season, date: LocalDate): boolean {
  const day = date.slice(5);
  return from <= to ? from <= day && day <= to : from <= day || day <= to;
}
