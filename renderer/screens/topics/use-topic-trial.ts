import { useState } from 'react';
import { workHolderAt, type Agency } from '#shared/domain/directory.ts';
import type { Topic } from '#shared/domain/dictionary.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { regionDictionary } from '#shared/domain/region-dictionary.ts';
import { RouteBook } from '#shared/domain/route-book.ts';
import { tryTopics, type TopicTrial } from '#shared/domain/topic-trial.ts';
import { useCentreTime, useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import { lastMonth } from '#renderer/kit/words/last-month.ts';

/** Tries a dictionary as it will be at a moment on the messages of last month, read off this copy. */
export function useTopicTrial() {
  const store = useStore();
  const { topics, routes, agencies, zone } = useReference();
  const centreTime = useCentreTime();
  const [result, setResult] = useState<TopicTrial | null>(null);
  const [isRunning, setRunning] = useState(false);
  const run = async (changed: readonly Topic[], at: Instant): Promise<void> => {
    setRunning(true);
    const now = centreTime();
    const { start, end } = lastMonth(zone, now);
    const messages = await store.triedMessages(start, end);
    const ids = new Set(changed.map(({ id }) => id));
    const dictionary = regionDictionary([...topics.filter(({ id }) => !ids.has(id)), ...changed]);
    const byId = new Map<string, Agency>(agencies.map((agency) => [agency.id, agency]));
    const book = new RouteBook(routes, (agency, matter) => workHolderAt(byId, agency, matter, at));
    setResult(tryTopics(messages, { dictionary, at, routes: book, now }));
    setRunning(false);
  };
  return { result, isRunning, run };
}
