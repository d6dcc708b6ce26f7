import { workingSpanOn, type CompiledCalendar } from '#shared/domain/calendar.ts';
import { must } from '#shared/domain/must.ts';
import {
  dateOfDay,
  dayOfDate,
  localDayAt,
  weekdayOf,
  type DayNumber,
  type LocalDate,
} from '#shared/domain/time-zone.ts';
import type { Facts } from '#shared/report/facts/facts.ts';
import type { Past } from '#shared/report/facts/past.ts';
import { daysPeriod, type Period } from '#shared/report/facts/period.ts';
import type { DayLine } from './period-report.ts';
import { countBy, median } from '#shared/report/facts/statistics.ts';

/** Weeks before the period a usual day is read of. */
const BASELINE_WEEKS = 8;

/** Messages by day, beside what is usual for such a weekday. */
export function dayLines(
  received: readonly Facts[],
  period: Period,
  past: Past,
  calendar: CompiledCalendar,
  zone: string,
): readonly DayLine[] {
  const first = must(dayOfDate(period.from), 'a date');
  const last = must(dayOfDate(period.to), 'a date');
  const counts = countBy(received, (row) => localDayAt(zone, row.createdAt));
  const baseline = baselines(first, past.days(baselinePeriod(period, zone)));
  return Array.from({ length: last - first + 1 }, (_, index): DayLine => {
    const day = first + index;
    return {
      date: dateOfDay(day),
      count: counts.get(day) ?? 0,
      baseline: baseline?.get(weekdayOf(day)) ?? null,
      isWorking: isWorkingDay(calendar, day),
    };
  });
}

/** The weeks before a period, from which a usual day is read. */
export const baselinePeriod = ({ from }: Period, zone: string): Period =>
  daysPeriod(dateOfDay(must(dayOfDate(from), 'a date') - BASELINE_WEEKS * 7), from, zone);

/** The median of each weekday, or null when nothing came in all those weeks. */
function baselines(
  first: DayNumber,
  counts: ReadonlyMap<LocalDate, number>,
): ReadonlyMap<number, number> | null {
  if (counts.size === 0) return null;
  const byWeekday = new Map<number, number[]>();
  for (let day = first - BASELINE_WEEKS * 7; day < first; day += 1) {
    const weekday = weekdayOf(day);
    byWeekday.set(weekday, [...(byWeekday.get(weekday) ?? []), counts.get(dateOfDay(day)) ?? 0]);
  }
  return new Map([...byWeekday].map(([weekday, of]) => [weekday, median(of) ?? 0]));
}

/** Beyond the calendar's years: Monday to Friday. */
function isWorkingDay(calendar: CompiledCalendar, day: DayNumber): boolean {
  try {
    return workingSpanOn(calendar, day) !== null;
  } catch (error) {
    if (error instanceof RangeError) return weekdayOf(day) <= 5;
    throw error;
  }
}
