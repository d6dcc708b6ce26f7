import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { Page, Pace, RawEvent } from '#server/channels/networks/connector.ts';
import { botId, callTelegram, TelegramError } from './call.ts';
import { telegramId } from './objects.ts';
import { ALLOWED_UPDATES } from './poll.ts';
import { telegramTrouble } from './trouble.ts';

const meSchema = z.looseObject({ can_read_all_group_messages: z.boolean().default(false) });
const webhookSchema = z.looseObject({
  url: z.string(),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
});
const pageSchema = z.looseObject({ type: z.string(), linked_chat_id: telegramId.optional() });
const memberSchema = z.looseObject({ status: z.string() });

/** An error of a call within this time is still an error. */
const RECENT_S = 3600;

const isOurs = (channel: Page, url: string): boolean => url.includes(`/${channel.id}/`);
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

const webhookOf = async (channel: Page, pace: Pace) =>
  webhookSchema.parse(await callTelegram(channel, 'getWebhookInfo', {}, pace));

/**
 * The page, and how the bot stands where residents write: in the channel's discussion group, or in the group
 * itself.
 */
async function standingOf(channel: Page, pace: Pace) {
  const answer = await callTelegram(channel, 'getChat', { chat_id: channel.pageId }, pace);
  const page = pageSchema.parse(answer);
  const params = { chat_id: page.linked_chat_id ?? channel.pageId, user_id: botId(channel) };
  const { status } = memberSchema.parse(await callTelegram(channel, 'getChatMember', params, pace));
  return { page, status, isOut: status === 'left' || status === 'kicked' };
}

/**
 * Gives Telegram our address, again and again: it is a repair when somebody has taken it out. Another
 * system's address is left alone and is the page's trouble; a bot has one listener.
 */
export async function subscribeTelegram(channel: Page, callback: string, pace: Pace): Promise<void> {
  const { url } = await webhookOf(channel, pace);
  if (url !== '' && !isOurs(channel, url)) throw new TelegramError(409, 'webhook of another system');
  const params = {
    url: callback,
    secret_token: channel.secrets.secret,
    allowed_updates: ALLOWED_UPDATES,
  };
  await callTelegram(channel, 'setWebhook', params, pace);
}

/**
 * The Bot API gives no history, so nothing is found anew: Telegram itself keeps updates for a day. Here the
 * page is looked at instead, so that a bot put out of its group is not silent unnoticed.
 */
export async function* catchUpTelegram(channel: Page, pace: Pace): AsyncIterable<RawEvent> {
  const { url } = await webhookOf(channel, pace);
  if (channel.reception === 'poll' && url !== '') throw new TelegramError(409, 'webhook');
  const { isOut } = await standingOf(channel, pace);
  if (isOut) throw new TelegramError(403, 'not a member');
  yield* [];
}

async function receptionProblems(channel: Page, pace: Pace): Promise<ChannelProblem[]> {
  const { url, last_error_date: at = 0, last_error_message: detail = '' } = await webhookOf(channel, pace);
  const isElsewhere = url !== '' && (channel.reception === 'poll' || !isOurs(channel, url));
  if (isElsewhere) return [{ kind: 'webhook_elsewhere', detail: hostOf(url) }];
  if (channel.reception === 'poll') return [];
  if (url === '') return [{ kind: 'no_callback', detail: '' }];
  return at > Date.now() / 1000 - RECENT_S
    ? [{ kind: 'callback_failing', detail: detail.slice(0, 200) }]
    : [];
}

async function groupProblems(channel: Page, pace: Pace): Promise<ChannelProblem[]> {
  const { can_read_all_group_messages: readsAll } = meSchema.parse(
    await callTelegram(channel, 'getMe', {}, pace),
  );
  const { page, status, isOut } = await standingOf(channel, pace);
  if (page.type === 'channel' && page.linked_chat_id === undefined)
    return [{ kind: 'comments_off', detail: '' }];
  if (isOut) return [{ kind: 'bot_removed', detail: '' }];
  // An administrator is told everything; a member only what is said to him, unless his privacy mode is off.
  return readsAll || status === 'administrator' ? [] : [{ kind: 'group_privacy', detail: '' }];
}

/**
 * Walks through what a bot needs: its token, its reception, its place in the group, the right to read there.
 */
export async function checkTelegram(channel: Page, pace: Pace): Promise<readonly ChannelProblem[]> {
  try {
    return [...(await receptionProblems(channel, pace)), ...(await groupProblems(channel, pace))];
  } catch (error) {
    return [telegramTrouble(error) ?? { kind: 'no_rights', detail: '' }];
  }
}
