import { randomInt } from 'node:crypto';
import type { Instant } from '#shared/domain/instant.ts';
import {
  BOT_CODE_SIGNS,
  BOT_NETWORKS,
  MOST_BOTS,
  type BotCode,
  type BotNetwork,
  type NoticeBot,
  type BotChoice,
} from '#shared/protocol/bot-notices.ts';
import type { MailedKind } from '#shared/protocol/notices.ts';
import { actLine } from '#server/accounts/account-refusal.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { BOT_CODE_MS, botCodeHash } from '#server/channels/networks/bot-word.ts';
import { knownKinds } from '#server/notices/choices.ts';
import type { OwnChoiceAct } from '#server/notices/own-address.ts';
import { withScope, type Database, type Scope, type ScopedTransaction } from '#server/store/database.ts';

const scopeOf = ({ region, account, agency = null }: OwnChoiceAct): Scope => ({ region, account, agency });

const botNetwork = (network: string): BotNetwork | null =>
  BOT_NETWORKS.find((known) => known === network) ?? null;

/** Reads the bots of a region's pages that are in use. */
export async function readPageBots(tx: ScopedTransaction, region: string): Promise<readonly NoticeBot[]> {
  const rows = await tx
    .selectFrom('channel')
    .select(['id', 'network', 'name'])
    .where('region_id', '=', region)
    .where('network', 'in', BOT_NETWORKS)
    .where('active', '=', true)
    .where('archived_at', 'is', null)
    .orderBy('name')
    .orderBy('id')
    .limit(MOST_BOTS)
    .execute();
  return rows.flatMap(({ network, ...bot }) => {
    const known = botNetwork(network);
    return known === null ? [] : [{ ...bot, network: known }];
  });
}

const findOwn = (tx: ScopedTransaction, { region, account }: OwnChoiceAct) =>
  tx
    .selectFrom('notice_bot')
    .selectAll()
    .where('region_id', '=', region)
    .where('account_id', '=', account)
    .executeTakeFirst();

/** Reads how the centre's bots tell people, and what they are; executors themselves see none of it. */
export const readCentreBots = (db: Database, region: string) =>
  withScope(db, { region }, async (tx) => {
    const setting = await tx
      .selectFrom('mail_setting')
      .select(['bots_on', 'bot_hint'])
      .where('region_id', '=', region)
      .executeTakeFirst();
    const settings = setting === undefined ? null : { isOn: setting.bots_on, hint: setting.bot_hint };
    return { settings, bots: await readPageBots(tx, region) };
  });

/** Reads how a person is told by a bot. */
export async function readBotChoice(db: Database, act: OwnChoiceAct, now: Instant): Promise<BotChoice> {
  const { settings, bots } = await readCentreBots(db, act.region);
  const row = await withScope(db, scopeOf(act), (tx) => findOwn(tx, act));
  const {
    called = '',
    tied_at: at = null,
    ended = null,
    ended_at: endedAt = null,
    code_at: codeAt,
  } = row ?? {};
  const bot = bots.find(({ id }) => id === row?.channel_id);
  const until = (codeAt ?? 0) + BOT_CODE_MS;
  const isTied = row?.channel_id !== null && at !== null && ended === null;
  return {
    isOn: settings?.isOn ?? false,
    hint: settings?.hint ?? '',
    bots: [...bots],
    // A page that was taken out of use has no bot: then nothing is tied.
    tied: isTied && bot !== undefined ? { network: bot.network, name: bot.name, called, at } : null,
    ended: ended !== null && endedAt !== null ? { why: ended, at: endedAt } : null,
    codeUntil: (row?.code_hash ?? null) !== null && until > now ? until : null,
    off: knownKinds(row?.off ?? []),
  };
}

function newCode(): string {
  const sign = (): string => BOT_CODE_SIGNS.charAt(randomInt(BOT_CODE_SIGNS.length));
  const part = (): string => Array.from({ length: 4 }, sign).join('');
  return `PULT-${part()}-${part()}-${part()}`;
}

/** Keeps fields of a person's row, which is made where there is none. */
async function keep(
  tx: ScopedTransaction,
  { region, account }: OwnChoiceAct,
  fields: { readonly changed_at: Instant } & Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx
    .insertInto('notice_bot')
    .values({ region_id: region, account_id: account, off: '[]', ...fields })
    .onConflict((conflict) => conflict.columns(['region_id', 'account_id']).doUpdateSet(fields))
    .execute();
}

/**
 * Makes a code that a person sends to a bot, to show that the chat is theirs; the one before it ends. Null
 * where the centre has no such bot.
 */
export async function makeBotCode(
  db: Database,
  act: OwnChoiceAct,
  bot: string,
  now: Instant,
): Promise<BotCode | null> {
  const { settings, bots } = await readCentreBots(db, act.region);
  if (settings?.isOn !== true || !bots.some(({ id }) => id === bot)) return null;
  const code = newCode();
  const columns = { wanted: bot, code_hash: botCodeHash(act.region, code), code_at: now, changed_at: now };
  await withScope(db, scopeOf(act), (tx) => keep(tx, act, columns));
  return { code, until: now + BOT_CODE_MS };
}

/** Chooses what a person's bot leaves out. */
export const chooseBotKinds = (
  db: Database,
  act: OwnChoiceAct,
  off: readonly MailedKind[],
  now: Instant,
): Promise<void> =>
  withScope(db, scopeOf(act), async (tx) => {
    const before = knownKinds((await findOwn(tx, act))?.off ?? []);
    const after = knownKinds(off);
    if (before.join() === after.join()) return;
    await keep(tx, act, { off: JSON.stringify(after), changed_at: now });
    const detail = { account: act.account, before: { botOff: before }, after: { botOff: after } };
    await writeAudit(tx, act.region, { ...actLine(act, now), action: 'notices_changed', detail });
  });

/** Ends a person's bot at their word in the console; a code that waits ends too. */
export const untieBot = (db: Database, act: OwnChoiceAct, now: Instant): Promise<void> =>
  withScope(db, scopeOf(act), async (tx) => {
    const row = await findOwn(tx, act);
    if (row === undefined) return;
    const isTied = row.peer !== null && row.ended === null;
    const ended = isTied ? { ended: 'stopped' as const, ended_at: now } : {};
    await keep(tx, act, { ...ended, wanted: null, code_hash: null, code_at: null, changed_at: now });
    if (!isTied) return;
    const detail = { account: act.account, before: { noticesBot: row.called }, after: { noticesBot: null } };
    await writeAudit(tx, act.region, { ...actLine(act, now), action: 'notices_changed', detail });
  });
