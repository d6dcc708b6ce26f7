import { z } from 'zod';
import type { ChannelProblem } from '#shared/protocol/channels.ts';
import type { Page, TokenPace, RawEvent } from '#server/channels/networks/connector.ts';
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
const chatSchema = z.looseObject({ type: z.string(), linked_chat_id: telegramId.optional() });
const memberSchema = z.looseObject({ status: z.string() });

/** An error of a call within this time is still an error. */
const RECENT_S = 3600;

const isOurs = (page: Page, url: string): boolean => url.includes(`/${page.id}/`);
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

const webhookOf = async (page: Page, pace: TokenPace) =>
  webhookSchema.parse(await callTelegram(page, 'getWebhookInfo', {}, pace));

/**
 * The page, and how the bot stands where residents write: in the channel's discussion group, or in the group
 * itself.
 */
async function standingOf(page: Page, pace: TokenPace) {
  const answer = await callTelegram(page, 'getChat', { chat_id: page.pageId }, pace);
  const chat = chatSchema.parse(answer);
  const params = { chat_id: chat.linked_chat_id ?? page.pageId, user_id: botId(page) };
  const { status } = memberSchema.parse(await callTelegram(page, 'getChatMember', params, pace));
  return { chat, status, isOut: status === 'left' || status === 'kicked' };
}

/**
 * Gives Telegram our address, again and again: it is a repair when somebody has taken it out. Another
 * system's address is left alone and is the page's trouble; a bot has one listener.
 */
export async function subscribeTelegram(page: Page, callback: string, pace: TokenPace): Promise<void> {
  const { url } = await webhookOf(page, pace);
  if (url !== '' && !isOurs(page, url)) throw new TelegramError(409, 'webhook of another system');
  const params = {
    url: callback,
    secret_token: page.secrets.secret,
    allowed_updates: ALLOWED_UPDATES,
  };
  await callTelegram(page, 'setWebhook', params, pace);
}

/**
 * The Bot API gives no history, so nothing is found anew: Telegram itself keeps updates for a day. Here the
 * page is looked at instead, so that a bot put out of its group is not silent unnoticed.
 */
export async function* catchUpTelegram(page: Page, pace: TokenPace): AsyncIterable<RawEvent> {
  const { url } = await webhookOf(page, pace);
  if (page.reception === 'poll' && url !== '') throw new TelegramError(409, 'webhook');
  const { isOut } = await standingOf(page, pace);
  if (isOut) throw new TelegramError(403, 'not a member');
  yield* [];
}

async function receptionProblems(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  const { url, last_error_date: at = 0, last_error_message: detail = '' } = await webhookOf(page, pace);
  const isElsewhere = url !== '' && (page.reception === 'poll' || !isOurs(page, url));
  if (isElsewhere) return [{ kind: 'webhook_elsewhere', detail: hostOf(url) }];
  if (page.reception === 'poll') return [];
  if (url === '') return [{ kind: 'no_callback', detail: '' }];
  return at > Date.now() / 1000 - RECENT_S
    ? [{ kind: 'callback_failing', detail: detail.slice(0, 200) }]
    : [];
}

async function groupProblems(page: Page, pace: TokenPace): Promise<ChannelProblem[]> {
  const { can_read_all_group_messages: readsAll } = meSchema.parse(
    await callTelegram(page, 'getMe', {}, pace),
  );
  const { chat, status, isOut } = await standingOf(page, pace);
  if (chat.type === 'channel' && chat.linked_chat_id === undefined)
    return [{ kind: 'comments_off', detail: '' }];
  if (isOut) return [{ kind: 'bot_removed', detail: '' }];
  // An administrator is told everything; a member only what is said to him, unless his privacy mode is off.
  return readsAll || status === 'administrator' ? [] : [{ kind: 'group_privacy', detail: '' }];
}

/**
 * Walks through what a bot needs: its token, its reception, its place in the group, the right to read there.
 */
export async function checkTelegram(page: Page, pace: TokenPace): Promise<readonly ChannelProblem[]> {
  try {
    return [...(await receptionProblems(page, pace)), ...(await groupProblems(page, pace))];
  } catch (error) {
    return [telegramTrouble(error) ?? { kind: 'no_rights', detail: '' }];
  }
}
