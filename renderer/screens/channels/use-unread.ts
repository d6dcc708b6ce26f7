import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NETWORKS } from '#shared/domain/incident.ts';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import type { FoundOutside } from '#renderer/triage/register/use-register.ts';
import { readEventWords, settleEvent } from '#renderer/kit/api/channels-api.ts';
import type { UnreadEvent } from './unread-api.ts';

/** Actions on events that could not be read, and the form of registering they open. */
export interface UnreadWork {
  /** First values of the form of registering; null while it is closed. */
  readonly found: FoundOutside | null;
  readonly isBusy: boolean;
  /** Opens the form, filled with what can be found in the event. */
  readonly register: (unread: UnreadEvent) => void;
  /** Nobody says anything in it. */
  readonly putAway: (unread: UnreadEvent) => void;
  readonly close: () => void;
}

/** `onSettled` is called when an event no longer waits. */
export function useUnread(onSettled: () => void): UnreadWork {
  const { t } = useTranslation();
  const [found, setFound] = useState<FoundOutside | null>(null);
  const settle = async ({ page, event }: UnreadEvent, isRegistered: boolean): Promise<void> => {
    const answer = await settleEvent(page.id, event.key, isRegistered);
    if (!answer.ok) return tellTrouble(t(`error.${answer.error}`), t('common.close'));
    if (!isRegistered) tellDone(t('unread.putAwayDone'));
    onSettled();
  };
  const look = async (unread: UnreadEvent): Promise<void> => {
    const { page, event } = unread;
    const answer = await readEventWords(page.id, event.key);
    if (!answer.ok) return tellTrouble(t(`error.${answer.error}`), t('common.close'));
    const { text, author, at } = answer.value;
    const network = NETWORKS.find((known) => known === page.network) ?? 'other';
    const kind = /^(?:message|MESSAGE)/.test(event.kind) ? 'direct' : 'comment';
    setFound({
      name: `${page.id}.${event.key}`,
      fields: { text, author, createdAt: at, network, kind: network === 'other' ? 'other' : kind },
      onRegistered: () => void settle(unread, true),
    });
  };
  const looking = useMutation({ mutationFn: look });
  const puttingAway = useMutation({ mutationFn: (unread: UnreadEvent) => settle(unread, false) });
  return {
    found,
    isBusy: looking.isPending || puttingAway.isPending,
    register: looking.mutate,
    putAway: puttingAway.mutate,
    close: () => setFound(null),
  };
}
