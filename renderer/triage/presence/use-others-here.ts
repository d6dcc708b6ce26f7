import { useEffect, useState } from 'react';
import {
  BEAT_MS,
  PRESENT_ROLES,
  presenceSchema,
  type OtherAtCard,
  type PresenceState,
} from '#shared/protocol/presence.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { askCentre } from '#renderer/kit/api/ask-centre.ts';
import { isWriting } from './writing.ts';

/** A card looked at for less than this, ms, is passed by: the arrow keys run over many. */
const STAY_MS = 700;

const NOBODY: readonly OtherAtCard[] = [];

/** Null where the API is of an earlier release and knows no such thing. */
async function tellPresence(incident: string, state: PresenceState): Promise<readonly OtherAtCard[] | null> {
  const answer = await askCentre('/api/v1/presence', presenceSchema, {
    method: 'POST',
    body: { incident, state },
    timeoutMs: BEAT_MS,
  });
  if (answer.ok) return answer.value.others;
  return answer.error === 'not_found' ? null : NOBODY;
}

/**
 * Tells the centre, while a card is on the screen, that this person is there, and gives who else is. Nobody
 * without the network: what was known then is of no use.
 */
export function useOthersHere(incident: string): readonly OtherAtCard[] {
  const { account } = useSession();
  const isLive = useIsLive();
  const [heard, setHeard] = useState({ incident, others: NOBODY });
  const isToTell = isLive && PRESENT_ROLES.includes(account.role);
  useEffect(() => {
    if (!isToTell) return undefined;
    let isHere = true;
    let hasTold = false;
    let timer: ReturnType<typeof setTimeout>;
    const beat = async (): Promise<void> => {
      if (!document.hidden) {
        hasTold = true;
        const others = await tellPresence(incident, isWriting(incident) ? 'writing' : 'reading');
        if (!isHere || others === null) return;
        setHeard({ incident, others });
      }
      timer = setTimeout(() => void beat(), BEAT_MS);
    };
    timer = setTimeout(() => void beat(), STAY_MS);
    return () => {
      isHere = false;
      clearTimeout(timer);
      if (hasTold) void tellPresence(incident, 'gone');
    };
  }, [incident, isToTell]);
  return isToTell && heard.incident === incident ? heard.others : NOBODY;
}
