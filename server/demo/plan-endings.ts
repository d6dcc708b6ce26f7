import type { ClosingReason, Outcome } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { NO_TURNS, type Plan, type Turns } from './plan.ts';
import { shuffled, type Random } from './random.ts';
import type { Recipe } from './recipes.ts';
import type { Theme } from './themes/theme.ts';

/** The part of a plan that says how the story ends. */
export type Ends = Pick<Plan, 'ending' | 'twin' | 'outcome' | 'closing' | 'turns'>;

const NOTHING: Ends = {
  ending: 'closed',
  twin: null,
  outcome: 'explained',
  closing: 'author_silent',
  turns: NO_TURNS,
};
/** Of a hundred marks the survey brings. */
const GRADES = [5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1, 1];

/**
 * Gives every message of a month its end, so that the recipe's numbers come out to the message. `twins`:
 * where each may be merged.
 */
export function planEndings(
  { rejected, merged, solved }: Recipe,
  seeds: readonly { readonly id: string; readonly theme: Theme }[],
  twins: readonly (number | null)[],
  random: Random,
): readonly Ends[] {
  const order = shuffled([...seeds.keys()], random);
  const joined = new Map<number, number>();
  const wanted = new Set<number>();
  for (const index of order) {
    const twin = twins[index] ?? null;
    // Nobody is merged into what was itself merged.
    if (joined.size === merged || twin === null || joined.has(twin) || wanted.has(index)) continue;
    joined.set(index, twin);
    wanted.add(twin);
  }
  const free = order.filter((index) => !joined.has(index) && !wanted.has(index));
  const refused = new Set(free.slice(0, rejected));
  const answered = order.filter((index) => !joined.has(index) && !refused.has(index));
  const fixed = new Set(answered.filter((index) => seeds[index]?.theme.solvable).slice(0, solved));
  return seeds.map(({ theme }, index): Ends => {
    const twin = joined.get(index);
    if (twin !== undefined) return { ...NOTHING, ending: 'merged', twin: must(seeds[twin], 'a twin').id };
    if (refused.has(index)) return { ...NOTHING, ending: 'rejected' };
    const outcome = fixed.has(index) ? 'solved' : unsolved(theme, random);
    const turns = turnsOf(random);
    return { ...NOTHING, outcome, turns, closing: closingOf(turns, random) };
  });
}

function unsolved({ solvable }: Theme, random: Random): Outcome {
  const draw = random.next();
  if (solvable && draw < 0.03) return 'not_solved';
  if (solvable && draw < 0.05) return 'postponed';
  return draw > 0.97 ? 'forwarded' : 'explained';
}

function turnsOf(random: Random): Turns {
  return {
    returned: random.chance(0.05),
    sentBack: random.chance(0.06),
    interim: random.chance(0.09)
      ? { days: 3 + random.below(7), isKept: random.chance(0.78), isDeferred: random.chance(0.4) }
      : null,
    reopened: random.chance(0.025),
    grade: random.chance(0.45) ? random.pick(GRADES) : null,
  };
}

function closingOf({ reopened }: Turns, random: Random): ClosingReason {
  if (random.chance(reopened ? 0.6 : 0.8)) return 'author_silent';
  return random.chance(0.7) ? 'author_pleased' : 'dialogue_pointless';
}
