import { useMemo } from 'react';
import type { Issue } from '#shared/protocol/issues.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { reportDiff, type ReportDiff } from '#shared/report/summary/report-diff.ts';
import { useSession, useStatus } from '#renderer/kit/context/console-context.tsx';
import { summaryKey, type ReportPlace } from '#renderer/kit/summary/report-address.ts';
import { useIssued, type Frozen, type IssuedState } from './use-issued.ts';
import { useIssues, type Issues } from './use-issues.ts';
import { useReport, type MadeReport } from '#renderer/kit/summary/use-report.ts';

/** How the summary on the screen stands to what was issued of it. */
export interface IssueView {
  readonly issues: Issues;
  /** The issue spoken of: the one the address names, else the newest; null where none is known. */
  readonly issue: Issue | null;
  /** How reading it goes. */
  readonly state: IssuedState | null;
  /** The issue on the screen; null when the summary is shown as it is now. */
  readonly frozen: Frozen | null;
  /** Differences to the summary now; null until both are at hand and this copy is whole. */
  readonly changes: Changes | null;
}

/** Two summaries of one period and the difference. */
export interface Changes {
  readonly diff: ReportDiff;
  readonly was: PeriodReport;
  readonly report: PeriodReport;
}

/**
 * The issues of the period on the screen, and how the one in question differs from the summary as it is now.
 */
export function useIssueView(request: ReportRequest, place: ReportPlace, made: MadeReport | null): IssueView {
  const { archiveComplete } = useStatus();
  const issues = useIssues(request);
  const { role } = useSession().account;
  const number = place.issue ?? issues.issues?.[0]?.number ?? null;
  const state = useIssued(request, number);
  const here = state?.kind === 'here' ? state.frozen : null;
  const like = useSameComparison(request, here);
  const other = useReport(like);
  const now = (like === null ? made : other)?.report ?? null;
  const changes = useMemo((): Changes | null => {
    // Half an archive would differ in everything and mean nothing.
    if (here === null || now === null || !archiveComplete) return null;
    // Observers' copies have no authors: what is counted by them differs for no reason.
    return { diff: reportDiff(here.report, now, role !== 'observer'), was: here.report, report: now };
  }, [here, now, role, archiveComplete]);
  return {
    issues,
    issue: here?.issue ?? issues.issues?.find((issue) => issue.number === number) ?? null,
    state,
    frozen: place.issue === null ? null : here,
    changes,
  };
}

/** The request as the issue compared, or null where the screen compares likewise. */
function useSameComparison(
  { form, from, to, compare }: ReportRequest,
  frozen: Frozen | null,
): ReportRequest | null {
  const shown = summaryKey({ form, from, to, ...(compare === undefined ? {} : { compare }) });
  const compared = frozen?.report.compared ?? null;
  return useMemo(() => {
    if (frozen === null) return null;
    const like = { form, from, to, ...(compared === null ? {} : { compare: compared }) };
    return summaryKey(like) === shown ? null : like;
  }, [frozen, compared, form, from, to, shown]);
}
