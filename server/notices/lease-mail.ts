import type { Selectable } from 'kysely';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { BotProblem } from '#shared/protocol/bot-notices.ts';
import type { MailOutcome } from '#shared/protocol/mail.ts';
import { isForGood } from '#server/mail/smtp-failure.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { MailTable, NoticeWay } from '#server/store/mail-tables.ts';

/** A mail, or a bot's message, on its way. */
export type MailRow = Selectable<MailTable>;

/** Outcome of a bot's message: its network took it, or why not, and how long it asks to wait. */
export interface BotOutcome {
  readonly problem: BotProblem | null;
  readonly ms?: number;
}

/** Pauses after failed attempts, some two days in all; after the last one only a person tries again. */
const PAUSES = [1, 5, 15, 60, 180, 360, 720, 1440].map((minutes) => minutes * MS_PER_MINUTE);
/**
 * A sender that says nothing for so long is dead, for no mail may take half of it. Its mail goes out again
 * under the same Message-ID: rather twice than never.
 */
const STUCK_MS = 5 * MS_PER_MINUTE;
/** A refused login is not tried by every mail, or the mail server would lock it. */
const LOGIN_PAUSE_MS = 15 * MS_PER_MINUTE;

/** Tells whether the mail server refused the login a moment ago, by the settings as they are now. */
async function isHeldBack(tx: ScopedTransaction, region: string, now: Instant): Promise<boolean> {
  const found = await tx
    .selectFrom('mail as m')
    .innerJoin('mail_setting as s', 's.region_id', 'm.region_id')
    .select('m.id')
    .where('m.region_id', '=', region)
    .where('m.problem', '=', 'login_refused')
    .where('m.changed_at', '>', now - LOGIN_PAUSE_MS)
    .whereRef('m.changed_at', '>=', 's.changed_at')
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

const ofMail = (region: string, id: string) => ({ region_id: region, id });

async function set(tx: ScopedTransaction, mail: Pick<MailRow, 'region_id' | 'id'>, fields: Partial<MailRow>) {
  await tx
    .updateTable('mail')
    .set(fields)
    .where('region_id', '=', mail.region_id)
    .where('id', '=', mail.id)
    .execute();
}

/** Mails whose sender died are in the queue again. */
const revive = (tx: ScopedTransaction, region: string, now: Instant): Promise<unknown> =>
  tx
    .updateTable('mail')
    .set({ state: 'queued', changed_at: now })
    .where('region_id', '=', region)
    .where('state', '=', 'sending')
    .where('changed_at', '<=', now - STUCK_MS)
    .execute();

/**
 * Takes the next mail whose time has come, marked as being sent. What its person is to be told of goes into
 * it once, at the first attempt: a repeat says what the first one said.
 */
export const leaseMail = (
  db: Database,
  region: string,
  { way, kinds }: { readonly way: NoticeWay; readonly kinds: readonly MailRow['kind'][] },
  now: Instant,
): Promise<MailRow | null> =>
  withScope(db, { region }, async (tx) => {
    if (kinds.length === 0 || (way === 'mail' && (await isHeldBack(tx, region, now)))) return null;
    await revive(tx, region, now);
    const row = await tx
      .selectFrom('mail')
      .selectAll()
      .where('region_id', '=', region)
      .where('state', 'in', ['queued', 'waiting'])
      .where('way', '=', way)
      .where('kind', 'in', kinds)
      .where('not_before', '<=', now)
      .orderBy('not_before')
      .orderBy('id')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return null;
    const leased = { ...row, state: 'sending' as const, changed_at: now, attempts: row.attempts + 1 };
    await set(tx, row, { state: leased.state, changed_at: now, attempts: leased.attempts });
    if (row.kind === 'notices' && row.attempts === 0)
      await tx
        .updateTable('notice')
        .set({ mail_id: row.id })
        .where('region_id', '=', region)
        .where('account_id', '=', row.account_id)
        .where('way', '=', way)
        .where('mail_id', 'is', null)
        .execute();
    return leased;
  });

/** How an attempt ended. `ms`: what the other side asks to wait for at least. */
interface AttemptEnd {
  readonly problem: string | null;
  readonly isForGood: boolean;
  readonly ms?: number;
}

function stateAfter({ problem, isForGood: isOver, ms = 0 }: AttemptEnd, attempts: number, now: Instant) {
  if (problem === null) return { state: 'sent' as const };
  const usual = isOver ? undefined : PAUSES[attempts - 1];
  const pause = usual === undefined ? undefined : Math.max(usual, ms);
  return pause === undefined
    ? { state: 'dead' as const }
    : { state: 'waiting' as const, not_before: now + pause };
}

/**
 * Notes what became of a mail. An address that was refused for good gets no more: whoever gives it anew, or
 * sends the mail again, says that it is right.
 */
export const finishMail = (db: Database, mail: MailRow, outcome: MailOutcome, now: Instant): Promise<void> =>
  withScope(db, { region: mail.region_id }, async (tx) => {
    const { problem, code } = outcome;
    const end = { problem, isForGood: problem !== null && isForGood(problem) };
    await set(tx, mail, { ...stateAfter(end, mail.attempts, now), problem, code, changed_at: now });
    if (problem === 'address_refused')
      await tx
        .updateTable('notice_choice')
        .set({ refused_at: now })
        .where('region_id', '=', mail.region_id)
        .where('account_id', '=', mail.account_id)
        .execute();
  });

/** Notes what became of a bot's message. A chat that the bot is shut out of gets no more. */
export const finishBotMessage = (
  db: Database,
  mail: MailRow,
  outcome: BotOutcome,
  now: Instant,
): Promise<void> =>
  withScope(db, { region: mail.region_id }, async (tx) => {
    const { problem } = outcome;
    const end = { ...outcome, isForGood: problem === 'blocked' };
    await set(tx, mail, { ...stateAfter(end, mail.attempts, now), problem, changed_at: now });
    if (problem === 'blocked')
      await tx
        .updateTable('notice_bot')
        .set({ ended: 'blocked', ended_at: now, changed_at: now })
        .where('region_id', '=', mail.region_id)
        .where('account_id', '=', mail.account_id)
        .where('ended', 'is', null)
        .execute();
  });

/** Puts a mail away that has nothing to say any more. */
export const dropMail = (db: Database, mail: MailRow, now: Instant): Promise<void> =>
  withScope(db, { region: mail.region_id }, (tx) => set(tx, mail, { state: 'dropped', changed_at: now }));

/** Has a mail that waits, or was given up, sent from the beginning. False when there is none. */
export const resendMail = (db: Database, region: string, id: string, now: Instant): Promise<boolean> =>
  withScope(db, { region }, async (tx) => {
    const row = await tx
      .selectFrom('mail')
      .selectAll()
      .where('region_id', '=', region)
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'dead'])
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return false;
    // One attempt counts as made: what goes into the mail was settled then.
    const attempts = Math.min(row.attempts, 1);
    await set(tx, ofMail(region, id), { state: 'queued', attempts, not_before: now, changed_at: now });
    if (row.way === 'bot') return true;
    await tx
      .updateTable('notice_choice')
      .set({ refused_at: null })
      .where('region_id', '=', region)
      .where('account_id', '=', row.account_id)
      .execute();
    return true;
  });
