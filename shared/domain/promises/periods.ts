import { MS_PER_DAY } from '../instant.ts';
import { weekdayOf, type DayNumber } from '../time-zone.ts';
import { lastWorkingDayOfWeek, dayOfWriting, type PromiseContext } from './reading.ts';

/** Days from … to, both included. */
export type Days = { readonly from: DayNumber; readonly to: DayNumber };

/** Beginnings of the months' names, January first. */
const MONTHS = 'январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр'.split(' ');

/** A month's name in any case, without a group of its own. */
export const MONTH = `(?:${MONTHS.join('|')})(?:я|а|ь|е|й|ю|у|ем|ом)?(?!\\p{L})`;

/** Gives the number of a month by its name, 0 … 11. */
export const monthNumber = (name: string): number =>
  MONTHS.findIndex((stem) => name.startsWith(stem) && (stem !== 'ма' || /^ма[йяюе]/.test(name)));

const first = (year: number, month: number): DayNumber => Date.UTC(year, month, 1) / MS_PER_DAY;

/** The days of so many months from a month on, which may lie beyond the year. */
export const monthsFrom = (year: number, month: number, count = 1): Days => ({
  from: first(year, month),
  to: first(year, month + count) - 1,
});

/** Year, month (0 … 11) and day of a day. */
export function dateParts(day: DayNumber): { readonly year: number; readonly month: number; date: number } {
  const utc = new Date(day * MS_PER_DAY);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth(), date: utc.getUTCDate() };
}

/** The year of a word like «следующего», counted from now; null of a past one. */
export function yearOf(
  year: string | undefined,
  which: string | undefined,
  context: PromiseContext,
): number | null | undefined {
  if (year !== undefined) return year.length === 2 ? 2000 + Number(year) : Number(year);
  if (which === undefined) return undefined;
  const now = dateParts(dayOfWriting(context)).year;
  return isPastWord(which) ? null : isNextWord(which) ? now + 1 : now;
}

export const isPastWord = (which: string): boolean => /^(?:прошл|минувш|предыдущ|истекш|прошедш)/.test(which);
export const isNextWord = (which: string): boolean => /^(?:следующ|будущ|наступающ|предстоящ)/.test(which);

/** The week so many weeks on: to its last working day. */
export function weekFrom(weeks: number, context: PromiseContext): Days {
  const now = dayOfWriting(context);
  const from = now + 1 - weekdayOf(now) + 7 * weeks;
  return { from, to: lastWorkingDayOfWeek(Math.max(from, now), context) };
}

/** A week, month, quarter, half-year or year: the one that runs (`ahead` 0) or the next (1). */
export function runningPeriod(unit: string, ahead: 0 | 1, context: PromiseContext): Days {
  const { year, month } = dateParts(dayOfWriting(context));
  if (unit.startsWith('недел')) return weekFrom(ahead, context);
  if (unit.startsWith('месяц')) return monthsFrom(year, month + ahead);
  if (unit.startsWith('квартал')) return monthsFrom(year, (Math.floor(month / 3) + ahead) * 3, 3);
  if (unit.startsWith('полугод')) return monthsFrom(year, (Math.floor(month / 6) + ahead) * 6, 6);
  return monthsFrom(year + ahead, 0, 12);
}

/**
 * The days that come back each year, of the year that is said or else of the nearest that is not over.
 * `daysBack` tells how long ago this year's were over.
 */
export function nearestOf(
  ofYear: (year: number) => Days,
  year: number | undefined,
  context: PromiseContext,
): Days & { readonly daysBack?: number } {
  if (year !== undefined) return ofYear(year);
  const now = dayOfWriting(context);
  const { year: thisYear } = dateParts(now);
  const days = ofYear(thisYear);
  return days.to >= now ? days : { ...ofYear(thisYear + 1), daysBack: now - days.to };
}
