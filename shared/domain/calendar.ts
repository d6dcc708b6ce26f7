import { z } from 'zod';
import { must } from './must.ts';
import { MS_PER_DAY, MS_PER_MINUTE, type Instant, type Minutes } from './instant.ts';
import {
  dateOfDay,
  dayOfDate,
  instantAtLocal,
  isKnownZone,
  localDayAt,
  weekdayOf,
  type DayNumber,
  type LocalDate,
} from './time-zone.ts';
import {
  minutesOfTime,
  minutesWorked,
  typedHoursSchema,
  workingHoursSchema,
  type WorkingHours,
} from './working-hours.ts';

/** Id of the one calendar that a region has, as of a reference row. */
export const CALENDAR_ID = 'working';

/** Days with hours of their own, as many as the years hold that are counted. */
const MOST_DAYS = 8000;

/** Letters of the reason why a day differs. */
export const DAY_NAME_LENGTH = 200;

function calendarSchema<H extends typeof typedHoursSchema>(zone: z.ZodString, date: z.ZodString, hours: H) {
  const byDate = <V extends z.ZodType>(value: V) =>
    z.record(date, value).refine((days) => Object.keys(days).length <= MOST_DAYS);
  return z.object({
    zone,
    week: z.array(hours.nullable()).length(7),
    days: byDate(z.union([z.literal('off'), hours])),
    names: byDate(z.string().min(1).max(DAY_NAME_LENGTH)).optional(),
  });
}

/**
 * A region's working calendar as data.
 * `week` holds Monday … Sunday; `days` overrides single dates: `off` for a holiday or a moved day off,
 * hours for a moved working day or a shortened one. `names` says why a day of the region's own differs; the
 * days of the production calendar have none.
 */
export const workingCalendarSchema = calendarSchema(
  z.string().max(100).refine(isKnownZone, { message: 'unknown time zone' }),
  z.string().refine((date) => dayOfDate(date) !== null, { message: 'no such date' }),
  workingHoursSchema,
);
/** See {@link workingCalendarSchema}. */
export type WorkingCalendar = {
  readonly zone: string;
  readonly week: readonly (WorkingHours | null)[];
  readonly days: Readonly<Record<LocalDate, DayHours>>;
  readonly names?: Readonly<Record<LocalDate, string>> | undefined;
};

/** The calendar as it is typed: what can be said by name is left to its judge. */
export const typedCalendarSchema = calendarSchema(z.string().max(100), z.string().max(40), typedHoursSchema);

/** The hours of a date that does not follow its week. */
export type DayHours = 'off' | WorkingHours;

/** Weeks of the agencies that work by hours of their own, by agency. */
export type AgencyWeeks = ReadonlyMap<string, WorkingCalendar['week']>;

/** Years a compiled calendar covers, both included. */
export type YearRange = { readonly from: number; readonly to: number };

/**
 * A calendar turned into prefix sums, one entry a local day. `opens`/`closes` are moments (equal on a day
 * off), `before` is the working milliseconds of all earlier days. Made by {@link compileCalendar} only.
 */
export type CompiledCalendar = {
  readonly data: WorkingCalendar;
  /** Whoever counts for an agency asks `calendarFor` (`agency-hours.ts`), which looks here. */
  readonly agencyWeeks: AgencyWeeks;
  readonly years: YearRange;
  /** Years with holidays or moved days of their own; see {@link yearsWithoutHolidays}. */
  readonly named: ReadonlySet<number>;
  readonly firstDay: DayNumber;
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  /** The break of the day; both are the closing moment where there is none. */
  readonly restsFrom: Float64Array;
  readonly restsTo: Float64Array;
  readonly before: Float64Array;
};

/** Kinds of days as explanations name them: each says why a day does or does not count. */
export type DayKind = 'working' | 'shortened' | 'moved_working' | 'weekend' | 'holiday';

/** Years that calendars are compiled for, and so may name days of. */
export const CALENDAR_YEARS: YearRange = { from: 2015, to: 2035 };

/** The hours of a date, or `null` when nobody works. */
export const workingHoursOn = (calendar: WorkingCalendar, day: DayNumber): WorkingHours | null =>
  hoursOf(calendar, day, calendar.days[dateOfDay(day)]);

function hoursOf(
  { week }: WorkingCalendar,
  day: DayNumber,
  override: DayHours | undefined,
): WorkingHours | null {
  if (override === 'off') {
    return null;
  }
  return override ?? week[weekdayOf(day) - 1] ?? null;
}

/**
 * Finds why a date counts or does not. A holiday on a Sunday is a holiday: the explicit entry wins over the
 * week.
 */
export function dayKindOf(calendar: WorkingCalendar, day: DayNumber): DayKind {
  const override = calendar.days[dateOfDay(day)];
  const usual = calendar.week[weekdayOf(day) - 1] ?? null;
  if (override === 'off') {
    return 'holiday';
  }
  if (override === undefined) {
    return usual === null ? 'weekend' : 'working';
  }
  if (usual === null) {
    return 'moved_working';
  }
  return minutesWorked(override) < minutesWorked(usual) ? 'shortened' : 'working';
}

