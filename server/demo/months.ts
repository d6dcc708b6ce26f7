import { must } from '#shared/domain/must.ts';
import type { Cast, Plan } from './plan.ts';
import { planMonth } from './plan-month.ts';
import { seededRandom } from './random.ts';
import { DEMO_MONTHS, RECIPES } from './recipes.ts';
import { tellStory, type Story } from './story.ts';

/** The first of January 2021; January 2022 begins with 20,101. */
const FIRST_NUMBER = 15_225;
/** All of these stories have ended by then. */
const LONG_AFTER = Date.UTC(2022, 11, 31);
const SEED = 389_246;

/**
 * Tells the stories of the months asked for, all by default, oldest first, a month at a time: each takes a
 * part of a second. A month is the same on every machine, at every call and whatever months are told beside
 * it; but residents who write again may do so about a month that was not asked for.
 */
export function* eachMonth(
  cast: Cast,
  months: readonly string[] = DEMO_MONTHS,
): Generator<readonly Story[], void, undefined> {
  const planned: Plan[] = [];
  for (const [index, recipe] of RECIPES.entries()) {
    const plans = planMonth(recipe, planned, seededRandom(SEED + index));
    const number = FIRST_NUMBER + planned.length;
    planned.push(...plans);
    if (months.includes(recipe.month)) yield tellMonth(plans, cast, number, SEED - 1 - index);
  }
}

function tellMonth(plans: readonly Plan[], cast: Cast, number: number, seed: number): readonly Story[] {
  const random = seededRandom(seed);
  const stories = new Map<string, Story>();
  for (const [index, plan] of plans.entries()) {
    const target = plan.twin === null ? null : must(stories.get(plan.twin), 'a twin told before').incident;
    const story = tellStory(plan, cast, number + index, LONG_AFTER, random, target);
    stories.set(plan.id, must(story, 'a story of the month'));
  }
  return [...stories.values()];
}
