import { useEffect, useState } from 'react';
import type { BroadcastKit } from '#shared/report/kit/broadcast-kit.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { useStore } from '#renderer/kit/context/console-context.tsx';

/**
 * The kit of an agency for a period, from the local copy; null while it is being made, or when nobody was
 * chosen.
 */
export function useKit(request: ReportRequest, agency: string | null): BroadcastKit | null {
  const store = useStore();
  const [kit, setKit] = useState<BroadcastKit | null>(null);
  useEffect(() => {
    if (agency === null) return undefined;
    let isWanted = true;
    void store.broadcastKit(request, agency, Date.now()).then((made) => {
      if (isWanted) setKit(made);
    });
    return () => {
      isWanted = false;
    };
  }, [store, request, agency]);
  const isCurrent =
    kit?.agency === agency && kit.period.from === request.from && kit.period.to === request.to;
  return isCurrent ? kit : null;
}
