import { CALENDAR_ID, type DayHours, type WorkingCalendar } from '#shared/domain/calendar.ts';
import { judgeCalendar } from '#shared/domain/records/judge-calendar.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { LocalDate, ZoneName } from '#shared/domain/time-zone.ts';
import type { CalendarDay, RecordParts } from './settings-row.ts';

const WEEK = ['1', '2', '3', '4', '5', '6', '7'];

export const isOfWeek = ({ id }: Pick<CalendarDay, 'id'>): boolean => id.length === 1;

/** One day of the calendar; a date that it does not name follows its week. */
export function dayNamed({ week, days, names }: WorkingCalendar, id: string): CalendarDay {
  if (isOfWeek({ id })) return { id, hours: week[Number(id) - 1] ?? 'off', name: '' };
  return { id, hours: days[id] ?? 'usual', name: names?.[id] ?? '' };
}

/** The week and then every date that does not follow it. */
const daysOf = (calendar: WorkingCalendar): readonly CalendarDay[] =>
  [...WEEK, ...Object.keys(calendar.days).toSorted()].map((id) => dayNamed(calendar, id));

/** The calendar with these days as they are told; the others stay as they are. */
function withDays(calendar: WorkingCalendar, rows: readonly CalendarDay[]): WorkingCalendar {
  const week = [...calendar.week];
  const days = new Map<LocalDate, DayHours>(Object.entries(calendar.days));
  const names = new Map<LocalDate, string>(Object.entries(calendar.names ?? {}));
  for (const { id, hours, name } of rows) {
    if (isOfWeek({ id })) week[Number(id) - 1] = hours === 'off' || hours === 'usual' ? null : hours;
    else if (hours === 'usual') days.delete(id);
    else days.set(id, hours);
    if (isOfWeek({ id })) continue;
    if (hours === 'usual' || name === '') names.delete(id);
    else names.set(id, name);
  }
  const named = names.size === 0 && calendar.names === undefined ? {} : { names: Object.fromEntries(names) };
  return { ...calendar, week, days: Object.fromEntries(days), ...named };
}

/** A calendar in which nobody works and no date is told. */
export const emptyCalendar = (zone: ZoneName): WorkingCalendar => ({
  zone,
  week: WEEK.map(() => null),
  days: {},
});

/** The days of a calendar as rows of its table. `calendar` is the one in force, null where there is none. */
export function calendarParts(calendar: WorkingCalendar | null, zone: ZoneName): RecordParts<CalendarDay> {
  const base = calendar ?? emptyCalendar(zone);
  return {
    id: CALENDAR_ID,
    record: calendar,
    of: (record) => daysOf(record as WorkingCalendar),
    named: (record, id) => dayNamed(record as WorkingCalendar, id),
    laid: (rows) => withDays(base, rows),
    bundle: ({ id }) => (isOfWeek({ id }) ? '' : id.slice(0, 4)),
    judge: (rows, known) => judgeCalendar(withDays(base, [...known, ...rows]), withDays(base, known)),
    differing: (before, after) => differingDays(before as WorkingCalendar, after as WorkingCalendar),
  };
}

function differingDays(before: WorkingCalendar, after: WorkingCalendar): readonly string[] {
  const ids = new Set([before, after].flatMap((one) => daysOf(one).map(({ id }) => id)));
  return [...ids].filter((id) => !sameJson(dayNamed(before, id), dayNamed(after, id)));
}
