import { v7 as uuidv7 } from 'uuid';
import type { Instant } from '#shared/domain/instant.ts';
import type { BotEnd } from '#shared/protocol/bot-notices.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { BOT_CODE_MS, botCodeHash, type BotWord } from '#server/channels/networks/bot-word.ts';
import type { Page } from '#server/channels/networks/connector.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** A word to a page's bot, and who said it. */
export interface HeardWord {
  readonly page: Pick<Page, 'region' | 'id' | 'network'>;
  /** The chat, as a reply's target names it. */
  readonly peer: string;
  /** The person's name in the network. */
  readonly called: string;
  readonly word: BotWord;
}

const LONGEST_NAME = 200;

/** Has the bot say once what came of a person's word. */
async function answer(
  tx: ScopedTransaction,
  { region }: HeardWord['page'],
  account: string,
  kind: 'linked' | 'stopped',
  now: Instant,
): Promise<void> {
  const times = { made_at: now, not_before: now, changed_at: now };
  const row = { id: uuidv7(), way: 'bot', kind, state: 'queued', ordered_by: '' } as const;
  await tx
    .insertInto('mail')
    .values({ region_id: region, account_id: account, ...row, ...times })
    .execute();
}

/** Writes down that a person's bot has changed by what they said to it. */
async function tell(
  tx: ScopedTransaction,
  { page }: HeardWord,
  account: string,
  now: Instant,
  isTied: boolean,
): Promise<void> {
  const [before, after] = isTied ? [null, page.network] : [page.network, null];
  const detail = { account, before: { noticesBot: before }, after: { noticesBot: after } };
  const line = { at: now, actor: account, address: '', device: page.network, detail };
  await writeAudit(tx, page.region, { ...line, action: 'notices_changed' });
}

/** Ties a chat to the person whose code was sent from it. A code that is nobody's, or old, does nothing. */
async function tie(tx: ScopedTransaction, heard: HeardWord, code: string, now: Instant): Promise<void> {
  const { page, peer, called } = heard;
  const row = await tx
    .updateTable('notice_bot')
    .set({
      channel_id: page.id,
      peer,
      called: called.slice(0, LONGEST_NAME).toWellFormed(),
      tied_at: now,
      ended: null,
      ended_at: null,
      code_hash: null,
      code_at: null,
      changed_at: now,
    })
    .where('region_id', '=', page.region)
    .where('wanted', '=', page.id)
    .where('code_hash', '=', botCodeHash(page.region, code))
    .where('code_at', '>', now - BOT_CODE_MS)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('account as a')
          .select('a.id')
          .whereRef('a.region_id', '=', 'notice_bot.region_id')
          .whereRef('a.id', '=', 'notice_bot.account_id')
          .where('a.disabled', '=', false),
      ),
    )
    .returning('account_id')
    .executeTakeFirst();
  if (row === undefined) return;
  await answer(tx, page, row.account_id, 'linked', now);
  await tell(tx, heard, row.account_id, now, true);
}

/** Ends notices to a chat, whosever it is. */
async function end(tx: ScopedTransaction, heard: HeardWord, why: BotEnd, now: Instant): Promise<void> {
  const { page, peer } = heard;
  const rows = await tx
    .updateTable('notice_bot')
    .set({ ended: why, ended_at: now, changed_at: now })
    .where('region_id', '=', page.region)
    .where('channel_id', '=', page.id)
    .where('peer', '=', peer)
    .where('ended', 'is', null)
    .returning('account_id')
    .execute();
  for (const { account_id: account } of rows) {
    if (why === 'stopped') await answer(tx, page, account, 'stopped', now);
    await tell(tx, heard, account, now, false);
  }
}

/** Does what a word to the bot asks for. */
export async function hearBotWord(tx: ScopedTransaction, heard: HeardWord, now: Instant): Promise<void> {
  const { word } = heard;
  if (word.kind === 'code') await tie(tx, heard, word.code, now);
  else await end(tx, heard, word.kind === 'stop' ? 'stopped' : 'blocked', now);
}
