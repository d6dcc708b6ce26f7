import { z } from 'zod';
import {
  fieldsOf,
  flag,
  idOrNull,
  moment,
  name,
  nameOrNull,
  part,
  readBy,
} from '#server/channels/networks/lenient.ts';

/** A number of Telegram's as decimal digits: ids have 52 bits today and are promised no width. */
export const telegramId = z.union([z.int(), z.string().regex(/^-?\d{1,20}$/)]).transform(String);

/** A name that becomes a part of addresses. */
const username = z
  .string()
  .regex(/^\w{1,100}$/)
  .optional()
  .catch(undefined);

/** A deleted account has no name left. */
const userSchema = z.looseObject({
  id: telegramId,
  is_bot: flag,
  first_name: name,
  last_name: name,
  username,
});
export type TelegramUser = z.output<typeof userSchema>;

const KNOWN_CHATS = ['private', 'group', 'supergroup', 'channel'] as const;
export type TelegramChatType = (typeof KNOWN_CHATS)[number];

/** A chat as it is read: of a new kind of chat, its number tells whether it is a person's. */
export const telegramChatSchema = z
  .looseObject({
    id: telegramId,
    type: z.unknown().optional(),
    title: name,
    first_name: name,
    last_name: name,
    username,
    linked_chat_id: idOrNull,
  })
  .transform((chat) => ({ ...chat, type: typeOf(chat.type, chat.id) }));
export type TelegramChat = z.output<typeof telegramChatSchema>;

const typeOf = (type: unknown, number: string): TelegramChatType =>
  KNOWN_CHATS.find((known) => known === type) ?? (number.startsWith('-') ? 'supergroup' : 'private');

/** Its words are read by content.ts. */
export const telegramMessageSchema = z.looseObject({
  message_id: telegramId,
  date: moment(1000),
  chat: telegramChatSchema,
  from: part(userSchema),
  /** A channel or a group that speaks instead of a person. */
  sender_chat: part(telegramChatSchema),
  message_thread_id: idOrNull,
  is_topic_message: flag,
  /** The post of the channel, put into its discussion group by Telegram. */
  is_automatic_forward: flag,
  media_group_id: nameOrNull,
});
export type TelegramMessage = z.output<typeof telegramMessageSchema>;

/** `my_chat_member`: the bot's own standing somewhere has changed. */
export const standingSchema = z.looseObject({
  chat: telegramChatSchema,
  new_chat_member: readBy((value) => z.looseObject({ status: name }).parse(fieldsOf(value))),
});

/** The member that every update has; the other member is named by its kind. */
export const telegramUpdateSchema = z.looseObject({ update_id: idOrNull });
