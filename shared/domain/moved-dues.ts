import { calendarOf, type WorkingCalendar } from './calendar.ts';
import type { DeadlinePolicy } from './deadline.ts';
import type { DecideContext } from './decide-context.ts';
import { dueAnew, sameDue } from './due.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';
import { DUE_STEPS } from './step.ts';

type DueSettings = Pick<DecideContext, 'calendar' | 'policies'>;

/** Settings as they would be; what is left out stays as it is. */
export interface SettingsDraft {
  readonly calendar?: WorkingCalendar;
  readonly policies?: readonly DeadlinePolicy[];
  /** The hours of one agency; null: it works by the centre's. */
  readonly hours?: { readonly agency: string; readonly week: WorkingCalendar['week'] | null };
}

/** A deadline before and after a change of settings; null where there is none. */
export interface MovedDue {
  readonly id: string;
  readonly number: number | null;
  readonly was: Instant | null;
  readonly is: Instant | null;
}

/** Deadlines of open incidents that a change of settings would move. */
export interface MovedDues {
  /** Incidents whose deadline runs. */
  readonly running: number;
  readonly moved: number;
  /** Of the moved ones, those that would have passed at once. */
  readonly late: number;
  /** The first of them, by the deadline of before. */
  readonly first: readonly MovedDue[];
}

/** The settings as they would be with a draft of them. */
export function withDraft(
  settings: DueSettings,
  { calendar = settings.calendar.data, policies = settings.policies, hours }: SettingsDraft,
): DueSettings {
  const weeks = new Map(settings.calendar.agencyWeeks);
  if (hours?.week === null) weeks.delete(hours.agency);
  else if (hours !== undefined) weeks.set(hours.agency, hours.week);
  return { calendar: calendarOf(calendar, weeks), policies };
}

/** Says which deadlines move where `settings` take the place of what is in force. */
export function movedDues(
  incidents: Iterable<Incident>,
  settings: DueSettings,
  now: Instant,
  most: number,
): MovedDues {
  let running = 0;
  const moved: MovedDue[] = [];
  for (const incident of incidents) {
    const { id, number, step, due } = incident;
    if (!DUE_STEPS.has(step.name) || (due !== null && due.at <= now)) continue;
    running += 1;
    const is = dueAnew(incident, settings, now);
    if (!sameDue(is, due)) moved.push({ id, number, was: due?.at ?? null, is: is?.at ?? null });
  }
  const inOrder = moved.toSorted(
    (a, b) => (a.was ?? Infinity) - (b.was ?? Infinity) || (a.id < b.id ? -1 : 1),
  );
  return {
    running,
    moved: moved.length,
    late: moved.filter(({ is }) => is !== null && is <= now).length,
    first: inOrder.slice(0, most),
  };
}
