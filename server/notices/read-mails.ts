import { sql } from 'kysely';
import { MAIL_PROBLEMS, type MailProblem } from '#shared/protocol/mail.ts';
import { MOST_MAILS, type MailLog, type SentMail } from '#shared/protocol/notices.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { MailRow } from './lease-mail.ts';

const problemOf = (problem: string | null): MailProblem | null =>
  MAIL_PROBLEMS.find((known) => known === problem) ?? null;

const mailOf = (row: MailRow): SentMail => ({
  id: row.id,
  account: row.account_id,
  kind: row.kind === 'invitation' ? 'invitation' : 'notices',
  state: row.state,
  madeAt: row.made_at,
  changedAt: row.changed_at,
  notBefore: row.not_before,
  attempts: row.attempts,
  problem: problemOf(row.problem),
  code: row.code,
});

const readMails = (tx: ScopedTransaction, region: string): Promise<MailRow[]> =>
  tx
    .selectFrom('mail')
    .selectAll()
    .where('region_id', '=', region)
    .where('way', '=', 'mail')
    .where('state', '<>', 'dropped')
    .orderBy(sql`state in ('dead', 'waiting')`, 'desc')
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .limit(MOST_MAILS)
    .execute();

interface Counts {
  readonly people: number;
  readonly reached: number;
  readonly last: number | null;
}

/** Reads what became of a region's mails, those that did not go out first, and how many people they reach. */
export const readSentMails = (db: Database, region: string): Promise<MailLog> =>
  withScope(db, { region }, async (tx) => {
    const { rows } = await sql<Counts>`
      select count(*) as people,
        count(*) filter (where c.address is not null and c.refused_at is null) as reached,
        (select max(changed_at) from mail
          where region_id = ${region} and way = 'mail' and state = 'sent') as last
      from account a left join notice_choice c on c.region_id = a.region_id and c.account_id = a.id
      where a.region_id = ${region} and not a.disabled`.execute(tx);
    const { people = 0, reached = 0, last = null } = rows[0] ?? {};
    return { mails: (await readMails(tx, region)).map(mailOf), people, reached, lastSentAt: last };
  });
