import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay, dayOfDate, instantAtLocal, type LocalDate } from '#shared/domain/time-zone.ts';

/** A stretch of whole local days: `from` and `to` are dates, both inside it; `start` and `end` the instants [start, end). */
export interface Period {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly start: Instant;
  readonly end: Instant;
}

/** `2022-01` as a period in the region's zone, or null when it is not a month. */
export function monthPeriod(month: string, zone: string): Period | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month);
  if (match === null) return null;
  const year = Number(match[1]);
  const index = Number(match[2]);
  const next = index === 12 ? `${year + 1}-01-01` : `${year}-${String(index + 1).padStart(2, '0')}-01`;
  return daysPeriod(`${month}-01`, next, zone);
}

/** Days from `from` up to, not including, `after`. */
export function daysPeriod(from: LocalDate, after: LocalDate, zone: string): Period {
  const first = must(dayOfDate(from), `a date, not ${from}`);
  const beyond = must(dayOfDate(after), `a date, not ${after}`);
  return {
    from,
    to: dateOfDay(beyond - 1),
    start: instantAtLocal(zone, first, 0),
    end: instantAtLocal(zone, beyond, 0),
  };
}

/** The month before: `2022-01` -> `2021-12`. */
export function monthBefore(month: string, back = 1): string {
  const [year = 0, index = 1] = month.split('-').map(Number);
  const count = year * 12 + (index - 1) - back;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}
