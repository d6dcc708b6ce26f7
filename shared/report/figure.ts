import type { Facts } from './facts.ts';
import type { Period } from './period.ts';
import { tally } from './statistics.ts';

/** How many groups the sheet names before it sums the rest. */
export const TOP_GROUPS = 5;

/**
 * The incidents behind one figure of the sheet (`data-figure`), so that every number opens what it counts. The count of the answer
 * equals the number printed; an unknown figure has none.
 */
export function factsBehind(figure: string, facts: readonly Facts[], period: Period): readonly Facts[] {
  const within = (at: number | null): boolean => at !== null && at >= period.start && at < period.end;
  const received = facts.filter((one) => within(one.createdAt));
  const [kind, ...rest] = figure.split(':');
  const value = rest.join(':');
  switch (kind) {
    case 'received':
      return received;
    case 'answered':
      return received.filter((one) => one.firstReplyAt !== null);
    case 'late':
      return received.filter((one) => one.inTime === false);
    case 'solved':
      return facts.filter((one) => one.step === 'done' && one.outcome === 'solved' && within(one.closedAt));
    case 'group':
      return received.filter((one) => one.group === value);
    case 'otherGroups': {
      const named = new Set(
        tally(received, (one) => one.group)
          .slice(0, TOP_GROUPS)
          .map(({ key }) => key),
      );
      return received.filter((one) => !named.has(one.group));
    }
    case 'municipality':
      return received.filter((one) => one.municipality === value);
    case 'network':
      return received.filter((one) => one.network === value);
    case 'agency':
      return received.filter((one) => one.agency === value);
    default:
      return [];
  }
}
