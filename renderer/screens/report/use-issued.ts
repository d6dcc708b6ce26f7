import { skipToken, useQuery } from '@tanstack/react-query';
import { must } from '#shared/domain/must.ts';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import type { Issue, Issued, IssuedPeriod } from '#shared/protocol/issues.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { readReportText } from '#shared/report/summary/report-text.ts';
import type { CentreAnswer } from '#renderer/kit/api/ask-centre.ts';
import { useCentreQuery } from '#renderer/kit/api/use-centre-query.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { readIssued } from './issues-api.ts';
import { keepIssued, keptIssued, type Reader } from './kept-issues.ts';
import { addressOf } from '#renderer/kit/summary/report-address.ts';
import { useReader } from './use-issues.ts';

/** An issued summary as it was frozen: its text, which the checksum is of, and what that says. */
export interface Frozen {
  readonly issue: Issue;
  readonly text: string;
  readonly report: PeriodReport;
}

export type IssuedState =
  | { readonly kind: 'reading' }
  | { readonly kind: 'here'; readonly frozen: Frozen }
  | { readonly kind: 'trouble'; readonly error: ApiErrorKind | 'never_seen' };

/**
 * One issue of a period; null when none is asked for. Read here when it was seen before, else from the
 * centre.
 */
export function useIssued({ form, from, to }: ReportRequest, number: number | null): IssuedState | null {
  const reader = useReader();
  const isLive = useIsLive();
  const period: IssuedPeriod = { form, from, to };
  const key = ['issued', addressOf(period), number];
  const isWanted = reader !== null && number !== null;
  const kept = useQuery({
    queryKey: [...key, 'kept'],
    queryFn: isWanted ? () => thawKept(reader, period, number) : skipToken,
    ...NEVER_STALE,
  });
  const read = (): Promise<CentreAnswer<Frozen>> =>
    readFrozen(must(reader, 'somebody who reads'), period, must(number, 'an issue to read'));
  const { value, error } = useCentreQuery(key, read, {
    enabled: isWanted && isLive && kept.data === null,
    refetchInterval: false,
    ...NEVER_STALE,
  });
  if (!isWanted) return null;
  const frozen = kept.data ?? value;
  if (frozen !== null) return { kind: 'here', frozen };
  if (kept.isPending) return { kind: 'reading' };
  if (!isLive) return { kind: 'trouble', error: 'never_seen' };
  return error === null ? { kind: 'reading' } : { kind: 'trouble', error };
}

/** An issue never changes. */
const NEVER_STALE = { staleTime: Infinity, structuralSharing: false } as const;

async function thawKept(reader: Reader, period: IssuedPeriod, number: number): Promise<Frozen | null> {
  const kept = await keptIssued(reader, period, number);
  return kept === null ? null : thawed(kept);
}

/** Reads an issue from the centre and keeps it here. */
async function readFrozen(
  reader: Reader,
  period: IssuedPeriod,
  number: number,
): Promise<CentreAnswer<Frozen>> {
  const answer = await readIssued(period, number);
  if (!answer.ok) return answer;
  const frozen = await thawed(answer.value);
  if (frozen === null) return { ok: false, error: 'damaged' };
  void keepIssued(reader, answer.value);
  return { ok: true, value: frozen };
}

/** Reads an issue, or null when its text is not what the checksum is of. */
async function thawed({ issue, body }: Issued): Promise<Frozen | null> {
  const sha256 = await checksumOf(body);
  if (sha256 !== null && sha256 !== issue.sha256) return null;
  try {
    return { issue, text: body, report: readReportText(body, issue) };
  } catch {
    return null;
  }
}

/** Null where the browser counts none: on a page that came over plain HTTP from another machine. */
async function checksumOf(text: string): Promise<string | null> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined) return null;
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
