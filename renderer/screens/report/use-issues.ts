import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import type { Issue, IssuedPeriod } from '#shared/protocol/issues.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import { useNow } from '#renderer/kit/words/use-now.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { askIssues } from './issues-api.ts';
import { keepList, keptList, type Reader } from './kept-issues.ts';
import { addressOf } from '#renderer/kit/summary/report-address.ts';

/** What is known of a period's issues. */
export interface Issues {
  /** Newest first; null until anything is known. */
  readonly issues: readonly Issue[] | null;
  /**
   * Whether the centre has said so itself since the connection is there; else it is what was seen here
   * before.
   */
  readonly isFresh: boolean;
  readonly error: ApiErrorKind | null;
  readonly add: (issue: Issue) => void;
}

interface Read {
  readonly of: string;
  readonly issues: readonly Issue[] | null;
  readonly isFresh: boolean;
  readonly error: ApiErrorKind | null;
}

const NOTHING: Omit<Read, 'of'> = { issues: null, isFresh: false, error: null };

/** Who reads; null for executors, who see their own agency's summary alone and to whom none is issued. */
export function useReader(): Reader | null {
  const { account, region } = useSession();
  return useMemo(
    () => (account.role === 'executor' ? null : { region: region.code, account: account.id }),
    [account, region],
  );
}

/** Who may issue: those who answer for the numbers. */
export function useMayIssue(): boolean {
  const { role } = useSession().account;
  return role === 'approver' || role === 'administrator';
}

/** A period's issues: what was seen here at once, and every minute what the centre says. */
export function useIssues(request: ReportRequest): Issues {
  const reader = useReader();
  const isLive = useIsLive();
  const now = useNow();
  const of = addressOf(request);
  const { form, from, to } = request;
  const period = useMemo((): IssuedPeriod => ({ form, from, to }), [form, from, to]);
  const [read, setRead] = useState<Read>({ of, ...NOTHING });
  useEffect(() => {
    if (reader === null) return;
    void keptList(reader, period).then((kept) => {
      setRead((before) => (before.of === of && before.isFresh ? before : { ...NOTHING, of, issues: kept }));
    });
  }, [reader, period, of]);
  useEffect(() => {
    if (reader === null || !isLive) return undefined;
    let isWanted = true;
    void askIssues(period).then((answer) => {
      if (!isWanted) return;
      if (answer.ok) void keepList(reader, period, answer.value.issues);
      setRead((before) =>
        answer.ok
          ? { of, issues: answer.value.issues, isFresh: true, error: null }
          : { of, issues: before.of === of ? before.issues : null, isFresh: false, error: answer.error },
      );
    });
    return () => {
      isWanted = false;
    };
  }, [reader, period, of, isLive, now]);
  const add = useCallback(
    (issue: Issue) => setRead((before) => ({ ...before, issues: [issue, ...(before.issues ?? [])] })),
    [],
  );
  const known = read.of === of ? read : { of, ...NOTHING };
  return { issues: known.issues, isFresh: known.isFresh && isLive, error: known.error, add };
}
