import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import type { FactRow } from './facts.ts';
import { within, type Period } from './period.ts';
import { isFinished, isTaken } from './steps.ts';

/** How long after its closing a question that comes again counts as a repeat. */
export const REPEAT_DAYS = 90;

/** What a repeat is told by. */
export type RepeatFacts = Pick<
  FactRow,
  'id' | 'createdAt' | 'closedAt' | 'step' | 'group' | 'topic' | 'authorKey' | 'placeKey'
>;

/**
 * Messages of the period that repeat a question already closed: same topic, and the same author or the same address, within
 * {@link REPEAT_DAYS} days after the closing. Where the author is hidden (observers) only the address speaks.
 */
export function repeatsAmong(
  facts: readonly RepeatFacts[],
  period: Pick<Period, 'start' | 'end'>,
): ReadonlySet<string> {
  const closings = new Map<string, Instant[]>();
  for (const one of facts) {
    const { closedAt } = one;
    if (!isFinished(one) || closedAt === null) continue;
    for (const key of keysOf(one)) {
      const known = closings.get(key);
      if (known === undefined) closings.set(key, [closedAt]);
      else known.push(closedAt);
    }
  }
  const repeats = new Set<string>();
  for (const one of facts) {
    if (
      within(one.createdAt, period) &&
      isTaken(one) &&
      keysOf(one).some((key) => isSoonAfter(closings.get(key) ?? [], one.createdAt))
    )
      repeats.add(one.id);
  }
  return repeats;
}

/** A topic is named within its group. */
const keysOf = ({ group, topic, authorKey, placeKey }: RepeatFacts): readonly string[] => {
  if (topic === '') return [];
  const about = `${group}\u203A${topic}`;
  return [
    ...(authorKey === 0 ? [] : [`a${authorKey}|${about}`]),
    ...(placeKey === 0 ? [] : [`p${placeKey}|${about}`]),
  ];
};

const isSoonAfter = (closings: readonly Instant[], at: Instant): boolean =>
  closings.some((closedAt) => closedAt <= at && at - closedAt <= REPEAT_DAYS * MS_PER_DAY);
