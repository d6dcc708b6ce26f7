import { z } from 'zod';

/** A number of Telegram's as decimal digits: ids have 52 bits today and are promised no width. */
export const id = z.union([z.int(), z.string().regex(/^-?\d{1,20}$/)]).transform(String);

const seconds = z.number().transform((value) => value * 1000);
const name = z.string().max(1000).default('');

/** A deleted account has no name left. */
const userSchema = z.looseObject({
  id,
  is_bot: z.boolean().default(false),
  first_name: name,
  last_name: name,
  username: z.string().max(100).optional(),
});
export type User = z.output<typeof userSchema>;

export const chatSchema = z.looseObject({
  id,
  type: z.enum(['private', 'group', 'supergroup', 'channel']),
  title: name,
  username: z.string().max(100).optional(),
  linked_chat_id: id.optional(),
});
export type Chat = z.output<typeof chatSchema>;

export const messageSchema = z.looseObject({
  message_id: id,
  date: seconds,
  chat: chatSchema,
  from: userSchema.optional(),
  /** A channel or a group that speaks instead of a person. */
  sender_chat: chatSchema.optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
  message_thread_id: id.optional(),
  /** The post of the channel, put into its discussion group by Telegram. */
  is_automatic_forward: z.boolean().optional(),
  media_group_id: z.string().max(100).optional(),
});
export type Message = z.output<typeof messageSchema>;

/** `my_chat_member`: the bot's own standing somewhere has changed. */
export const standingSchema = z.looseObject({
  chat: chatSchema,
  new_chat_member: z.looseObject({ status: z.string() }),
});

/** What every update has; the other member is named by its kind. */
export const updateSchema = z.looseObject({ update_id: id });
