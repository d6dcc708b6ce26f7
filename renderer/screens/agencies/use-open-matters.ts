import { useCallback, useEffect, useState } from 'react';
import type { Matter } from '#shared/domain/split.ts';
import { useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';

/** Open incidents that are looked at: more than an agency of a region has at one time. */
const MOST = 20_000;

/** Steps of which an agency hands incidents over; replies of others are finished by whoever began them. */
const HANDED_OVER: ReadonlySet<string> = new Set(['assigned', 'in_progress', 'deferred']);

/** Reads what the open incidents of an agency are about, anew with every change; null until read. */
export function useOpenMatters(agency: string): readonly Matter[] | null {
  const store = useStore();
  const [matters, setMatters] = useState<readonly Matter[] | null>(null);
  const refresh = useCallback(() => {
    void store
      .queue({ ...FIRST_QUERY, lane: 'all', agencies: [agency] }, 0, MOST)
      .then(({ rows }) => setMatters(rows.filter(({ step }) => HANDED_OVER.has(step))));
  }, [store, agency]);
  useEffect(refresh, [refresh]);
  useStoreChange(refresh);
  return matters;
}
