import { useCallback, useEffect, useState } from 'react';
import type { QueueQuery } from '#renderer/data/store/console-store.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';

/** Conditions of the queue that name an entry of a directory. */
type Known = 'topics' | 'municipalities';

/**
 * Counts the messages, open and closed, that know an entry of a directory by its name on this workstation,
 * anew with every change; null until counted, and for a new one.
 */
export function useMessageCount(by: Known, name: string | null): number | null {
  const store = useStore();
  const [counted, setCounted] = useState<{ readonly name: string; readonly total: number } | null>(null);
  const refresh = useCallback(() => {
    if (name === null) return;
    const lanes = (['all', 'closed'] as const).map((lane) => {
      const query: QueueQuery = { ...FIRST_QUERY, lane, [by]: [name] };
      return store.queue(query, 0, 1);
    });
    void Promise.all(lanes).then((pages) =>
      setCounted({ name, total: pages.reduce((sum, { total }) => sum + total, 0) }),
    );
  }, [store, by, name]);
  useEffect(refresh, [refresh]);
  useStoreChange(refresh);
  return name !== null && counted?.name === name ? counted.total : null;
}
