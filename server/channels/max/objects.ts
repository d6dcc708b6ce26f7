import { z } from 'zod';
import { digits } from '#server/channels/exact-json.ts';

/** What MAX may leave out or give as null. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

/** A message's name, `mid`. It becomes a part of paths, so nothing but what MAX promises is taken. */
export const mid = z.string().regex(/^(?:mid\.)?[\w-]{1,200}$/);

const userSchema = z.looseObject({
  user_id: digits,
  first_name: maybe(z.string()),
  last_name: maybe(z.string()),
  username: maybe(z.string()),
  is_bot: z.boolean().default(false),
});

/** `seq` is left out on purpose: it is wider than 53 bits and says nothing that `mid` does not. */
const bodySchema = z.looseObject({
  mid,
  text: maybe(z.string()),
  attachments: maybe(z.array(z.looseObject({ type: z.string() }))),
});

const linkSchema = z.looseObject({
  type: z.string(),
  message: maybe(bodySchema.extend({ mid: maybe(mid) })),
});

/** `Message` and `CommentMessage`. A pure forward may have no body; who writes in a channel's name has no sender. */
export const messageSchema = z.looseObject({
  sender: maybe(userSchema),
  recipient: z.looseObject({
    chat_id: maybe(digits),
    chat_type: z.string(),
    user_id: maybe(digits),
    post_id: maybe(mid),
  }),
  timestamp: z.number(),
  link: maybe(linkSchema),
  body: maybe(bodySchema),
  url: maybe(z.string()),
});
export type Message = z.output<typeof messageSchema>;
/** What a message says, its own or passed on. */
export type Body = Pick<z.output<typeof bodySchema>, 'text' | 'attachments'>;

/** `message_created` and its kin. */
export const saidSchema = z.looseObject({ message: messageSchema });
/** `message_removed`, `comment_removed`. */
export const removedSchema = z.looseObject({ message_id: mid });
/** Pages of messages are read one by one, so that an odd one does not take the others along. */
export const listSchema = z.looseObject({ messages: z.array(z.unknown()) });

export const subscriptionsSchema = z.looseObject({
  subscriptions: z.array(
    z.looseObject({
      url: z.string(),
      time: z.number().default(0),
      update_types: maybe(z.array(z.string())),
    }),
  ),
});

/** Updates without which words, edits or deletions would be missed. */
export const NEEDED = [
  'message_created',
  'message_edited',
  'message_removed',
  'comment_created',
  'comment_edited',
  'comment_removed',
];

/** Updates that say nothing a resident wrote; they are kept, and counted as known. */
export const SERVICE = [
  'message_callback',
  'bot_added',
  'bot_removed',
  'bot_started',
  'bot_stopped',
  'bot_admin_permissions_changed',
  'user_added',
  'user_removed',
  'chat_title_changed',
  'dialog_cleared',
  'dialog_removed',
  'dialog_muted',
  'dialog_unmuted',
];
