import { useMemo } from 'react';
import type { QueueRow } from '#renderer/data/store/console-store.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';

type Named = Pick<QueueRow, 'group' | 'topic'>;

const keyOf = ({ group, topic }: Named): string => JSON.stringify([group, topic]);

/** Gives a topic's name for a line of the queue: the short one where the dictionary has it. */
export function useShortTopics(): (row: Named) => string {
  const { topics } = useReference();
  const names = useMemo(
    () =>
      new Map(
        topics.flatMap(({ group, name, shortName }) =>
          shortName === undefined ? [] : [[keyOf({ group, topic: name }), shortName] as const],
        ),
      ),
    [topics],
  );
  return (row) => names.get(keyOf(row)) ?? topicLabel(row.topic);
}
