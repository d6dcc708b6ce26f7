import { useCallback } from 'react';
import { claimantBefore, claimEnd } from '#shared/domain/claim.ts';
import { isRecordCommand } from '#shared/domain/record.ts';
import {
  useCentreTime,
  useConsole,
  useReference,
  useSession,
} from '#renderer/kit/context/console-context.tsx';
import { sessionMemory } from '#renderer/kit/context/session-memory.ts';
import { useDeputies } from '#renderer/kit/words/use-deputies.ts';
import type { GesturePart } from '#renderer/data/sync/outbox.ts';
import { ClaimAsks, type ClaimedByOther } from './claim-asks.ts';

const memoryOf = sessionMemory<ClaimAsks>();

/** The questions of the person who is signed in. */
export function useClaimAsks(): ClaimAsks {
  const memory = memoryOf(useConsole().hub);
  const asks = memory.get('') ?? new ClaimAsks();
  memory.set('', asks);
  return asks;
}

/**
 * Gives what stands before every gesture: `true` when no colleague has claimed what it is about, or when the
 * person, asked once for the whole gesture, says to act all the same. It goes by the claims that this
 * workstation knows of, so it works without a network too. Whoever stands in for the claimant is not asked.
 */
export function useMayAct(): (parts: readonly GesturePart[]) => Promise<boolean> {
  const { hub } = useConsole();
  const asks = useClaimAsks();
  const centreTime = useCentreTime();
  const { account } = useSession();
  const { regulation } = useReference();
  const { stoodForBy } = useDeputies();
  return useCallback(
    async (parts) => {
      const at = centreTime();
      const claimed = new Map<string, ClaimedByOther>();
      for (const { id, command } of parts) {
        if (isRecordCommand(command) || claimed.has(id)) continue;
        const incident = await hub.store.incident(id);
        if (incident === null) continue;
        const claimant = claimantBefore(incident, { actor: account, name: command.name, at, regulation });
        if (claimant === null || stoodForBy(account.id).some(({ id: absent }) => absent === claimant))
          continue;
        claimed.set(id, { incident, claimant, until: claimEnd(incident, regulation) ?? at });
      }
      return claimed.size === 0 || (await asks.ask([...claimed.values()]));
    },
    [account, asks, centreTime, hub, regulation, stoodForBy],
  );
}
