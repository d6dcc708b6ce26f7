import type { DayHours, WorkingCalendar } from './calendar.ts';
import { productionDays, russianProductionYears } from './data/russian-holidays.ts';
import { sameJson } from './same-json.ts';
import { dayOfDate, weekdayOf, type LocalDate } from './time-zone.ts';
import { minutesOfTime, timeOfMinutes, type WorkingHours } from './working-hours.ts';

type Week = WorkingCalendar['week'];

/** Years whose production calendar comes with the product, the first and the last. */
export const PRODUCTION_YEARS: readonly number[] = russianProductionYears.map(({ year }) => year);

/** Years whose decree was not out yet when this release was made. */
export const PROPOSED_YEARS: ReadonlySet<number> = new Set(
  russianProductionYears.filter(({ isProposed }) => isProposed === true).map(({ year }) => year),
);

/** Stand in the lists for hours that depend on the week. */
const SHORTENED: WorkingHours = { from: '00:00', to: '00:01' };
const MOVED: WorkingHours = { from: '00:00', to: '00:02' };
const MARKED = productionDays(russianProductionYears, MOVED, SHORTENED);

/** Hours less one, as on the eve of a holiday (Labour Code, article 95); a break must still fit. */
export function anHourLess({ from, to, break: rest }: WorkingHours): WorkingHours {
  const end = timeOfMinutes(Math.max(minutesOfTime(from) + 1, minutesOfTime(to) - 60));
  return { from, to: end, ...(rest !== undefined && rest.to < end ? { break: rest } : {}) };
}

/** The hours of a usual day: those of the first day of the week that is worked. */
export const usualHours = (week: Week): WorkingHours | null => week.find((hours) => hours !== null) ?? null;

/** The hours of a date by the production calendar; undefined where it follows its week. */
export function productionHours(week: Week, date: LocalDate): DayHours | undefined {
  const marked = MARKED[date];
  if (marked === undefined || marked === 'off') return marked;
  const usual = usualHours(week);
  if (usual === null) return undefined;
  if (marked === MOVED) return usual;
  return anHourLess(week[weekdayOf(dayOfDate(date) ?? 0) - 1] ?? usual);
}

/**
 * The calendar with another week: shortened and moved days of the production calendar follow it, the
 * region's own days stay as they are.
 */
export function withWeek(calendar: WorkingCalendar, week: Week): WorkingCalendar {
  const days = Object.entries(calendar.days).map(([date, hours]): [LocalDate, DayHours] => {
    const isOwn = !sameJson(hours, productionHours(calendar.week, date) ?? null);
    return [date, isOwn ? hours : (productionHours(week, date) ?? hours)];
  });
  return { ...calendar, week, days: Object.fromEntries(days) };
}

/** The calendar with the production calendar of a year laid under the region's own days of it. */
export function withProductionYear(calendar: WorkingCalendar, year: number): WorkingCalendar {
  const dates = Object.keys(MARKED).filter((date) => date.startsWith(`${year}-`));
  const laid = dates.flatMap((date) => {
    const hours = productionHours(calendar.week, date);
    return hours === undefined ? [] : [[date, hours] as const];
  });
  return { ...calendar, days: { ...Object.fromEntries(laid), ...calendar.days } };
}

/** True for a day that is not as the production calendar and the week have it. */
export const isOwnDay = (calendar: WorkingCalendar, date: LocalDate): boolean =>
  !sameJson(calendar.days[date] ?? null, productionHours(calendar.week, date) ?? null);

/** The calendar with a day of the region's own; `hours` null: by its week, whatever the country does. */
export function withDay(
  calendar: WorkingCalendar,
  date: LocalDate,
  hours: DayHours | null,
  name: string,
): WorkingCalendar {
  const { [date]: _hours, ...days } = calendar.days;
  const { [date]: _name, ...names } = calendar.names ?? {};
  return {
    ...calendar,
    days: hours === null ? days : { ...days, [date]: hours },
    names: name === '' ? names : { ...names, [date]: name },
  };
}

/** The calendar with a day as the production calendar has it. */
export const asProduced = (calendar: WorkingCalendar, date: LocalDate): WorkingCalendar =>
  withDay(calendar, date, productionHours(calendar.week, date) ?? null, '');

/** Tells whether the production calendar of a year is in the calendar: its first of January is. */
export const hasProductionYear = ({ days }: WorkingCalendar, year: number): boolean =>
  days[`${year}-01-01`] !== undefined;
