import type { MessageLink } from '#shared/text/message-link.ts';
import type { Page, LookUpResult, TokenPace } from '#server/channels/networks/connector.ts';
import { callTelegram } from './call.ts';
import { messageLink } from './links.ts';
import { telegramChatSchema } from './objects.ts';

/** `t.me/c/1234/5` has a number for the chat, `t.me/name/5` its name. */
const chatOf = ({ owner, placeUrl }: MessageLink): string =>
  new URL(placeUrl).pathname.startsWith('/c/') ? `-100${owner}` : `@${owner}`;

/** Where the message stands: `?comment=` names one in the channel's discussion group. */
async function placeOf(page: Page, link: MessageLink, pace: TokenPace) {
  const ask = async (id: string) =>
    telegramChatSchema.parse(await callTelegram(page, 'getChat', { chat_id: id }, pace));
  const chat = await ask(chatOf(link));
  const isUnderPost = new URL(link.url).searchParams.has('comment');
  return isUnderPost && chat.linked_chat_id !== null ? ask(chat.linked_chat_id) : chat;
}

/**
 * The Bot API reads no message by its address: what is known of one is our own copy. Its address is asked
 * for, since a chat's name and its number lead to the same message; when Telegram does not answer, the pasted
 * one is as good as any.
 */
export async function lookUpTelegram(page: Page, link: MessageLink, pace: TokenPace): Promise<LookUpResult> {
  const answer = { failure: 'no_history' } as const;
  try {
    const url = messageLink(await placeOf(page, link, pace), link.comment ?? link.post ?? '');
    return { copy: { url }, answer };
  } catch {
    return { copy: { url: link.url }, answer };
  }
}