const NO_WEEKS: AgencyWeeks = new Map();

/** Turns the data into prefix sums for whole local years, 2015-2035 by default. */
export function compileCalendar(
  data: WorkingCalendar,
  years: YearRange = CALENDAR_YEARS,
  agencyWeeks: AgencyWeeks = NO_WEEKS,
): CompiledCalendar {
  // The day before the first is there, without hours, so that the first morning has a day to belong to.
  const firstDay = must(dayOfDate(`${years.from}-01-01`), 'first day of the calendar') - 1;
  const endDay = must(dayOfDate(`${years.to + 1}-01-01`), 'day after the last of the calendar');
  const count = endDay - firstDay;
  const [opens, closes, restsFrom, restsTo, before] = Array.from(
    { length: 5 },
    () => new Float64Array(count + 1),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  // By number, because to name each of many thousand days is most of the work.
  const overrides = new Map(Object.entries(data.days).map(([date, hours]) => [dayOfDate(date), hours]));
  let sum = 0;
  let midnight = instantAtLocal(data.zone, firstDay, 0);
  for (let index = 0; index <= count; index += 1) {
    const day = firstDay + index;
    const start = midnight;
    midnight = instantAtLocal(data.zone, day + 1, 0);
    // To ask the zone's clocks is most of the work, and they seldom change within a day.
    const isPlain = midnight - start === MS_PER_DAY;
    const hours = index === 0 || index === count ? null : hoursOf(data, day, overrides.get(day));
    const momentOf = (time: string): Instant => {
      const msOfDay = minutesOfTime(time) * MS_PER_MINUTE;
      return isPlain ? start + msOfDay : instantAtLocal(data.zone, day, msOfDay);
    };
    const open = momentOf(hours?.from ?? '00:00');
    const close = hours === null ? open : momentOf(hours.to);
    const rest = hours?.break;
    opens[index] = open;
    closes[index] = close;
    restsFrom[index] = rest === undefined ? close : momentOf(rest.from);
    restsTo[index] = rest === undefined ? close : momentOf(rest.to);
    before[index] = sum;
    sum += close - open - (at(restsTo, index) - at(restsFrom, index));
  }
  const named = namedYears(data);
  return { data, agencyWeeks, years, named, firstDay, opens, closes, restsFrom, restsTo, before };
}

const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** Years of which the calendar holds more than days of the region's own. */
const namedYears = ({ days, names = {} }: WorkingCalendar): ReadonlySet<number> =>
  new Set(
    Object.keys(days)
      .filter((date) => !Object.hasOwn(names, date))
      .map(yearOf),
  );

/**
 * Years between two moments, both included, of which the calendar holds no holidays: no production calendar
 * was entered for them, so working time that touches them would count holidays as work. Empty for a calendar
 * that names no day at all and works by its week.
 */
export function yearsWithoutHolidays(
  { data: { zone }, named }: CompiledCalendar,
  from: Instant,
  to: Instant,
): readonly number[] {
  if (named.size === 0) return [];
  const [first, last] = [from, to].map((moment) => yearOf(dateOfDay(localDayAt(zone, moment))));
  const years: number[] = [];
  for (let year = first ?? 0; year <= (last ?? -1); year += 1) if (!named.has(year)) years.push(year);
  return years;
}

const KEPT = 8;
/** The last used ones by their data, the newest at the end. */
const kept = new Map<string, CompiledCalendar>();

/**
 * {@link compileCalendar}, kept: it takes tens of milliseconds, and the same few are asked for whenever other
 * reference rows change.
 */
export function calendarOf(data: WorkingCalendar, agencyWeeks: AgencyWeeks = NO_WEEKS): CompiledCalendar {
  const key = JSON.stringify([data, [...agencyWeeks]]);
  const compiled = kept.get(key) ?? compileCalendar(data, CALENDAR_YEARS, agencyWeeks);
  kept.delete(key);
  kept.set(key, compiled);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return compiled;
}

/**
 * Working minutes that pass from `a` to `b`; fractional; negative when `b` is earlier. Throws RangeError
 * outside the compiled years.
 */
export function workingMinutesBetween(calendar: CompiledCalendar, a: Instant, b: Instant): Minutes {
  return (workingMsUntil(calendar, b) - workingMsUntil(calendar, a)) / MS_PER_MINUTE;
}

/**
 * The moment `minutes` working minutes after `from`, the earliest such moment (17:30, not 08:30 of the next
 * day); counting back for negative minutes gives the latest. Zero gives `from` itself. Throws RangeError
 * outside the compiled years.
 */
export function addWorkingMinutes(calendar: CompiledCalendar, from: Instant, minutes: Minutes): Instant {
  if (minutes === 0) {
    return from;
  }
  const target = workingMsUntil(calendar, from) + Math.round(minutes * MS_PER_MINUTE);
  const { before, opens } = calendar;
  const index = minutes > 0 ? lastBelow(before, target) : lastAtMost(before, target);
  if (index < 0 || index === before.length - 1) {
    throw outside(calendar);
  }
  const worked = target - at(before, index);
  const morning = at(calendar.restsFrom, index) - at(opens, index);
  const isAfterBreak = minutes > 0 ? worked > morning : worked >= morning;
  return at(opens, index) + worked + (isAfterBreak ? restOf(calendar, index) : 0);
}

/**
 * The registry's working time to first reply (column I): the number of marks `created + k` minutes (k = 0, 1,
 * …) strictly before `reply` that fall into working hours, the opening minute included and the closing one
 * not. Two lookups, because a whole working day holds exactly one mark a minute whatever the seconds of
 * `created`.
 */
export function workingMarks(calendar: CompiledCalendar, created: Instant, reply: Instant): number {
  if (reply <= created) {
    return 0;
  }
  const phase = ((created % MS_PER_MINUTE) + MS_PER_MINUTE) % MS_PER_MINUTE;
  return marksBefore(calendar, reply, phase) - marksBefore(calendar, created, phase);
}

/** Tells whether the moment lies in working hours. Throws RangeError outside the compiled years. */
export function isWorkingMoment(calendar: CompiledCalendar, moment: Instant): boolean {
  const index = dayIndexAt(calendar, moment);
  const isResting = moment >= at(calendar.restsFrom, index) && moment < at(calendar.restsTo, index);
  return moment < at(calendar.closes, index) && !isResting;
}

/**
 * The day's working hours as moments with their break, or `null` on a day off. Throws RangeError outside the
 * compiled years.
 */
export function workingSpanOn(
  calendar: CompiledCalendar,
  day: DayNumber,
): { from: Instant; to: Instant; break: { from: Instant; to: Instant } | null } | null {
  const index = day - calendar.firstDay;
  if (index < 1 || index >= calendar.opens.length - 1) {
    throw outside(calendar);
  }
  const from = at(calendar.opens, index);
  const to = at(calendar.closes, index);
  if (from === to) return null;
  const rest = { from: at(calendar.restsFrom, index), to: at(calendar.restsTo, index) };
  return { from, to, break: rest.from < rest.to ? rest : null };
}

/** The local day number of a moment in the calendar's zone. */
export function calendarDayAt(calendar: CompiledCalendar, moment: Instant): DayNumber {
  return localDayAt(calendar.data.zone, moment);
}

function workingMsUntil(calendar: CompiledCalendar, moment: Instant): number {
  const index = dayIndexAt(calendar, moment);
  const end = Math.min(moment, at(calendar.closes, index));
  return at(calendar.before, index) + (end - at(calendar.opens, index)) - restedUntil(calendar, index, end);
}

/** Length of a day's break, ms. */
const restOf = ({ restsFrom, restsTo }: CompiledCalendar, index: number): number =>
  at(restsTo, index) - at(restsFrom, index);

/** Milliseconds of a day's break that lie before a moment. */
const restedUntil = ({ restsFrom, restsTo }: CompiledCalendar, index: number, moment: Instant): number =>
  Math.max(0, Math.min(moment, at(restsTo, index)) - at(restsFrom, index));

function marksBefore(calendar: CompiledCalendar, moment: Instant, phase: number): number {
  const { before, opens, closes, restsFrom, restsTo } = calendar;
  const index = dayIndexAt(calendar, moment);
  const open = at(opens, index);
  const end = Math.min(moment, at(closes, index));
  const marksUntil = (until: Instant): number =>
    Math.max(0, Math.ceil((Math.min(until, end) - open - phase) / MS_PER_MINUTE));
  const inBreak = marksUntil(at(restsTo, index)) - marksUntil(at(restsFrom, index));
  return at(before, index) / MS_PER_MINUTE + marksUntil(end) - inBreak;
}

/**
 * The last day whose opening is not later than the moment; the morning belongs to the day before, with
 * nothing left to count.
 */
function dayIndexAt(calendar: CompiledCalendar, moment: Instant): number {
  const { data, firstDay, opens } = calendar;
  const day = localDayAt(data.zone, moment) - firstDay;
  if (day < 1 || day >= opens.length - 1) {
    throw outside(calendar);
  }
  return moment < at(opens, day) ? day - 1 : day;
}

function lastAtMost(sorted: Float64Array, value: number): number {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(sorted, middle) <= value) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

function lastBelow(sorted: Float64Array, value: number): number {
  let low = -1;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(sorted, middle) < value) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

function at(values: Float64Array, index: number): number {
  return must(values[index], 'a day of the compiled calendar');
}

function outside(calendar: CompiledCalendar): RangeError {
  return new RangeError(`The working calendar covers ${calendar.years.from}-${calendar.years.to} only`);
}
