import { z } from 'zod';
import {
  fieldsOf,
  flag,
  idOrNull,
  moment,
  name,
  part,
  readBy,
  words,
} from '#server/channels/networks/lenient.ts';

/** A field that MAX may leave out or give as null where it answers our questions. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

/** A message's name, `mid`. It becomes a part of paths, so nothing but what MAX promises is taken. */
export const mid = z.string().regex(/^(?:mid\.)?[\w-]{1,200}$/);
const midOrNull = mid.nullable().catch(null);

const userSchema = z.looseObject({
  user_id: idOrNull,
  first_name: name,
  last_name: name,
  username: name,
  is_bot: flag,
});

/**
 * `seq` is left out on purpose: it is wider than 53 bits and says nothing that `mid` does not. Content is
 * read by content.ts.
 */
const bodySchema = z.looseObject({ mid: midOrNull, text: words });

const linkSchema = z.looseObject({
  type: name,
  message: part(z.looseObject({ mid: midOrNull })),
});

const recipientSchema = z.looseObject({
  chat_id: idOrNull,
  chat_type: name,
  user_id: idOrNull,
  post_id: midOrNull,
});

const KNOWN_PLACES = new Set(['dialog', 'chat', 'channel']);

/**
 * Groups and channels have numbers below 0. Where MAX does not say what a place is, or names a new kind of
 * it, its number and its post do.
 */
function recipientOf(value: unknown): z.output<typeof recipientSchema> {
  const recipient = recipientSchema.parse(fieldsOf(value));
  const { chat_type: type, chat_id: chat, post_id: post } = recipient;
  if (KNOWN_PLACES.has(type)) return recipient;
  return {
    ...recipient,
    chat_type: post !== null ? 'channel' : chat?.startsWith('-') === true ? 'chat' : 'dialog',
  };
}

/**
 * `Message` and `CommentMessage`. A pure forward may have no body; who writes in a channel's name has no
 * sender. Without a name a message is known by its place, its author and its moment.
 */
export const maxMessageSchema = z
  .looseObject({
    /**
     * Something that is no user is somebody all the same: only who is not named at all speaks for the
     * channel.
     */
    sender: readBy((value) => ((value ?? null) === null ? null : userSchema.parse(fieldsOf(value)))),
    recipient: readBy(recipientOf),
    timestamp: moment(1),
    link: part(linkSchema),
    body: part(bodySchema),
    url: z.string().nullable().catch(null),
  })
  .refine(({ body, timestamp }) => (body?.mid ?? timestamp) !== null, { path: ['body', 'mid'] });
export type MaxMessage = z.output<typeof maxMessageSchema>;

/** `message_created` and its kin. */
export const saidSchema = z.looseObject({ message: maxMessageSchema });
/** `bot_started`, `bot_stopped`: a person in a chat of their own. */
export const dialogSchema = z.looseObject({ chat_id: idOrNull, user: part(userSchema), payload: words });
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
export const NEEDED_MAX_UPDATES = [
  'message_created',
  'message_edited',
  'message_removed',
  'comment_created',
  'comment_edited',
  'comment_removed',
];

/** Updates that say nothing a resident wrote; they are kept, and counted as known. */
export const SERVICE_MAX_UPDATES = [
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
