import type { DecideContext } from './decide-context.ts';
import { choosePolicy, dueAt } from './deadline.ts';
import type { Due, Incident } from './incident.ts';
import { currentAssignment } from './incident.ts';
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
  const { importance, classification } = incident;
  const policy = choosePolicy(context.policies, {
    importance,
    group: classification?.group ?? null,
    topic: classification?.topic ?? null,
    start,
    at: from,
  });
  return policy === null ? null : { at: dueAt(policy, from, context.calendar), policy: policy.id, from };
}
