import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import {
  BOT_MESSAGE_KINDS,
  BOT_PROBLEMS,
  MOST_BOT_MESSAGES,
  type BotMessage,
  type BotSettings,
  type BotsView,
} from '#shared/protocol/bot-notices.ts';
import { changeBetween } from '#server/accounts/audit-change.ts';
import { writeAudit, type AuditOrigin } from '#server/accounts/audit.ts';
import type { MailRow } from '#server/notices/lease-mail.ts';
import { withScope, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { readCentreBots } from './own-bot.ts';

const messageOf = (row: MailRow): BotMessage => ({
  id: row.id,
  account: row.account_id,
  kind: BOT_MESSAGE_KINDS.find((kind) => kind === row.kind) ?? 'notices',
  state: row.state,
  changedAt: row.changed_at,
  notBefore: row.not_before,
  problem: BOT_PROBLEMS.find((problem) => problem === row.problem) ?? null,
});

const readMessages = (tx: ScopedTransaction, region: string): Promise<MailRow[]> =>
  tx
    .selectFrom('mail')
    .selectAll()
    .where('region_id', '=', region)
    .where('way', '=', 'bot')
    .where('state', '<>', 'dropped')
    .orderBy(sql`state in ('dead', 'waiting')`, 'desc')
    .orderBy('changed_at', 'desc')
    .orderBy('id')
    .limit(MOST_BOT_MESSAGES)
    .execute();

/** Reads how a centre's bots tell people, and what became of their messages. */
export async function viewBots(db: Database, region: string): Promise<BotsView> {
  const { settings, bots } = await readCentreBots(db, region);
  return withScope(db, { region }, async (tx) => {
    const { rows } = await sql<{ tied: number }>`select count(*) as tied from notice_bot b
      join account a on a.region_id = b.region_id and a.id = b.account_id and not a.disabled
      where b.region_id = ${region} and b.peer is not null and b.ended is null`.execute(tx);
    const messages = (await readMessages(tx, region)).map(messageOf);
    return { settings, bots: [...bots], tied: Number(rows[0]?.tied ?? 0), messages };
  });
}

/**
 * Changes how a centre's bots tell people, with a line in the audit log. False where nobody has said how
 * notices go out at all: language, links and quiet hours are those of the mails.
 */
export const changeBots = (
  db: Database,
  region: string,
  { isOn, hint }: BotSettings,
  { by, now, ...origin }: AuditOrigin & { readonly by: string; readonly now: Instant },
): Promise<boolean> =>
  withScope(db, { region }, async (tx) => {
    const row = await tx
      .selectFrom('mail_setting')
      .select(['is_on', 'bots_on', 'bot_hint'])
      .where('region_id', '=', region)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) return false;
    // Whatever was before is nobody's news.
    const start = {
      seen_v: sql<number>`(select v from sync_clock where region_id = ${region})`,
      told_since: now,
    };
    await tx
      .updateTable('mail_setting')
      .set({ bots_on: isOn, bot_hint: hint, ...(isOn && !row.bots_on && !row.is_on ? start : {}) })
      .where('region_id', '=', region)
      .execute();
    const change = changeBetween(
      { botsOn: row.bots_on, botHint: row.bot_hint },
      { botsOn: isOn, botHint: hint },
    );
    const detail = { kind: 'mail', id: 'bots', ...change };
    if (Object.keys(change.after).length > 0)
      await writeAudit(tx, region, { at: now, actor: by, ...origin, action: 'setting_changed', detail });
    return true;
  });
