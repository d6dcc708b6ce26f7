import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { DUE_STEPS, isClosed } from '#shared/domain/step.ts';
import { dateOfDay, localDayAt, type LocalDate } from '#shared/domain/time-zone.ts';
import { periodAfter, type ReportPeriods } from './period.ts';
import type { ReportDirectory } from './period-report.ts';
import { tally } from './statistics.ts';

/** An incident that is not closed and owes something: an answer by its deadline, or what was promised for a day. */
export interface Control {
  readonly id: string;
  readonly number: number | null;
  readonly createdAt: Instant;
  /** Who has it now; '' while nobody does. */
  readonly agency: string;
  readonly group: string;
  readonly topic: string;
  readonly municipality: string;
  /** Null when no deadline runs. */
  readonly dueAt: Instant | null;
  /** The nearest open promise. */
  readonly promiseAt: Instant | null;
}

/** A promise that falls due, or has fallen due and was not kept. */
export interface PromiseAhead extends Pick<Control, 'id' | 'number' | 'group' | 'topic' | 'municipality'> {
  readonly date: LocalDate;
  readonly isLate: boolean;
  readonly agencyName: string;
}

/** What stands before the centre when the summary is made; of messages received up to the end of its period. */
export interface Ahead {
  /** The period after, in which promises fall due. */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** Not answered, and the deadline is past. */
  readonly overdue: number;
  readonly overdueAgencies: readonly {
    readonly agency: string;
    readonly name: string;
    readonly count: number;
  }[];
  /** Promised for a day up to `to` and still open, those already late among them. */
  readonly promised: number;
  readonly promisedLate: number;
  /** The first of them, by day. */
  readonly promises: readonly PromiseAhead[];
}

/** As many as a page names. */
const MOST_PROMISES = 8;

/** What an incident owes, or null when it is closed or owes nothing. */
export function controlOfIncident(incident: Incident): Control | null {
  const { step, due, promises, classification, place } = incident;
  if (isClosed(step)) return null;
  const dueAt = DUE_STEPS.has(step.name) ? (due?.at ?? null) : null;
  const open = promises.filter(({ state }) => state === 'open').map((promise) => promise.due);
  const promiseAt = open.length === 0 ? null : Math.min(...open);
  if (dueAt === null && promiseAt === null) return null;
  return {
    id: incident.id,
    number: incident.number,
    createdAt: incident.createdAt,
    agency: currentAgency(incident) ?? '',
    group: classification?.group ?? '',
    topic: classification?.topic ?? '',
    municipality: place.municipality,
    dueAt,
    promiseAt,
  };
}

interface Asked {
  readonly controls: readonly Control[];
  readonly periods: ReportPeriods;
  readonly asOf: Instant;
  readonly timeZone: string;
}

const next = ({ form, period }: ReportPeriods, zone: string) => periodAfter(form, period, 1, zone);

/** Those past their deadline. */
export const overdueOf = ({ controls, periods, asOf }: Omit<Asked, 'timeZone'>): readonly Control[] =>
  controls.filter(({ createdAt, dueAt }) => createdAt < periods.period.end && dueAt !== null && dueAt < asOf);

/** Those with a promise for a day up to the end of the period after, the nearest first. */
export function promisedOf({ controls, periods, timeZone }: Omit<Asked, 'asOf'>): readonly Control[] {
  const { end } = next(periods, timeZone);
  return controls
    .filter(
      ({ createdAt, promiseAt }) => createdAt < periods.period.end && promiseAt !== null && promiseAt < end,
    )
    .toSorted((a, b) => (a.promiseAt ?? 0) - (b.promiseAt ?? 0) || (a.id < b.id ? -1 : 1));
}

/** See {@link Ahead}. */
export function aheadOf(asked: Asked, directory: ReportDirectory): Ahead {
  const { periods, asOf, timeZone } = asked;
  const { from, to } = next(periods, timeZone);
  const overdue = overdueOf(asked);
  const promised = promisedOf(asked);
  const nameOf = (agency: string): string => (agency === '' ? '' : directory.agencyName(agency));
  return {
    from,
    to,
    overdue: overdue.length,
    overdueAgencies: tally(overdue, (one) => one.agency).map(({ key, count }) => ({
      agency: key,
      name: nameOf(key),
      count,
    })),
    promised: promised.length,
    promisedLate: promised.filter(({ promiseAt }) => (promiseAt ?? asOf) < asOf).length,
    promises: promised.slice(0, MOST_PROMISES).map((one) => ({
      id: one.id,
      number: one.number,
      group: one.group,
      topic: one.topic,
      municipality: one.municipality,
      date: dateOfDay(localDayAt(timeZone, one.promiseAt ?? asOf)),
      isLate: (one.promiseAt ?? asOf) < asOf,
      agencyName: nameOf(one.agency),
    })),
  };
}
