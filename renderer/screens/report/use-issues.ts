import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import type { Issue, IssuedPeriod } from '#shared/protocol/issues.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { useSession } from '#renderer/kit/context/console-context.tsx';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { readIssues } from './issues-api.ts';
import { keepList, keptList, type Reader } from './kept-issues.ts';
import { addressOf } from '#renderer/kit/summary/report-address.ts';

/** The issues of a period, as far as they are known. */
export interface Issues {
  /** Newest first; null until anything is known. */
  readonly issues: readonly Issue[] | null;
  /** True when the centre has said so itself and can be asked; else it is what was seen here before. */
  readonly isFresh: boolean;
  readonly error: ApiErrorKind | null;
  readonly add: (issue: Issue) => void;
}

type List = { readonly issues: readonly Issue[] };

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
  const client = useQueryClient();
  const { form, from, to } = request;
  const period: IssuedPeriod = { form, from, to };
  const key = ['issues', addressOf(period)];
  const kept = useQuery({
    queryKey: [...key, 'kept'],
    queryFn: reader === null ? skipToken : () => keptList(reader, period),
    staleTime: Infinity,
  });
  const isLive = useIsLive();
  const read = async (): Promise<CentreAnswer<List>> => {
    const answer = await readIssues(period);
    if (answer.ok && reader !== null) void keepList(reader, period, answer.value.issues);
    return answer;
  };
  const { value, error } = useCentreQuery(key, read, { enabled: isLive && reader !== null });
  const issues = value?.issues ?? kept.data ?? null;
  return {
    issues,
    isFresh: isLive && value !== null && error === null,
    error,
    add: (issue) => client.setQueryData<List>(key, { issues: [issue, ...(issues ?? [])] }),
  };
}
