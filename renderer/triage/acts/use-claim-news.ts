import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { doneOverClaim } from '#shared/domain/claim.ts';
import {
  useConsole,
  useReference,
  useSession,
  useStoreChange,
} from '#renderer/kit/context/console-context.tsx';
import { personName } from '#renderer/kit/context/reference.ts';
import { sessionMemory } from '#renderer/kit/context/session-memory.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import type { StoreChange } from '#renderer/data/sync/sync-status.ts';
import { useNumberWords } from './use-number-words.ts';

/** A change of more rows than this is a copy that catches up: its incidents say it on their cards. */
const MOST_TOLD = 20;

const toldOf = sessionMemory<number>();

/** Tells an operator what colleagues do to an incident that he has claimed, as the feed brings it. */
export function useClaimNews(): void {
  const { t } = useTranslation();
  const { hub } = useConsole();
  const { account } = useSession();
  const reference = useReference();
  const numberOf = useNumberWords();
  const [, goTo] = useLocation();
  const tell = useCallback(
    async ({ incidents }: StoreChange) => {
      if (incidents === 'all' || incidents.length > MOST_TOLD) return;
      const told = toldOf(hub);
      const isPerson = (id: string): boolean => reference.accounts.some((person) => person.id === id);
      for (const id of incidents) {
        const incident = await hub.store.incident(id);
        if (incident === null) continue;
        const done = doneOverClaim(incident, account.id, isPerson);
        const last = done.at(-1);
        const before = told.get(id) ?? 0;
        told.set(id, done.length);
        if (last === undefined || done.length <= before) continue;
        tellDone(
          t('claimed.told', {
            about: numberOf(incident),
            name: personName(reference, last.by),
            act: t(`history.${last.event}`),
          }),
          { label: t('action.open'), run: () => goTo(`/incident/${id}`) },
          `claimed: ${id}`,
        );
      }
    },
    [account.id, goTo, hub, numberOf, reference, t],
  );
  useStoreChange(useCallback((change: StoreChange) => void tell(change), [tell]));
}
