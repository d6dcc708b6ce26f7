import { z } from 'zod';
import type { ApiErrorKind } from '#shared/protocol/errors.ts';
import {
  issuedSchema,
  issueSchema,
  type Issue,
  type Issued,
  type IssuedPeriod,
  type NewIssue,
} from '#shared/protocol/issues.ts';
import { errorOf } from '#renderer/import/import-api.ts';

/** What the API said, or the kind of error whose sentence the person reads. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ApiErrorKind };

const PATH = '/api/v1/issues';
/** The API makes the summary before it answers; after an import it first counts what came. */
const TIMEOUT_MS = 60_000;

async function ask<T>(path: string, schema: z.ZodType<T>, init: RequestInit = {}): Promise<Answer<T>> {
  try {
    const response = await fetch(`${PATH}${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok) return { ok: false, error: await errorOf(response) };
    return { ok: true, value: schema.parse(await response.json()) };
  } catch {
    return { ok: false, error: 'unavailable' };
  }
}

const query = ({ form, from, to }: IssuedPeriod): string => `?${new URLSearchParams({ form, from, to })}`;

/** What was issued of a period, newest first. */
export const askIssues = (period: IssuedPeriod): Promise<Answer<{ issues: Issue[] }>> =>
  ask(query(period), z.object({ issues: z.array(issueSchema) }));

/** One issue with its body. */
export const askIssued = (period: IssuedPeriod, number: number): Promise<Answer<Issued>> =>
  ask(`/${number}${query(period)}`, issuedSchema);

/** Has the centre make and keep the summary. Sent twice under one id, it issues once. */
export const sendIssue = (wish: NewIssue): Promise<Answer<Issue>> =>
  ask('', issueSchema, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(wish),
  });
