import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Issue, Issued, IssuedPeriod, NewIssue } from '#shared/protocol/issues.ts';
import type { ReportRequest } from '#shared/report/facts/period.ts';
import { reportText } from '#shared/report/summary/report-text.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { reportOf } from './report-of.ts';

/** Who issues: the account, and its name as it will stand on paper. */
export interface Issuer {
  readonly account: string;
  readonly name: string;
}

const ISSUE_COLUMNS = [
  'form',
  'period_from as from',
  'period_to as to',
  'number',
  'at',
  'account_name as by',
  'remark',
  'sha256',
] as const;

/**
 * Makes the summary from the API's own rows and keeps it for good under the next number of its period. An id
 * that was issued before gives that issue again.
 */
export async function issueReport(
  db: Database,
  region: string,
  wanted: NewIssue,
  issuer: Issuer,
  at: Instant,
  onIssued: (tx: ScopedTransaction, issue: Issue) => Promise<void>,
): Promise<Issue> {
  const body = reportText(must(await reportOf(db, region, requestOf(wanted), at), 'a region with a session'));
  const sha256 = checksumOf(body);
  return withScope(db, { region, account: issuer.account }, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`issue:${region}`}, 0))`.execute(tx);
    const before = await tx
      .selectFrom('report_issue')
      .select(ISSUE_COLUMNS)
      .where('region_id', '=', region)
      .where('id', '=', wanted.id)
      .executeTakeFirst();
    if (before !== undefined) return before;
    const issue: Issue = {
      form: wanted.form,
      from: wanted.from,
      to: wanted.to,
      number: await nextNumber(tx, region, wanted),
      at,
      by: issuer.name,
      remark: wanted.remark,
      sha256,
    };
    await insert(tx, region, wanted.id, issuer.account, { issue, body });
    await onIssued(tx, issue);
    return issue;
  });
}

const requestOf = ({ form, from, to, compare }: NewIssue): ReportRequest => ({
  form,
  from,
  to,
  ...(compare === null ? {} : { compare }),
});

async function insert(
  tx: ScopedTransaction,
  region: string,
  id: string,
  account: string,
  { issue, body }: Issued,
): Promise<void> {
  const { form, from, to, number, at, by, remark, sha256 } = issue;
  await tx
    .insertInto('report_issue')
    .values({
      region_id: region,
      form,
      period_from: from,
      period_to: to,
      number,
      id,
      at,
      account,
      account_name: by,
      remark,
      body,
      sha256,
    })
    .execute();
}

async function nextNumber(tx: ScopedTransaction, region: string, period: IssuedPeriod): Promise<number> {
  const [newest] = await issuesIn(tx, region, period);
  return Math.max(newest?.number ?? 0, await lastLost(tx, region, period)) + 1;
}

/**
 * Reads above which number a period goes on, so that none is given twice: it may have been issued before the
 * database was put back, unless it began later.
 */
async function lastLost(tx: ScopedTransaction, region: string, { from }: IssuedPeriod): Promise<number> {
  const { rows } = await sql<{ base: number }>`select c.issue_base as base
    from sync_clock c join region r on r.region_id = c.region_id
    where c.region_id = ${region}
      and to_char(to_timestamp(c.put_back_at / 1000.0) at time zone r.time_zone, 'YYYY-MM-DD')
        >= ${from}`.execute(tx);
  return rows[0]?.base ?? 0;
}

const issuesIn = (
  tx: ScopedTransaction,
  region: string,
  { form, from, to }: IssuedPeriod,
): Promise<Issue[]> =>
  tx
    .selectFrom('report_issue')
    .select(ISSUE_COLUMNS)
    .where('region_id', '=', region)
    .where('form', '=', form)
    .where('period_from', '=', from)
    .where('period_to', '=', to)
    .orderBy('number', 'desc')
    .execute();

/** Reads the issues of a period, newest first. */
export const listIssues = (db: Database, region: string, period: IssuedPeriod): Promise<Issue[]> =>
  withScope(db, { region }, (tx) => issuesIn(tx, region, period));

/** One issue with its body, or null when there is none of that number. */
export async function readIssue(
  db: Database,
  region: string,
  { form, from, to }: IssuedPeriod,
  number: number,
): Promise<Issued | null> {
  const row = await withScope(db, { region }, (tx) =>
    tx
      .selectFrom('report_issue')
      .select([...ISSUE_COLUMNS, 'body'])
      .where('region_id', '=', region)
      .where('form', '=', form)
      .where('period_from', '=', from)
      .where('period_to', '=', to)
      .where('number', '=', number)
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  const { body, ...issue } = row;
  return { issue, body };
}

/** Tells whether a body is still, to the last character, what was issued. */
export const isIntact = ({ issue, body }: Issued): boolean => checksumOf(body) === issue.sha256;

const checksumOf = (body: string): string => createHash('sha256').update(body).digest('hex');
