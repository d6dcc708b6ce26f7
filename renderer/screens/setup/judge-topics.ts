import { isInForce, isUnsortedTopic } from '#shared/domain/dictionary.ts';
import { isUnsaid } from '#shared/domain/region-dictionary.ts';
import type { JudgedRegion } from './judged-region.ts';
import { verdict, type Verdict } from './verdict.ts';

/**
 * Judges whether there are topics to triage by, whether what imports brought was sorted, and whether each
 * that ended says what it became: without that a month is compared with nothing.
 */
export function judgeTopics({ reference: { topics }, now }: JudgedRegion): Verdict {
  const inForce = topics.filter((topic) => isInForce(topic, now));
  if (inForce.length === 0) return verdict('missing', { kind: 'no_topics' });
  const unsorted = inForce.filter(isUnsortedTopic).length;
  const byName = Map.groupBy(topics, ({ name }) => name);
  const unsaid = topics.filter((topic) => isUnsaid(topic, { byName })).length;
  const atWork = { kind: 'topics_at_work', count: inForce.length };
  if (unsorted + unsaid === 0) return verdict('works', atWork);
  return verdict(
    'partly',
    atWork,
    ...(unsorted === 0 ? [] : [{ kind: 'topics_unsorted', count: unsorted }]),
    ...(unsaid === 0 ? [] : [{ kind: 'topics_unsaid', count: unsaid }]),
  );
}
