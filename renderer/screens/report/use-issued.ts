import { useEffect, useState } from 'react';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import type { Issue, Issued, IssuedPeriod } from '#shared/protocol/issues.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import type { PeriodReport } from '#shared/report/summary/period-report.ts';
import { readReportText } from '#shared/report/summary/report-text.ts';
import { useIsLive } from '#renderer/kit/context/use-is-live.ts';
import { askIssued } from './issues-api.ts';
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

const READING: IssuedState = { kind: 'reading' };

/**
 * One issue of a period; null when none is asked for. Read here when it was seen before, else from the
 * centre.
 */
export function useIssued({ form, from, to }: ReportRequest, number: number | null): IssuedState | null {
  const reader = useReader();
  const isLive = useIsLive();
  const of = `${addressOf({ form, from, to })}|${number ?? ''}`;
  const [read, setRead] = useState<{ readonly of: string; readonly state: IssuedState }>({
    of: '',
    state: READING,
  });
  useEffect(() => {
    if (reader === null || number === null) return undefined;
    let isWanted = true;
    void find(reader, { form, from, to }, number, isLive).then((state) => {
      if (isWanted)
        setRead((before) => (before.of === of && before.state.kind === 'here' ? before : { of, state }));
    });
    return () => {
      isWanted = false;
    };
  }, [reader, form, from, to, number, isLive, of]);
  if (reader === null || number === null) return null;
  return read.of === of ? read.state : READING;
}

async function find(
  reader: Reader,
  period: IssuedPeriod,
  number: number,
  isLive: boolean,
): Promise<IssuedState> {
  const kept = await keptIssued(reader, period, number);
  if (kept !== null) {
    const frozen = await thawed(kept);
    if (frozen !== null) return { kind: 'here', frozen };
  }
  if (!isLive) return { kind: 'trouble', error: 'never_seen' };
  const answer = await askIssued(period, number);
  if (!answer.ok) return { kind: 'trouble', error: answer.error };
  const frozen = await thawed(answer.value);
  if (frozen === null) return { kind: 'trouble', error: 'damaged' };
  void keepIssued(reader, answer.value);
  return { kind: 'here', frozen };
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
