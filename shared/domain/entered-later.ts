import type { DecideContext } from './decide-context.ts';
import type { EventBody } from './event.ts';
import type { Incident } from './incident.ts';
import { MS_PER_MINUTE, type Instant } from './instant.ts';
import type { Ruling } from './rule.ts';

/** When an act happened that a person enters afterwards, and why he does so only now. */
export interface EarlierAct {
  readonly at: Instant;
  readonly reason: string;
}

/**
 * Gives since when the incident stands where it does. A step that was come back to keeps its older moment:
 * nothing can have been done to it while it was out of work.
 */
export function stoodSince({ step, history }: Incident): Instant {
  const back = history.findLast(({ event, detail }) => event === 'unmerged' || detail['reopens'] === 1);
  return Math.max(step.since, back?.at ?? step.since);
}

/**
 * Rules an act that happened before it is entered (`happened`; left out: it happens now). It cannot have
 * happened before the incident came to where it stands, so that what happened keeps its order; whatever
 * counts time counts from when it happened.
 */
export function happenedThen(
  bodies: readonly EventBody[],
  incident: Incident,
  happened: EarlierAct | undefined,
  context: Pick<DecideContext, 'at'>,
): Ruling {
  if (happened === undefined) return bodies;
  const { at, reason } = happened;
  if (at > context.at) return { kind: 'date_in_future' };
  const since = stoodSince(incident);
  if (at < since) return { kind: 'before_this_step', at: since };
  return { bodies, merged: [], at, entered: reason };
}

/** Tells an answer that was given before it was approved here: screens name moments by the minute. */
export const isBeforeApproval = (at: Instant, approvedAt: Instant | null): boolean =>
  approvedAt !== null && at < approvedAt - (approvedAt % MS_PER_MINUTE);
