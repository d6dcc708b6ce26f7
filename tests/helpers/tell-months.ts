import { eachMonth } from '#server/demo/months.ts';
import type { Cast } from '#server/demo/plan.ts';
import { DEMO_MONTHS } from '#server/demo/recipes.ts';
import type { Story } from '#server/demo/story.ts';

/** Tells the stories of some months of the demo region, all at once. */
export const tellMonths = (cast: Cast, months: readonly string[] = DEMO_MONTHS): readonly Story[] =>
  [...eachMonth(cast, months)].flat();
