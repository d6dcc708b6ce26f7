import { calendarFor } from './agency-hours.ts';
import type { DecideContext } from './decide-context.ts';
import { choosePolicy, dueAt } from './deadline.ts';
import type { Due, Incident } from './incident.ts';
import { currentAgency, currentAssignment } from './incident.ts';
import type { Instant } from './instant.ts';
import { DUE_STEPS } from './step.ts';

type DueContext = Pick<DecideContext, 'calendar' | 'policies'>;

/**
 * The deadline an incident should have now. Before the first answer: the nearest of the policies counted from
 * creation and from assignment. After an interim answer: the second clock, from that answer to the final one.
 * None once the final answer is out.
 */
export function dueFor(incident: Incident, context: DueContext): Due | null {
  if (!DUE_STEPS.has(incident.step.name)) return null;
  const interim = lastInterim(incident);
  if (interim !== null) return due('interimReply', interim, incident, context);
  const assigned = currentAssignment(incident)?.at;
  const starts = [due('created', startOf(incident), incident, context)];
  if (assigned !== undefined) starts.push(due('assigned', assigned, incident, context));
  return starts.reduce(
    (best, candidate) => (candidate !== null && (best === null || candidate.at < best.at) ? candidate : best),
    null,
  );
}

/**
 * The deadline after the calendar, an agency's hours or the policies have changed, and nothing else. One that
 * has passed stays: it was missed by the rules of its day. So does one that would lie beyond the calendar's
 * years.
 */
export function dueAnew(incident: Incident, context: DueContext, now: Instant): Due | null {
  const { due: before } = incident;
  if (before !== null && before.at <= now) return before;
  try {
    return dueFor(incident, context);
  } catch (error) {
    if (error instanceof RangeError) return before;
    throw error;
  }
}

/**
 * The deadline after a decision, which goes by the calendar and the policies of today. One that has passed
 * stays as in {@link dueAnew}, unless what was decided gives the incident another one.
 */
export function dueAfter(
  before: Incident | null,
  after: Incident,
  context: DueContext & Pick<DecideContext, 'at'>,
): Due | null {
  const due = dueFor(after, context);
  const was = before?.due ?? null;
  if (before === null || was === null || due === null || was.at > context.at) return due;
  return due.from === was.from && (due.policy === was.policy || isAskedAlike(before, after)) ? was : due;
}

/** True when policies are chosen for both by the same fields. */
const isAskedAlike = (a: Incident, b: Incident): boolean =>
  a.importance === b.importance &&
  a.classification?.group === b.classification?.group &&
  a.classification?.topic === b.classification?.topic &&
  currentAgency(a) === currentAgency(b);

/** Tells whether two deadlines are the same in moment, policy and start. */
export const sameDue = (a: Due | null, b: Due | null): boolean =>
  a === b || (a !== null && b !== null && a.at === b.at && a.policy === b.policy && a.from === b.from);

/** A reopened incident is owed an answer from its reopening, not from a day long past. */
const startOf = (incident: Incident): Instant => {
  const reopened = incident.history.findLast((entry) => entry.event === 'reopened');
  return reopened?.at ?? incident.createdAt;
};

function lastInterim(incident: Incident): Instant | null {
  const published = incident.replies.filter(
    (reply) => reply.publishedAt !== null && reply.publishedAt >= startOf(incident),
  );
  const last = published.at(-1);
  return last?.kind === 'interim' ? last.publishedAt : null;
}

function due(
  start: 'created' | 'assigned' | 'interimReply',
  from: Instant,
  incident: Incident,
  context: DueContext,
): Due | null {
  const { importance, classification, source } = incident;
  const agency = currentAgency(incident);
  const policy = choosePolicy(context.policies, {
    importance,
    group: classification?.group ?? null,
    topic: classification?.topic ?? null,
    agency,
    network: source.network,
    start,
    at: from,
  });
  if (policy === null) return null;
  return { at: dueAt(policy, from, calendarFor(context.calendar, agency)), policy: policy.id, from };
}
