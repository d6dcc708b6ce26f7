import type { CompiledCalendar } from '../calendar.ts';
import type { PromiseControl } from '../incident.ts';
import { dueOnDay } from '../promise.ts';
import { dayOfDate, parseLocalTimestamp, type LocalDate } from '../time-zone.ts';

/**
 * Gives the moment until which a promise is given by its day (`2026-07-10`) and, where one is named, its hour
 * (`18:00`, else ''); null of what is no day or hour, and of a day that no calendar covers.
 */
export function promisedMoment(
  date: LocalDate,
  hour: string,
  calendar: CompiledCalendar,
): Required<Pick<PromiseControl, 'due' | 'precision'>> | null {
  const day = dayOfDate(date);
  if (day === null) return null;
  if (hour !== '') {
    const due = parseLocalTimestamp(calendar.data.zone, `${date} ${hour}`);
    return due === null ? null : { due, precision: 'hour' };
  }
  try {
    return { due: dueOnDay(day, calendar), precision: 'day' };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
