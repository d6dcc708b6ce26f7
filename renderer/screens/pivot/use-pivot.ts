import { useEffect, useState } from 'react';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { periodsOf } from '#shared/report/facts/period.ts';
import { useReference, useStore } from '#renderer/kit/context/console-context.tsx';
import type { MadeReport } from '#renderer/kit/summary/use-report.ts';
import { pivotOf, type Axes, type Pivot } from './pivot.ts';

/**
 * The table of a period's messages; null while it is being counted. Counted anew whenever the period's
 * summary is.
 */
export function usePivot(
  request: ReportRequest,
  { rows, columns }: Axes,
  made: MadeReport | null,
): Pivot | null {
  const store = useStore();
  const { zone } = useReference();
  const [pivot, setPivot] = useState<{ readonly of: MadeReport; readonly pivot: Pivot } | null>(null);
  useEffect(() => {
    if (made === null) return undefined;
    let isWanted = true;
    const { start, end } = periodsOf(request, zone).period;
    void store.count(start, end, [rows, columns]).then((counted) => {
      if (isWanted) setPivot({ of: made, pivot: pivotOf(counted, { rows, columns }) });
    });
    return () => {
      isWanted = false;
    };
  }, [store, request, zone, rows, columns, made]);
  const shown = pivot?.pivot ?? null;
  const isOfThese = shown?.rows === rows && shown.columns === columns && pivot?.of.request === made?.request;
  return isOfThese ? shown : null;
}
