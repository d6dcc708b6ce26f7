import type { TopicRow } from '#renderer/kit/context/reference.ts';

/** A topic in a list: its group and its name, which may repeat in another group. */
const SEPARATOR = '\u0000';
export const topicValue = (group: string, topic: string): string => `${group}${SEPARATOR}${topic}`;

/** The group and the topic of a choice; nulls for none, the topic alone null for a whole group. */
export function topicOf(value: string | null): {
  readonly group: string | null;
  readonly topic: string | null;
} {
  if (value === null) return { group: null, topic: null };
  const [group = '', topic = ''] = value.split(SEPARATOR);
  return { group: group || null, topic: topic || null };
}

/** Topics by group for a choice; `wholeGroup` names the choice of all of a group. */
export function groupedTopics(
  topics: readonly TopicRow[],
  wholeGroup?: (group: string) => string,
): readonly { readonly group: string; readonly items: { value: string; label: string }[] }[] {
  const groups = Map.groupBy(topics, ({ group }) => group);
  return [...groups]
    .toSorted(([a], [b]) => a.localeCompare(b, 'ru'))
    .map(([group, of]) => ({
      group,
      items: [
        ...(wholeGroup === undefined ? [] : [{ value: topicValue(group, ''), label: wholeGroup(group) }]),
        ...[...new Set(of.map(({ name }) => name))]
          .toSorted((a, b) => a.localeCompare(b, 'ru'))
          .map((name) => ({ value: topicValue(group, name), label: name })),
      ],
    }));
}
