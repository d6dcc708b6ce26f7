import { deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { topicSchema } from '#shared/domain/dictionary.ts';
import { readableOf } from '#shared/domain/readable.ts';

/** The policies of a region and the names they may speak of. */
export interface PolicySurroundings {
  readonly policies: readonly DeadlinePolicy[];
  readonly topics: readonly { readonly name: string; readonly group: string }[];
}

/** Kinds that are judged on policies or on the names of topics. */
export const asksForDeadlines = (kind: string): boolean =>
  ['policy', 'importance_rule', 'reply_template'].includes(kind);

/** Reads what a policy is judged on off reference rows; one that does not read is left out. */
export const policySurroundings = (
  rowsOf: (kind: 'policy' | 'topic') => readonly unknown[],
): PolicySurroundings => ({
  policies: readableOf(deadlinePolicySchema, rowsOf('policy')),
  topics: readableOf(topicSchema, rowsOf('topic')),
});
