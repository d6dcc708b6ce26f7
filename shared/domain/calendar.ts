import { z } from 'zod';
import { must } from './must.ts';
import { MS_PER_MINUTE, type Instant, type Minutes } from './instant.ts';
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

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** Working hours of one day, local time, `to` not included; `24:00` is the end of the day. */
export const workingHoursSchema = z
  .object({ from: timeOfDay, to: timeOfDay })
  .refine((hours) => hours.from < hours.to, { message: 'hours must end after they begin' });
/** See {@link workingHoursSchema}. */
export type WorkingHours = Readonly<z.infer<typeof workingHoursSchema>>;

/**
 * A region's working calendar as data.
 * `week` holds Monday … Sunday; `days` overrides single dates: `off` for a holiday or a moved day off,
 * hours for a moved working day or a shortened one.
 */
export const workingCalendarSchema = z.object({
  zone: z.string().max(100).refine(isKnownZone, { message: 'unknown time zone' }),
  week: z.array(workingHoursSchema.nullable()).length(7),
  days: z.record(
    z.string().refine((date) => dayOfDate(date) !== null, { message: 'no such date' }),
    z.union([z.literal('off'), workingHoursSchema]),
  ),
});
/** See {@link workingCalendarSchema}. */
export type WorkingCalendar = {
  readonly zone: string;
  readonly week: readonly (WorkingHours | null)[];
  readonly days: Readonly<Record<LocalDate, DayHours>>;
};

/** The hours of a date that does not follow its week. */
type DayHours = 'off' | WorkingHours;

/** Years a compiled calendar covers, both included. */
export type YearRange = { readonly from: number; readonly to: number };

/**
 * A calendar turned into prefix sums, one entry a local day. `opens`/`closes` are moments (equal on a day
 * off), `before` is the working milliseconds of all earlier days. Made by {@link compileCalendar} only.
 */
export type CompiledCalendar = {
  readonly data: WorkingCalendar;
  readonly years: YearRange;
  /** Years with holidays or moved days of their own; see {@link yearsWithoutHolidays}. */
  readonly named: ReadonlySet<number>;
  readonly firstDay: DayNumber;
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  readonly before: Float64Array;
};

/** Kinds of days as explanations name them: each says why a day does or does not count. */
export type DayKind = 'working' | 'shortened' | 'moved_working' | 'weekend' | 'holiday';

const DEFAULT_YEARS: YearRange = { from: 2015, to: 2035 };

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
  return minutesOf(override.to) - minutesOf(override.from) < minutesOf(usual.to) - minutesOf(usual.from)
    ? 'shortened'
    : 'working';
}

function minutesOf(time: string): Minutes {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Turns the data into prefix sums for whole local years, 2015-2035 by default. */
export function compileCalendar(data: WorkingCalendar, years: YearRange = DEFAULT_YEARS): CompiledCalendar {
  // The day before the first is there, without hours, so that the first morning has a day to belong to.
  const firstDay = must(dayOfDate(`${years.from}-01-01`), 'first day of the calendar') - 1;
  const endDay = must(dayOfDate(`${years.to + 1}-01-01`), 'day after the last of the calendar');
  const count = endDay - firstDay;
  const opens = new Float64Array(count + 1);
  const closes = new Float64Array(count + 1);
  const before = new Float64Array(count + 1);
  // By number, because to name each of many thousand days is most of the work.
  const overrides = new Map(Object.entries(data.days).map(([date, hours]) => [dayOfDate(date), hours]));
  let sum = 0;
  for (let index = 0; index <= count; index += 1) {
    const day = firstDay + index;
    const hours = index === 0 || index === count ? null : hoursOf(data, day, overrides.get(day));
    const from = hours === null ? 0 : minutesOf(hours.from) * MS_PER_MINUTE;
    const to = hours === null ? 0 : minutesOf(hours.to) * MS_PER_MINUTE;
    const open = instantAtLocal(data.zone, day, from);
    const close = hours === null ? open : instantAtLocal(data.zone, day, to);
    opens[index] = open;
    closes[index] = close;
    before[index] = sum;
    sum += close - open;
  }
  return { data, years, named: namedYears(data), firstDay, opens, closes, before };
}

const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

const namedYears = ({ days }: WorkingCalendar): ReadonlySet<number> => new Set(Object.keys(days).map(yearOf));

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
export function calendarOf(data: WorkingCalendar): CompiledCalendar {
  const key = JSON.stringify(data);
  const compiled = kept.get(key) ?? compileCalendar(data);
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
  return at(opens, index) + (target - at(before, index));
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
  return moment < at(calendar.closes, dayIndexAt(calendar, moment));
}

/**
 * The day's working hours as moments, or `null` on a day off. Throws RangeError outside the compiled years.
 */
export function workingSpanOn(
  calendar: CompiledCalendar,
  day: DayNumber,
): { from: Instant; to: Instant } | null {
  const index = day - calendar.firstDay;
  if (index < 1 || index >= calendar.opens.length - 1) {
    throw outside(calendar);
  }
  const from = at(calendar.opens, index);
  const to = at(calendar.closes, index);
  return from === to ? null : { from, to };
}

/** The local day number of a moment in the calendar's zone. */
export function calendarDayAt(calendar: CompiledCalendar, moment: Instant): DayNumber {
  return localDayAt(calendar.data.zone, moment);
}

function workingMsUntil(calendar: CompiledCalendar, moment: Instant): number {
  const index = dayIndexAt(calendar, moment);
  const worked = Math.min(moment, at(calendar.closes, index)) - at(calendar.opens, index);
  return at(calendar.before, index) + worked;
}

function marksBefore(calendar: CompiledCalendar, moment: Instant, phase: number): number {
  const index = dayIndexAt(calendar, moment);
  const open = at(calendar.opens, index);
  const end = Math.min(moment, at(calendar.closes, index));
  const marksToday = Math.max(0, Math.ceil((end - open - phase) / MS_PER_MINUTE));
  return at(calendar.before, index) / MS_PER_MINUTE + marksToday;
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
