import { armsProblem } from '#shared/domain/arms.ts';
import { isSensibleRule, RATING_POINTS, type RatingRules } from '#shared/domain/rating-rules.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Regulation } from '#shared/domain/regulation.ts';
import { sameJson } from '#shared/domain/same-json.ts';

/**
 * Says why the centre's settings may not become `after`; null when they may. Only what is changed is judged.
 */
export function judgeRegulation(after: Regulation, before: Regulation | null): Refusal | null {
  const hasChanged = (field: keyof Regulation): boolean =>
    !sameJson(before?.[field] ?? null, after[field] ?? null);
  const { arms, rating } = after;
  if (arms !== undefined && hasChanged('arms')) {
    const problem = armsProblem(arms);
    if (problem !== null) return { kind: 'arms_unfit', problem };
  }
  return rating !== undefined && hasChanged('rating') ? judgeRating(rating) : null;
}

function judgeRating({ rules }: RatingRules): Refusal | null {
  const measures = rules.map(({ measure }) => measure);
  const twice = measures.find((measure, at) => measures.indexOf(measure) !== at);
  if (twice !== undefined) return { kind: 'rating_twice', measure: twice };
  const backwards = rules.find((rule) => !isSensibleRule(rule));
  if (backwards !== undefined) return { kind: 'rating_backwards', measure: backwards.measure };
  const sum = rules.reduce((points, { max }) => points + max, 0);
  return sum === RATING_POINTS ? null : { kind: 'rating_sum', sum, points: RATING_POINTS };
}
