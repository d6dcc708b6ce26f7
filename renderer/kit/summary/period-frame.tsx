import { useMemo, type ReactNode } from 'react';
import { useParams } from 'wouter';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { useReference } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { openingMonth, type MonthCount } from './months.ts';
import { PeriodPicker } from './period-picker.tsx';
import { requestAt } from './report-address.ts';
import classes from './report.module.css';
import { useMonths } from './use-months.ts';

/** The period that is looked at, the day it is, and the months that have messages. */
export interface ChosenPeriod {
  readonly request: ReportRequest;
  readonly today: LocalDate;
  readonly months: readonly MonthCount[];
}

/** The period an address names, or the month to open with; null until the months are counted. */
export function useChosenPeriod(): ChosenPeriod | null {
  const { '*': named = '' } = useParams<{ '*'?: string }>();
  const { zone } = useReference();
  const months = useMonths();
  const today = localTimeAt(zone, useNow()).date;
  const addressed = useMemo(() => requestAt(named, zone), [named, zone]);
  const opening = months === null ? null : openingMonth(months, today.slice(0, 7));
  const request = useMemo(
    () => addressed ?? (opening === null ? null : requestAt(opening, zone)),
    [addressed, opening, zone],
  );
  return request === null ? null : { request, today, months: months ?? [] };
}

interface PeriodFrameProps extends ChosenPeriod {
  readonly onPick: (request: ReportRequest) => void;
  readonly actions: ReactNode;
  readonly strip: ReactNode;
  /** Says which data this copy lacks; null when it is whole. */
  readonly missing: string | null;
  readonly children: ReactNode;
}

/**
 * A screen about a period: which one and what can be done with it above, what this copy lacks, and the rest.
 */
export const PeriodFrame = ({ onPick, actions, strip, missing, children, ...period }: PeriodFrameProps) => (
  <div className={classes['screen']} data-incomplete={missing === null ? undefined : ''}>
    <div className={classes['bar']}>
      <PeriodPicker {...period} onPick={onPick} />
      <div className={classes['actions']}>{actions}</div>
    </div>
    {strip}
    {missing !== null && (
      <p className={classes['missing']} role="status">
        {missing}
      </p>
    )}
    {children}
  </div>
);
