import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { DUE_STEPS, isClosed } from '#shared/domain/step.ts';
import { periodAfter, type Period, type ReportPeriods } from './period.ts';
import { ascending } from './statistics.ts';

/**
 * An incident that is not closed and owes something: an answer by its deadline, or what was promised for a
 * day.
 */
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

/** Reads off an incident what it owes; null when it is closed or owes nothing. */
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

/**
 * Of which controls a summary speaks: messages received before `before`, overdue at `asOf`, promised for a
 * moment before `until`.
 */
export interface OwedMoments {
  readonly before: Instant;
  readonly asOf: Instant;
  readonly until: Instant;
}

/** The period after, in which promises fall due. */
export const periodAhead = ({ form, period }: ReportPeriods, zone: string): Period =>
  periodAfter(form, period, 1, zone);

export const owedMoments = (periods: ReportPeriods, asOf: Instant, zone: string): OwedMoments => ({
  before: periods.period.end,
  asOf,
  until: periodAhead(periods, zone).end,
});

/**
 * The debts of all open incidents together. The console and the API count it their own ways, because in a
 * long archive they are many; tests hold both to the plain answer (tests/fixtures/report-oracles.ts).
 */
export interface Owed {
  /** Past their deadline, by who has them. */
  readonly overdue: ReadonlyMap<string, number>;
  /** Promised, and of them late. */
  readonly promised: number;
  readonly promisedLate: number;
  /** The {@link NEAREST} first of the promised. */
  readonly nearest: readonly Control[];
}

/** As many promises as a page names. */
export const NEAREST = 8;

export const isOverdue = ({ createdAt, dueAt }: Control, { before, asOf }: OwedMoments): boolean =>
  createdAt < before && dueAt !== null && dueAt < asOf;

export const isPromised = ({ createdAt, promiseAt }: Control, { before, until }: OwedMoments): boolean =>
  createdAt < before && promiseAt !== null && promiseAt < until;

/** By the day of the promise. */
export const byPromise = (a: Control, b: Control): number =>
  (a.promiseAt ?? 0) - (b.promiseAt ?? 0) || (a.id < b.id ? -1 : 1);

/** The moment up to which a promise is among the nearest: only those are worth putting in order. */
export const nearestUpTo = (promises: readonly Instant[]): Instant =>
  ascending(promises)[NEAREST - 1] ?? Infinity;
