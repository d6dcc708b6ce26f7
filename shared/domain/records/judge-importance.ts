import { MS_PER_DAY } from '#shared/domain/instant.ts';
import type { ImportanceRule } from '#shared/domain/importance-rule.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import { tokenise } from '#shared/text/tokens.ts';
import { judgeTopicNames } from './judge-policy.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * How long ago a rule may begin that is saved now: the local day that it begins on is never longer ago, and
 * what was saved without a network comes later.
 */
const BEGINS_WITHIN = 7 * MS_PER_DAY;

/** Says why a rule may not become `after`; null when it may. It judges only what was changed. */
export function judgeImportance(
  after: ImportanceRule,
  before: ImportanceRule | null,
  { at, deadlines }: Pick<Surroundings, 'at' | 'deadlines'>,
): Refusal | null {
  const hasChanged = (...fields: readonly (keyof ImportanceRule)[]): boolean =>
    fields.some((field) => !sameJson(before?.[field] ?? null, after[field]));
  const { words, topic, group, count, validFrom, validTo } = after;
  const isEmpty = words.length === 0 && topic === null && group === null && count === null;
  const silent = hasChanged('words') ? words.find((word) => tokenise(word).length === 0) : undefined;
  if (isEmpty) return { kind: 'rule_without_condition' };
  if (silent !== undefined) return { kind: 'word_of_no_letters', word: silent };
  if (hasChanged('validFrom', 'validTo') && validTo !== null && validTo <= validFrom)
    return { kind: 'ends_before_beginning' };
  if (hasChanged('validFrom') && validFrom < at - BEGINS_WITHIN) return { kind: 'rule_from_the_past' };
  return hasChanged('topic', 'group') ? judgeTopicNames(after, deadlines) : null;
}
