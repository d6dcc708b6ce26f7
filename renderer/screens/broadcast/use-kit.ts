import { useEffect, useState } from 'react';
import type { BroadcastKit } from '#shared/report/kit/broadcast-kit.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { useCentreTime, useStore } from '#renderer/kit/context/console-context.tsx';

/**
 * The kit of an agency for a period, from the local copy; null while it is being made, or when nobody was
 * chosen.
 */
export function useKit(request: ReportRequest, agency: string | null): BroadcastKit | null {
  const store = useStore();
  const centreTime = useCentreTime();
  const [kit, setKit] = useState<BroadcastKit | null>(null);
  useEffect(() => {
    if (agency === null) return undefined;
    let isWanted = true;
    void store.broadcastKit(request, agency, centreTime()).then((made) => {
      if (isWanted) setKit(made);
    });
    return () => {
      isWanted = false;
    };
  }, [centreTime, store, request, agency]);
  const isCurrent =
    kit?.agency === agency && kit.period.from === request.from && kit.period.to === request.to;
  return isCurrent ? kit : null;
}
