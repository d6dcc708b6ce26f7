import {
  CALENDAR_YEARS,
  workingHoursOn,
  type DayHours,
  type WorkingCalendar,
} from '#shared/domain/calendar.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { dayOfDate, isKnownZone } from '#shared/domain/time-zone.ts';
import { isBreakInside } from '#shared/domain/working-hours.ts';

/** Says why a calendar may not become `after`; null when it may. It judges only what was changed. */
export function judgeCalendar(after: WorkingCalendar, before: WorkingCalendar | null): Refusal | null {
  const { zone, week, days } = after;
  const isNewWeek = !sameJson(week, before?.week);
  const changed = Object.keys(days).filter((date) => !sameJson(days[date], before?.days[date]));
  const newWeek = week.filter((hours, at) => !sameJson(hours, before?.week[at]));
  const hours = [...newWeek, ...changed.map((date) => days[date])];
  return (
    (zone !== before?.zone && !isKnownZone(zone) ? { kind: 'unknown_zone', zone } : null) ??
    (isNewWeek ? judgeWork(week) : null) ??
    first(hours, judgeHours) ??
    first(changed, judgeDate) ??
    first(yearsOf(isNewWeek ? Object.keys(days) : changed), (year) => judgeYear(after, year))
  );
}

/** Says why a week may not be an agency's own hours; null when it may. */
export const judgeWeek = (week: WorkingCalendar['week']): Refusal | null =>
  judgeWork(week) ?? first(week, judgeHours);

const judgeWork = (week: WorkingCalendar['week']): Refusal | null =>
  week.every((day) => day === null) ? { kind: 'week_without_work' } : null;

function first<T>(things: readonly T[], judge: (thing: T) => Refusal | null): Refusal | null {
  for (const thing of things) {
    const refusal = judge(thing);
    if (refusal !== null) return refusal;
  }
  return null;
}

function judgeHours(hours: DayHours | null | undefined): Refusal | null {
  if (hours === undefined || hours === null || hours === 'off') return null;
  const { from, to } = hours;
  if (from >= to) return { kind: 'hours_backwards', hours: `${from}–${to}` };
  if (isBreakInside(hours)) return null;
  return { kind: 'break_outside', hours: `${from}–${to}`, rest: `${hours.break?.from}–${hours.break?.to}` };
}

function judgeDate(date: string): Refusal | null {
  const { from, to } = CALENDAR_YEARS;
  const year = Number(date.slice(0, 4));
  const isSensible = dayOfDate(date) !== null && year >= from && year <= to;
  return isSensible ? null : { kind: 'day_outside_calendar', day: date, first: from, last: to };
}

const yearsOf = (dates: readonly string[]): readonly number[] => [
  ...new Set(dates.map((date) => Number(date.slice(0, 4)))),
];

/** Counting goes on for ever in a year in which nobody works. */
function judgeYear(calendar: WorkingCalendar, year: number): Refusal | null {
  const [begin, end] = [dayOfDate(`${year}-01-01`), dayOfDate(`${year}-12-31`)];
  for (let day = begin ?? 0; day <= (end ?? -1); day += 1)
    if (workingHoursOn(calendar, day) !== null) return null;
  return { kind: 'year_without_work', year };
}
