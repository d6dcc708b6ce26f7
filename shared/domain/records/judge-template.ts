import type { Refusal } from '#shared/domain/refusal.ts';
import { sameJson } from '#shared/domain/same-json.ts';
import type { ReplyTemplate } from '#shared/domain/templates/reply-template.ts';
import { unknownVariables } from '#shared/domain/templates/variables.ts';
import { judgeTopicNames } from './judge-policy.ts';
import type { Surroundings } from './surroundings.ts';

/** Says why a template may not become `after`; null when it may. It judges only what was changed. */
export function judgeTemplate(
  after: ReplyTemplate,
  before: ReplyTemplate | null,
  { deadlines }: Pick<Surroundings, 'deadlines'>,
): Refusal | null {
  const hasChanged = (...fields: readonly (keyof ReplyTemplate)[]): boolean =>
    fields.some((field) => !sameJson(before?.[field] ?? null, after[field] ?? null));
  const { text, validFrom, validTo } = after;
  const [variable] = hasChanged('text') ? unknownVariables(text) : [];
  if (variable !== undefined) return { kind: 'unknown_variable', variable };
  if (hasChanged('validFrom', 'validTo') && validFrom !== null && validTo !== null && validTo <= validFrom)
    return { kind: 'ends_before_beginning' };
  return hasChanged('topic', 'group') ? judgeTopicNames(after, deadlines) : null;
}
