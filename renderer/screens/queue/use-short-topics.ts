import { useMemo } from 'react';
import type { QueueRow } from '#renderer/data/store/console-store.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { topicLabel } from '#renderer/triage/fields/pickers.tsx';
import { shortTopics } from './short-topics.ts';

/** Gives a topic's name for a line of the queue: the short one where the dictionary has it. */
export function useShortTopics(): (row: Pick<QueueRow, 'group' | 'topic'>) => string {
  const { topics } = useReference();
  const shortOf = useMemo(() => shortTopics(topics), [topics]);
  return (row) => shortOf(row) ?? topicLabel(row.topic);
}
