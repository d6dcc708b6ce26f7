import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NETWORKS } from '#shared/domain/incident.ts';
import { tellDone } from '#renderer/kit/toasts/toasts.tsx';
import type { FoundOutside } from '#renderer/triage/register/use-register.ts';
import { readEventWords, settleEvent } from '#renderer/kit/api/channels-api.ts';
import { useCentreAction } from '#renderer/kit/api/use-centre-action.ts';
import { memberOf } from '#renderer/kit/words/member-of.ts';
import type { UnreadEvent } from './unread-api.ts';

/** Actions on events that could not be read, and the form of registering they open. */
export interface UnreadWork {
  /** First values of the form of registering; null while it is closed. */
  readonly found: FoundOutside | null;
  readonly isBusy: boolean;
  /** Opens the form, filled with what can be found in the event. */
  readonly register: (unread: UnreadEvent) => void;
  /** Puts away an event in which no resident says anything. */
  readonly putAway: (unread: UnreadEvent) => void;
  readonly close: () => void;
}

/** `onSettled` is called when an event no longer waits. */
export function useUnread(onSettled: () => void): UnreadWork {
  const { t } = useTranslation();
  const [found, setFound] = useState<FoundOutside | null>(null);
  const recording = useCentreAction(
    ({ page, event }: UnreadEvent) => settleEvent(page.id, event.key, true),
    onSettled,
  );
  const puttingAway = useCentreAction(
    ({ page, event }: UnreadEvent) => settleEvent(page.id, event.key, false),
    () => {
      tellDone(t('unread.putAwayDone'));
      onSettled();
    },
  );
  const looking = useCentreAction(
    ({ page, event }: UnreadEvent) => readEventWords(page.id, event.key),
    ({ text, author, at }, unread) => {
      const { page, event } = unread;
      const network = memberOf(NETWORKS, page.network) ?? 'other';
      const kind = /^(?:message|MESSAGE)/.test(event.kind) ? 'direct' : 'comment';
      setFound({
        name: `${page.id}.${event.key}`,
        fields: { text, author, createdAt: at, network, kind: network === 'other' ? 'other' : kind },
        onRegistered: () => recording.run(unread),
      });
    },
  );
  return {
    found,
    isBusy: looking.isPending || puttingAway.isPending,
    register: looking.run,
    putAway: puttingAway.run,
    close: () => setFound(null),
  };
}
