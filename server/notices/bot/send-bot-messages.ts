import type { BotMessageKind } from '#shared/protocol/bot-notices.ts';
import type { SendResult } from '#server/channels/networks/connector.ts';
import type { Pages } from '#server/channels/pages/pages.ts';
import type { MailWay } from '#server/mail/mail-way.ts';
import type { Mailer } from '#server/mail/mailer.ts';
import { isQuietNow } from '#server/notices/is-quiet-now.ts';
import { dropMail, finishBotMessage, leaseMail, type BotOutcome } from '#server/notices/lease-mail.ts';
import { makeMails } from '#server/notices/make-mails.ts';
import { withScope } from '#server/store/database.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { writeBotMessage, type BotText } from './write-bot-message.ts';

/** Kinds that may go out now: a bot's answers always, notices while bots are on, outside the quiet hours. */
const kindsNow = (isOn: boolean, way: MailWay, now: number): readonly BotMessageKind[] =>
  isOn && !isQuietNow(way, now) ? ['linked', 'stopped', 'notices'] : ['linked', 'stopped'];

const areBotsOn = (mailer: Mailer, region: string): Promise<boolean> =>
  withScope(mailer.db, { region }, async (tx) => {
    const row = await tx
      .selectFrom('mail_setting')
      .select('bots_on')
      .where('region_id', '=', region)
      .executeTakeFirst();
    return row?.bots_on === true;
  });

/**
 * Names what a network's answer means for one chat. What only a person can help and is no trouble of the page
 * is the chat's: its person has shut the bot out, or is gone.
 */
function outcomeOf(sent: SendResult): BotOutcome {
  switch (sent.kind) {
    case 'sent':
      return { problem: null };
    case 'wait':
      return { problem: 'busy', ms: sent.ms };
    // Rather twice than never, as with mails.
    case 'unclear':
      return { problem: 'unclear' };
    case 'needs_you':
      return { problem: sent.trouble === null ? 'blocked' : 'trouble' };
  }
}

async function send(pages: Pages, region: string, id: string, said: BotText): Promise<BotOutcome> {
  const connected = await pages.connect(region, said.page);
  if (connected === null || !connected.page.active) return { problem: 'bot_off' };
  const { page, connector } = connected;
  const target = { kind: 'direct', peer: said.peer } as const;
  return outcomeOf(await connector.send(page, { key: id, text: said.text, target, files: [] }, page.pace));
}

/**
 * Has the centre's bots say what is due in a region. One message after the other, so that several processes
 * share them; a chat that is shut, or a bot that is in trouble, holds up nobody else.
 */
export async function sendBotMessages(
  mailer: Mailer,
  pages: Pages,
  region: string,
  signal: AbortSignal,
): Promise<void> {
  const { db, now } = mailer;
  const way = await mailer.wayOf(region);
  if (way === null) return;
  const kinds = kindsNow(await areBotsOn(mailer, region), way, now());
  if (kinds.includes('notices'))
    await makeMails(db, region, { way: 'bot', minutes: way.settings.digestMinutes, now: now() });
  for (;;) {
    signal.throwIfAborted();
    const message = await leaseMail(db, region, { way: 'bot', kinds }, now());
    if (message === null) return;
    const said = await writeBotMessage(mailer, way, message);
    if (said === null) {
      await dropMail(db, message, now());
      continue;
    }
    const outcome = await send(pages, region, message.id, said);
    await withRetries(() => finishBotMessage(db, message, outcome, now()));
  }
}
