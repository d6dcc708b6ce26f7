import { calendarDayAt, type CompiledCalendar } from '../calendar.ts';
import type { PromiseControl } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { dueOnDay, endOfDay } from '../promise.ts';
import type { DayNumber } from '../time-zone.ts';
import { dateParts, monthsFrom } from './periods.ts';
import { lastWorkingDayOfWeek } from './reading.ts';

/** The kind of words that tell a promise's time: an hour, a day, or the end of a week, a month, a year. */
export type PromiseEnd = 'hour' | 'day' | 'week' | 'month' | 'year';

/**
 * Tells by what the time of a promise is named. One without a precision is of an earlier release or was moved
 * to a moment: where that is when its day runs out, the day is meant.
 */
export function promiseEnd(
  { due, precision }: Pick<PromiseControl, 'due' | 'precision'>,
  calendar: CompiledCalendar,
): PromiseEnd {
  const day = calendarDayAt(calendar, due);
  if (precision === undefined) return isDayEnd(due, day, calendar) ? 'day' : 'hour';
  return precision === 'period' ? periodEnd(day, due, calendar) : precision;
}

function periodEnd(day: DayNumber, at: Instant, calendar: CompiledCalendar): PromiseEnd {
  const { year, month } = dateParts(day);
  if (day === monthsFrom(year, month).to) return month === 11 ? 'year' : 'month';
  return lastWorkingDayOfWeek(day, { at, calendar }) === day ? 'week' : 'day';
}

function isDayEnd(due: Instant, day: DayNumber, calendar: CompiledCalendar): boolean {
  try {
    return due === endOfDay(day, calendar) || due === dueOnDay(day, calendar);
  } catch (error) {
    // A day that no calendar covers has no closing time.
    if (error instanceof RangeError) return false;
    throw error;
  }
}
