import type { Topic } from '#shared/domain/dictionary.ts';
import type { QueueRow } from '#renderer/data/store/console-store.ts';

type Named = Pick<QueueRow, 'group' | 'topic'>;

const keyOf = ({ group, topic }: Named): string => JSON.stringify([group, topic]);

/** Gives a topic's short name for a line of the queue; null where the dictionary has none. */
export function shortTopics(
  topics: readonly Pick<Topic, 'group' | 'name' | 'shortName'>[],
): (row: Named) => string | null {
  const names = new Map(
    topics.flatMap(({ group, name, shortName }) =>
      shortName === undefined ? [] : [[keyOf({ group, topic: name }), shortName] as const],
    ),
  );
  return (row) => names.get(keyOf(row)) ?? null;
}
