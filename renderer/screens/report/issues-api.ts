import { z } from 'zod';
import {
  issuedSchema,
  issueSchema,
  type Issue,
  type Issued,
  type IssuedPeriod,
  type NewIssue,
} from '#shared/protocol/issues.ts';
import { askBelow, type CentreAnswer } from '#renderer/kit/api/ask-centre.ts';

/** The API makes the summary before it answers; after an import it first counts what came. */
const ask = askBelow('/api/v1/issues', 60_000);

const query = ({ form, from, to }: IssuedPeriod): string => `?${new URLSearchParams({ form, from, to })}`;

/** Reads what was issued of a period, newest first. */
export const readIssues = (period: IssuedPeriod): Promise<CentreAnswer<{ issues: Issue[] }>> =>
  ask(query(period), z.object({ issues: z.array(issueSchema) }));

/** Reads one issue with its body. */
export const readIssued = (period: IssuedPeriod, number: number): Promise<CentreAnswer<Issued>> =>
  ask(`/${number}${query(period)}`, issuedSchema);

/** Has the centre make and keep the summary. Sent twice under one id, it issues once. */
export const sendIssue = (wanted: NewIssue): Promise<CentreAnswer<Issue>> =>
  ask('', issueSchema, { method: 'POST', body: wanted });
