import { useCallback, useEffect, useRef, useState } from 'react';
import type { Instant } from '#shared/domain/instant.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import {
  useCentreTime,
  useReference,
  useStatus,
  useStore,
  useStoreChange,
} from '#renderer/kit/context/console-context.tsx';
import { summaryKey } from './report-address.ts';

/** A summary that was made, with what it was made of. */
export interface MadeReport {
  readonly request: ReportRequest;
  readonly report: PeriodReport;
}

/** Changes come in bursts; the sheet follows them at this pace. */
const FOLLOW_MS = 1200;

/**
 * The summary of a period, kept in step with the local copy; null while it is being made, and where none is
 * asked for.
 */
export function useReport(request: ReportRequest | null): MadeReport | null {
  const store = useStore();
  const reference = useReference();
  const asOf = useAsOf();
  const [made, setMade] = useState<MadeReport | null>(null);
  const [round, setRound] = useState(0);
  useStoreChange(usePaced(useCallback(() => setRound((count) => count + 1), [])));
  useEffect(() => {
    if (request === null) return undefined;
    let isWanted = true;
    void store.report(request, asOf()).then((report) => {
      if (isWanted) setMade({ request, report });
    });
    return () => {
      isWanted = false;
    };
    // A changed calendar or directory changes the summary too, though nothing here reads it.
  }, [store, request, round, asOf, reference]);
  return made !== null && request !== null && summaryKey(made.request) === summaryKey(request) ? made : null;
}

/** Moment up to which the local copy is current: now while connected, else the loss of the connection. */
function useAsOf(): () => Instant {
  const { connection } = useStatus();
  const centreTime = useCentreTime();
  const latest = useRef(connection);
  useEffect(() => {
    latest.current = connection;
  });
  return useCallback(
    () => (latest.current.state === 'offline' ? centreTime(latest.current.since) : centreTime()),
    [centreTime],
  );
}

/** Runs once for all changes of a stretch of time. */
function usePaced(run: () => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    },
    [],
  );
  return useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = null;
      run();
    }, FOLLOW_MS);
  }, [run]);
}
