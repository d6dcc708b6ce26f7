import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay, dayOfDate, instantAtLocal, localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';

/** The calendar month before the one that `now` is in. */
export function lastMonth(zone: ZoneName, now: Instant): { readonly start: Instant; readonly end: Instant } {
  const firstOf = (day: number): number =>
    must(dayOfDate(`${dateOfDay(day).slice(0, 7)}-01`), 'the first day of a month');
  const end = firstOf(localDayAt(zone, now));
  return { start: instantAtLocal(zone, firstOf(end - 1), 0), end: instantAtLocal(zone, end, 0) };
}
