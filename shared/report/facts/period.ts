import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import {
  dateOfDay,
  dayOfDate,
  instantAtLocal,
  weekdayOf,
  type DayNumber,
  type LocalDate,
} from '#shared/domain/time-zone.ts';

/**
 * A stretch of whole local days: `from` and `to` are dates, both inside it; `start` and `end` the instants
 * [start, end).
 */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * Days a summary may speak of: those of moments that may come from outside. Earlier years have no calendar,
 * later ones no plan.
 */
const DAYS = { first: '2000-01-01', last: '2099-12-31' } as const;

/**
 * Tells whether a stretch of dates `YYYY-MM-DD` lies in the years of summaries, its end not before its
 * beginning.
 */
export const isReportable = ({ from, to }: Pick<Period, 'from' | 'to'>): boolean =>
  DAYS.first <= from && from <= to && to <= DAYS.last;

export const PERIOD_FORMS = ['week', 'month', 'quarter', 'year', 'custom'] as const;
/** The kind of period a summary is made for; `custom` is any stretch of days. */
export type PeriodForm = (typeof PERIOD_FORMS)[number];

/** A summary to be made: the days from `from` to `to`, both inside, which are one `form`. */
export interface ReportRequest {
  readonly form: PeriodForm;
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Another stretch to compare with; left out, the period before. */
  readonly compare?: { readonly from: LocalDate; readonly to: LocalDate };
}

/** A request with its periods in the region's zone. */
export interface ReportPeriods {
  readonly form: PeriodForm;
  readonly period: Period;
  /** The period compared with: the one before, or the stretch that was chosen. */
  readonly previous: Period;
  readonly isChosen: boolean;
  readonly yearAgo: Period;
  /** From the first of January to the end of the period, and the same days of the year before. */
  readonly yearToDate: Period;
  readonly lastYearToDate: Period;
}

/** `2022-01` as a period in the region's zone, or null when it is not a month. */
export function monthPeriod(month: string, zone: string): Period | null {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? periodAround('month', `${month}-01`, zone) : null;
}

/** Days from `from` up to, not including, `after`. */
export function daysPeriod(from: LocalDate, after: LocalDate, zone: string): Period {
  return dayNumbers(dayOf(from), dayOf(after), zone);
}

/** The week (from Monday), month, quarter or year a date lies in; of `custom` the day itself. */
export function periodAround(form: PeriodForm, date: LocalDate, zone: string): Period {
  const day = dayOf(date);
  const [year, month] = parts(date);
  switch (form) {
    case 'week': {
      const monday = day - (weekdayOf(day) - 1);
      return dayNumbers(monday, monday + 7, zone);
    }
    case 'month':
      return dayNumbers(firstOf(year, month), firstOf(year, month + 1), zone);
    case 'quarter': {
      const first = month - ((month - 1) % 3);
      return dayNumbers(firstOf(year, first), firstOf(year, first + 3), zone);
    }
    case 'year':
      return dayNumbers(firstOf(year, 1), firstOf(year + 1, 1), zone);
    case 'custom':
      return dayNumbers(day, day + 1, zone);
  }
}

/**
 * The period so many forms later (or earlier, for negative `steps`); a custom one moves by its own length.
 */
export function periodAfter(
  form: PeriodForm,
  { from, to }: ReportRequest | Period,
  steps: number,
  zone: string,
): Period {
  const [year, month] = parts(from);
  const [start, after] = [dayOf(from), dayOf(to) + 1];
  const by: Record<Exclude<PeriodForm, 'custom'>, DayNumber> = {
    week: start + 7 * steps,
    month: firstOf(year, month + steps),
    quarter: firstOf(year, month + 3 * steps),
    year: firstOf(year + steps, 1),
  };
  if (form !== 'custom') return periodAround(form, dateOfDay(by[form]), zone);
  const length = after - start;
  return dayNumbers(start + length * steps, after + length * steps, zone);
}

/** A request's periods. Throws RangeError when `to` comes before `from`. */
export function periodsOf(request: ReportRequest, zone: string): ReportPeriods {
  const { form, from, to, compare } = request;
  const period = dayNumbers(dayOf(from), dayOf(to) + 1, zone);
  const [lastYear] = parts(to);
  const back = (date: LocalDate): LocalDate => yearBefore(date);
  return {
    form,
    period,
    previous:
      compare === undefined
        ? periodAfter(form, request, -1, zone)
        : dayNumbers(dayOf(compare.from), dayOf(compare.to) + 1, zone),
    isChosen: compare !== undefined,
    yearAgo:
      form === 'week' || form === 'custom'
        ? dayNumbers(dayOf(from) - 364, dayOf(to) - 363, zone)
        : periodAround(form, back(from), zone),
    yearToDate: dayNumbers(firstOf(lastYear, 1), dayOf(to) + 1, zone),
    lastYearToDate: dayNumbers(firstOf(lastYear - 1, 1), dayOf(back(to)) + 1, zone),
  };
}

/** The month before: `2022-01` -> `2021-12`. */
export function monthBefore(month: string, back = 1): string {
  const [year, index] = parts(`${month}-01`);
  return dateOfDay(firstOf(year, index - back)).slice(0, 7);
}

/** The same date a year earlier; 29 February becomes the 28th. */
function yearBefore(date: LocalDate): LocalDate {
  const [year, month, day] = parts(date);
  const after = firstOf(year - 1, month + 1);
  return dateOfDay(Math.min(firstOf(year - 1, month) + day - 1, after - 1));
}

const dayOf = (date: LocalDate): DayNumber => must(dayOfDate(date), `a date, not ${date}`);

function parts(date: LocalDate): readonly [number, number, number] {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return [year, month, day];
}

/** The first day of a month; months beyond the year go on into its neighbours. */
function firstOf(year: number, month: number): DayNumber {
  const count = year * 12 + month - 1;
  return Math.round(Date.UTC(Math.floor(count / 12), ((count % 12) + 12) % 12, 1) / MS_PER_DAY);
}

function dayNumbers(first: DayNumber, after: DayNumber, zone: string): Period {
  if (after <= first) throw new RangeError(`${dateOfDay(after - 1)} comes before ${dateOfDay(first)}`);
  return {
    from: dateOfDay(first),
    to: dateOfDay(after - 1),
    start: instantAtLocal(zone, first, 0),
    end: instantAtLocal(zone, after, 0),
  };
}

/** Tells whether a moment lies in a period. */
export const within = (at: Instant, { start, end }: Pick<Period, 'start' | 'end'>): boolean =>
  at >= start && at < end;
