import { useCallback, useEffect, useState } from 'react';
import type { TopicUse } from '#shared/domain/records/topic-surroundings.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { useReference, useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';

/**
 * Counts what knows a topic by its name on this workstation, anew with every change; null until counted, and
 * for a new one.
 */
export function useTopicUse(name: string | null): TopicUse | null {
  const store = useStore();
  const { routes, policies } = useReference();
  const now = useNow();
  const [counted, setCounted] = useState<{ readonly name: string; readonly total: number } | null>(null);
  const refresh = useCallback(() => {
    if (name === null) return;
    const lanes = (['all', 'closed'] as const).map((lane) =>
      store.queue({ ...FIRST_QUERY, lane, topics: [name] }, 0, 1),
    );
    void Promise.all(lanes).then((pages) =>
      setCounted({ name, total: pages.reduce((sum, { total }) => sum + total, 0) }),
    );
  }, [store, name]);
  useEffect(refresh, [refresh]);
  useStoreChange(refresh);
  if (name === null || counted?.name !== name) return null;
  const rules = [...routes, ...policies].filter(
    ({ topic, validTo }) => topic === name && (validTo ?? Infinity) > now,
  );
  return { incidents: counted.total, rules: rules.length };
}
