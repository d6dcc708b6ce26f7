import { z } from 'zod';
import { fieldsOf, moment, name, nameOrNull, part, readBy } from '#server/channels/networks/lenient.ts';

/** Ids are strings, even where they look like numbers; a number wider than 53 bits has become its digits. */
export const okId = z.union([z.int(), z.string().min(1).max(200)]).transform(String);
const textIdOrNull = okId.nullable().catch(null);

/** `chat:C3ecb9d02a600`, as a part of an address. */
export const okChatId = z.string().regex(/^chat:[\w.-]{1,100}$/);

/**
 * A message in a chat of the group, as the webhook and `me/messages` give it. Its words are read by
 * content.ts.
 */
export const okMessageSchema = z.looseObject({
  sender: readBy((value) => senderSchema.parse(fieldsOf(value))),
  recipient: part(z.looseObject({ chat_id: okChatId })),
  message: z.looseObject({ mid: nameOrNull }),
  timestamp: moment(1),
});
const senderSchema = z.looseObject({ user_id: textIdOrNull, name });

/** A comment under a topic. The date has no zone: it is Moscow's. */
export const okCommentSchema = z.looseObject({
  id: okId,
  author_id: textIdOrNull,
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
    .nullable()
    .catch(null),
  date_ms: moment(1),
});

/**
 * The part of a webhook's call that is looked at before it is stored; its kind is only named for some events.
 */
export const okOutlineSchema = z.looseObject({
  webhookType: nameOrNull,
  message: part(z.looseObject({ mid: nameOrNull })),
});

/** A comment as catching up stores it. */
export const storedCommentSchema = z.looseObject({
  topic: okId,
  comment: okCommentSchema,
  author: name,
});
