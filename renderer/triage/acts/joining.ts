import type { Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { CLOSED_STEPS } from '#shared/domain/step.ts';

/** Moment and author of the joining of an incident to another; null while it stands for itself. */
export function joinedAt({ step, history }: Incident): { readonly at: Instant; readonly by: string } | null {
  if (step.name !== 'merged') return null;
  const line = history.findLast(({ event, detail }) => event === 'merged' && detail['into'] === step.into);
  return { at: step.since, by: line?.by ?? '' };
}

/** The last answer anyone published, by the moment of publication. */
export const lastAnsweredAt = ({ replies }: Incident): Instant | null =>
  replies.reduce<Instant | null>(
    (last, { publishedAt }) => (publishedAt !== null && publishedAt > (last ?? 0) ? publishedAt : last),
    null,
  );

/**
 * State of the answer to the author of a joined message, as far as rows of incidents tell it. `waiting`:
 * there is none yet. `approved`: it goes to them, too. `answered`: one was published while they were among
 * those who asked. `late`: it was published before they joined, so they got none.
 */
export type Fate =
  | { readonly kind: 'waiting' | 'approved' }
  | { readonly kind: 'answered' | 'late'; readonly at: Instant };

/** The fate of whoever joined `parent` at this moment. */
export function fateOf(parent: Incident, joined: Instant): Fate {
  const answered = lastAnsweredAt(parent);
  if (parent.step.name === 'publishing') return { kind: 'approved' };
  if (answered === null) return { kind: 'waiting' };
  if (answered >= joined) return { kind: 'answered', at: answered };
  const isOver = parent.step.name === 'satisfaction' || CLOSED_STEPS.has(parent.step.name);
  return isOver ? { kind: 'late', at: answered } : { kind: 'waiting' };
}

/**
 * Gives the fate to ask about before anybody joins this incident now; null where the author simply waits with
 * the others.
 */
export function questionBefore(parent: Incident, now: Instant): Fate | null {
  const fate = fateOf(parent, now);
  return fate.kind === 'waiting' ? null : fate;
}
