import { z } from 'zod';
import {
  compileCalendar,
  type AgencyWeeks,
  type CompiledCalendar,
  type WorkingCalendar,
} from './calendar.ts';
import type { Agency } from './directory.ts';
import { withWeek } from './production-days.ts';
import { workingHoursSchema } from './working-hours.ts';

type Week = WorkingCalendar['week'];

const worked = z
  .array(workingHoursSchema.nullable())
  .refine((week) => week.some((hours) => hours !== null), { message: 'no working time' });

/** True for no hours of one's own, and for hours that work can be done in. */
export const isWorkable = (week: Agency['hours'] | null): boolean =>
  week === undefined || week === null || worked.safeParse(week).success;

/** The weeks of agencies with hours of their own; hours that nobody could work by are passed over. */
export function agencyWeeks(agencies: Iterable<Agency>): AgencyWeeks {
  const weeks = new Map<string, Week>();
  for (const { id, hours } of agencies) {
    const week = hours === undefined ? undefined : worked.safeParse(hours).data;
    if (week !== undefined) weeks.set(id, week);
  }
  return weeks;
}

/** Calendars of a region's calendar by the week they have instead of its own: many agencies work alike. */
const kept = new WeakMap<CompiledCalendar, Map<string, CompiledCalendar>>();
/** The same by agency, for whoever asks once an incident. */
const keptOf = new WeakMap<CompiledCalendar, Map<string, CompiledCalendar>>();

function mapOf<V>(maps: WeakMap<CompiledCalendar, Map<string, V>>, calendar: CompiledCalendar) {
  const map = maps.get(calendar) ?? new Map<string, V>();
  maps.set(calendar, map);
  return map;
}

/**
 * The calendar that the deadline of an incident counts by: the region's, with the hours of the agency that
 * holds it where it has its own. Days off are the region's, for all; shortened and moved days of the country
 * follow the agency's hours.
 */
export function calendarFor(calendar: CompiledCalendar, agency: string | null): CompiledCalendar {
  const week = agency === null ? undefined : calendar.agencyWeeks.get(agency);
  if (agency === null || week === undefined) return calendar;
  const ofAgency = mapOf(keptOf, calendar);
  const found = ofAgency.get(agency) ?? withHours(calendar, week);
  ofAgency.set(agency, found);
  return found;
}

function withHours(calendar: CompiledCalendar, week: Week): CompiledCalendar {
  const byWeek = mapOf(kept, calendar);
  const key = JSON.stringify(week);
  const found = byWeek.get(key) ?? compileCalendar(withWeek(calendar.data, week));
  byWeek.set(key, found);
  return found;
}

/** Tells whether the deadlines of what an agency holds count by hours of its own. */
export const hasOwnHours = ({ agencyWeeks: weeks }: CompiledCalendar, agency: string | null): boolean =>
  agency !== null && weeks.has(agency);
