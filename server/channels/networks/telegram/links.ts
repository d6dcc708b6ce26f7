import type { TelegramChat, TelegramUser } from './objects.ts';

const SITE = 'https://t.me';

/** A supergroup's or channel's id is -100 and its number; older groups have no addresses. */
const numberOf = ({ id }: TelegramChat): string | null => /^-100(\d+)$/.exec(id)?.[1] ?? null;

/** Where a chat is; empty when it has no address. */
export function chatLink(chat: TelegramChat): string {
  if (chat.username !== undefined) return `${SITE}/${chat.username}`;
  const number = numberOf(chat);
  return number === null ? '' : `${SITE}/c/${number}`;
}

/** Where a message of a group or channel is; empty when it has no address. */
export function messageLink(chat: TelegramChat, message: string): string {
  const link = chat.type === 'private' ? '' : chatLink(chat);
  return link === '' ? '' : `${link}/${message}`;
}

/** Where a person can be written to; without a name of his own only Telegram's program finds him. */
export const userLink = ({ id, username }: Pick<TelegramUser, 'id' | 'username'>): string =>
  username === undefined ? `tg://user?id=${id}` : `${SITE}/${username}`;
