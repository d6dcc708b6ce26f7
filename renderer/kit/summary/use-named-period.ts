import { useMemo } from 'react';
import { useParams } from 'wouter';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { requestAt } from './report-address.ts';

/** Reads the period that the end of the address names, as `2022-01`; this month where it names none. */
export function useNamedPeriod(): ReportRequest | null {
  const { '*': named = '' } = useParams<{ '*'?: string }>();
  const { zone } = useReference();
  const month = localTimeAt(zone, useNow()).date.slice(0, 7);
  return useMemo(() => requestAt(named, zone) ?? requestAt(month, zone), [named, zone, month]);
}
