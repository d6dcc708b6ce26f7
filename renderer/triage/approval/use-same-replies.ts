import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOwnReply, openReply, type Incident } from '#shared/domain/incident.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import {
  useCentreTime,
  useProfile,
  useReference,
  useSession,
  useStore,
} from '#renderer/kit/context/console-context.tsx';
import { countHandled } from '#renderer/kit/preferences/shift.ts';
import { tellDone, tellTrouble } from '#renderer/kit/toasts/toasts.tsx';
import { useRefusalWords } from '#renderer/kit/words/use-refusal-words.ts';
import { useWhen } from '#renderer/kit/words/use-words.ts';
import { useNumberWords } from '#renderer/triage/acts/use-number-words.ts';
import { useStoring } from '#renderer/triage/acts/use-command.ts';

import { useKeepPace } from './use-keep-pace.ts';

/** Reads the other replies on approval that say the same, but those the person may not approve. */
function useRead(incident: Incident): () => Promise<readonly Incident[]> {
  const store = useStore();
  const { account } = useSession();
  const { ownApproval } = useReference().regulation;
  return useCallback(async () => {
    const same = await store.sameReplies(incident.id);
    return same.filter((other) => ownApproval === 'allowed' || !isOwnReply(other, account));
  }, [store, incident.id, ownApproval, account]);
}

/** Other incidents whose reply waits for approval and says the same as this one's. */
export interface SameReplies {
  /** As they were when the card was drawn, or read last. */
  readonly others: readonly Incident[];
  readonly readAgain: () => Promise<readonly Incident[]>;
}

/** Gives the replies that say the same as this incident's, read when its card comes and when asked. */
export function useSameReplies(incident: Incident): SameReplies {
  const read = useRead(incident);
  const [others, setOthers] = useState<readonly Incident[]>([]);
  const readAgain = useCallback(async () => {
    const found = await read();
    setOthers(found);
    return found;
  }, [read]);
  useEffect(() => {
    let isCurrent = true;
    void read().then((found) => {
      if (isCurrent) setOthers(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [read, incident.version]);
  return { others, readAgain };
}

/**
 * Approves the replies of several incidents in one act, each by a command of its own about the submission
 * that was shown; one that is refused holds no other back and is named. Gives the ids of those approved.
 */
export function useApproveTogether(): (incidents: readonly Incident[]) => Promise<ReadonlySet<string>> {
  const { t } = useTranslation();
  const store = useStore();
  const storing = useStoring();
  const wordsOf = useRefusalWords();
  const numberOf = useNumberWords();
  const centreTime = useCentreTime();
  const profile = useProfile();
  const when = useWhen();
  const keepPace = useKeepPace();
  return async (incidents) => {
    const parts = incidents.map((incident) => {
      const args = { text: openReply(incident)?.text ?? '', submission: submissionOf(incident) };
      return { id: incident.id, command: { name: 'approve', args } as const };
    });
    const results = await storing(() => store.dispatchTogether(parts, 'rest'));
    const approved = new Set<string>();
    results?.forEach((result, index) => {
      const incident = incidents[index] ?? null;
      if (result.ok) {
        approved.add(incident?.id ?? '');
        countHandled(profile, centreTime(), when);
        return;
      }
      const why = wordsOf(result.refusal);
      tellTrouble(t('approval.together.refused', { about: numberOf(incident), why }), t('common.close'));
    });
    keepPace(incidents.filter(({ id }) => approved.has(id)));
    if (approved.size > 0) tellDone(t('approval.together.done', { count: approved.size }));
    return approved;
  };
}
