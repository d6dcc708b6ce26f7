import type { Instant } from '#shared/domain/instant.ts';
import type { TopicRow } from '#renderer/kit/context/reference.ts';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Names that a topic may become: those of topics that are not over by `from`, by group. */
export function successorsFor(
  topics: readonly TopicRow[],
  id: string | null,
  from: Instant,
): { readonly group: string; readonly items: Choice[] }[] {
  const open = topics.filter((topic) => topic.id !== id && (topic.validTo ?? Infinity) > from);
  const byName = new Map(open.map((topic) => [topic.name, topic]));
  return [...Map.groupBy(byName.values(), ({ group }) => group)]
    .map(([group, own]) => ({
      group,
      items: own
        .map(({ name }) => ({ value: name, label: topicLabel(name) }))
        .toSorted((a, b) => a.label.localeCompare(b.label, 'ru')),
    }))
    .toSorted((a, b) => a.group.localeCompare(b.group, 'ru'));
}
