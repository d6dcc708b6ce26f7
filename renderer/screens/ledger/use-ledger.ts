import { useEffect, useState } from 'react';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PromiseLedger } from '#shared/report/kit/promise-ledger.ts';
import { useCentreTime, useStore } from '#renderer/kit/context/console-context.tsx';

/** The ledger of a period, from the local copy; null while it is being made. */
export function useLedger(request: ReportRequest): PromiseLedger | null {
  const store = useStore();
  const centreTime = useCentreTime();
  const [ledger, setLedger] = useState<PromiseLedger | null>(null);
  useEffect(() => {
    let isWanted = true;
    void store.promiseLedger(request, centreTime()).then((made) => {
      if (isWanted) setLedger(made);
    });
    return () => {
      isWanted = false;
    };
  }, [centreTime, store, request]);
  const isCurrent = ledger?.period.from === request.from && ledger.period.to === request.to;
  return isCurrent ? ledger : null;
}
