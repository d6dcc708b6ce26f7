import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NETWORKS } from '#shared/domain/incident.ts';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import type { FoundOutside } from '#renderer/triage/register/use-register.ts';
import { readEventWords, settleEvent } from '#renderer/kit/api/channels-api.ts';
import type { UnreadEvent } from './unread-api.ts';

/** What a person does with an event that could not be read. */
export interface UnreadWork {
  /** What the form of registering begins with while it is open. */
  readonly found: FoundOutside | null;
  readonly isBusy: boolean;
  /** Opens the form, filled with what can be found in the event. */
  readonly register: (unread: UnreadEvent) => Promise<void>;
  /** Nobody says anything in it. */
  readonly putAway: (unread: UnreadEvent) => Promise<void>;
  readonly close: () => void;
}

/** `onSettled` is called when an event no longer waits. */
export function useUnread(onSettled: () => void): UnreadWork {
  const { t } = useTranslation();
  const [found, setFound] = useState<FoundOutside | null>(null);
  const [isBusy, setBusy] = useState(false);
  const settle = async ({ page, event }: UnreadEvent, isRegistered: boolean): Promise<void> => {
    const answer = await settleEvent(page.id, event.key, isRegistered);
    if (!answer.ok) return tellTrouble(t(`error.${answer.error}`), t('common.close'));
    if (!isRegistered) tellDone(t('unread.putAwayDone'));
    onSettled();
  };
  const register = async (unread: UnreadEvent): Promise<void> => {
    const { page, event } = unread;
    setBusy(true);
    const answer = await readEventWords(page.id, event.key);
    setBusy(false);
    if (!answer.ok) return tellTrouble(t(`error.${answer.error}`), t('common.close'));
    const { text, author, at } = answer.value;
    const network = NETWORKS.find((one) => one === page.network) ?? 'other';
    const kind = /^(?:message|MESSAGE)/.test(event.kind) ? 'direct' : 'comment';
    setFound({
      name: `${page.id}.${event.key}`,
      fields: { text, author, createdAt: at, network, kind: network === 'other' ? 'other' : kind },
      onRegistered: () => void settle(unread, true),
    });
  };
  const putAway = async (unread: UnreadEvent): Promise<void> => {
    setBusy(true);
    await settle(unread, false);
    setBusy(false);
  };
  return { found, isBusy, register, putAway, close: () => setFound(null) };
}
