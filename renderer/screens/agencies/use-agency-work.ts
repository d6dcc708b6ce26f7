import { useCallback, useEffect, useState } from 'react';
import type { AgencyWork } from '#shared/domain/records/surroundings.ts';
import { useReference, useStore, useStoreChange } from '#renderer/kit/context/console-context.tsx';
import type { QueueQuery } from '#renderer/data/store/console-store.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { useNow } from '#renderer/kit/words/use-now.ts';

/** Everything open, whoever has it. */
const OPEN: QueueQuery = { ...FIRST_QUERY, lane: 'all' };

/** All that hangs on an agency on this workstation. */
export interface AgencyHold extends AgencyWork {
  /** Accounts of people who work there. */
  readonly people: number;
}

/** Counts what hangs on an agency, anew with every change; null until counted, and for a new one. */
export function useAgencyWork(id: string | null): AgencyHold | null {
  const store = useStore();
  const { routes, accounts } = useReference();
  const now = useNow();
  const [counted, setCounted] = useState<{ readonly id: string; readonly total: number } | null>(null);
  const refresh = useCallback(() => {
    if (id === null) return;
    void store.queue({ ...OPEN, agencies: [id] }, 0, 1).then(({ total }) => setCounted({ id, total }));
  }, [store, id]);
  useEffect(refresh, [refresh]);
  useStoreChange(refresh);
  if (id === null || counted?.id !== id) return null;
  const live = routes.filter((route) => route.agency === id && (route.validTo ?? Infinity) > now);
  const people = accounts.filter(({ agency, dismissed }) => agency === id && dismissed !== true);
  return { incidents: counted.total, routes: live.length, people: people.length };
}
