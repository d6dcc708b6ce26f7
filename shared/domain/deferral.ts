import type { DecideContext } from './decide-context.ts';
import { currentAssignment, type Incident } from './incident.ts';
import { MS_PER_DAY, type Instant } from './instant.ts';
import type { Refusal } from './refusal.ts';

type Bound = Pick<DecideContext, 'actor' | 'regulation'>;

const daysAfter = (at: Instant, { actor, regulation }: Bound): Instant | null =>
  actor.role === 'executor' ? at + regulation.deferDays * MS_PER_DAY : null;

/**
 * The last moment until which this person may put the incident off; null where there is no bound. An agency's
 * days run from when it was given the work, however often it puts it off, so that it cannot do so for ever.
 */
export function latestDeferral(incident: Incident, context: Bound): Instant | null {
  const given = currentAssignment(incident)?.at;
  return given === undefined ? null : daysAfter(given, context);
}

/** The last day that this person may move a promise to: so many days after the day that was published. */
export function latestPromise(incident: Incident, id: number, context: Bound): Instant | null {
  const published = incident.replies.filter(({ publishedAt }) => publishedAt !== null);
  const promised = published.flatMap(({ promises }) => promises)[id] ?? incident.promises[id];
  return promised === undefined ? null : daysAfter(promised.due, context);
}

/** The refusal of a moment that is past such a bound, if it is. */
export const refusalBeyond = (until: Instant, latest: Instant | null): Refusal | null =>
  latest !== null && until > latest ? { kind: 'deferred_too_long', latest } : null;
