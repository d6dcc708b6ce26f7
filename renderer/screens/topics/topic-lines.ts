import { isInForce, isUnsortedTopic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { rememberedLooks } from '#shared/domain/records/looks.ts';
import type { TopicRow } from '#renderer/kit/context/reference.ts';

/** Parts of the list; a topic stands in one of them. */
export const TOPIC_PARTS = ['open', 'coming', 'unsorted', 'closed'] as const;
/** See {@link TOPIC_PARTS}. */
export type TopicPart = (typeof TOPIC_PARTS)[number];

/** The part a topic stands in. One taken back before its day ends no later than it begins: it never comes. */
export function topicPartOf(topic: TopicRow, now: Instant): TopicPart {
  const { validFrom, validTo } = topic;
  if (validTo !== null && validTo <= Math.max(now, validFrom ?? now)) return 'closed';
  if (isUnsortedTopic(topic)) return 'unsorted';
  return isInForce(topic, now) ? 'open' : 'coming';
}

/** Topics of one group, in the order of their names. */
export interface TopicGroup {
  readonly group: string;
  readonly topics: readonly TopicRow[];
}

const { compare } = new Intl.Collator('ru');

/** Finds topics by words, each of which looks like a part of a name, and puts them by group. */
export function topicGroups(topics: readonly TopicRow[], query: string): readonly TopicGroup[] {
  const words = query.split(/\s+/).map(rememberedLooks).filter(Boolean);
  const found = topics.filter(({ name, group, shortName = '', successors = [] }) => {
    const looks = [name, group, shortName, ...successors].map(rememberedLooks);
    return words.every((word) => looks.some((part) => part.includes(word)));
  });
  return [...Map.groupBy(found, ({ group }) => group)]
    .map(([group, own]) => ({ group, topics: own.toSorted((a, b) => compare(a.name, b.name)) }))
    .toSorted((a, b) => compare(a.group, b.group));
}

/** A day on which topics begin or end. */
export interface ComingVersion {
  readonly at: Instant;
  readonly begins: number;
  readonly ends: number;
}

/** The days to come on which the dictionary changes, in their order. */
export function comingVersions(topics: readonly TopicRow[], now: Instant): readonly ComingVersion[] {
  const lasting = topics.filter(({ validFrom, validTo }) => (validFrom ?? -Infinity) < (validTo ?? Infinity));
  const moments = lasting.flatMap(({ validFrom, validTo }) =>
    [validFrom, validTo].filter((at): at is Instant => at !== null && at > now),
  );
  return [...new Set(moments)]
    .toSorted((a, b) => a - b)
    .map((at) => ({
      at,
      begins: lasting.filter(({ validFrom }) => validFrom === at).length,
      ends: lasting.filter(({ validTo }) => validTo === at).length,
    }));
}
