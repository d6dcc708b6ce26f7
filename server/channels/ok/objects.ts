import { z } from 'zod';

/** Ids are strings, even where they look like numbers; a number wider than 53 bits has become its digits. */
export const id = z.union([z.int(), z.string().min(1).max(200)]).transform(String);

/** `chat:C3ecb9d02a600`, as a part of an address. */
export const chatId = z.string().regex(/^chat:[\w.-]{1,100}$/);

const attachments = z.array(z.looseObject({ type: z.string() })).default([]);

/** A message in a chat of the group, as the webhook and `me/messages` give it. */
export const messageSchema = z.looseObject({
  sender: z.looseObject({ user_id: z.string().max(100), name: z.string().optional() }),
  recipient: z.looseObject({ chat_id: chatId }),
  message: z.looseObject({ text: z.string().default(''), mid: z.string().min(1).max(200), attachments }),
  timestamp: z.number(),
});

/** A comment under a topic. The date has no zone: it is Moscow's. */
export const commentSchema = z.looseObject({
  id,
  text: z.string().default(''),
  author_id: id,
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
    .optional(),
  date_ms: z.number().optional(),
  attachments,
});

/** What the webhook brings: its kind is only named for some events. */
export const eventSchema = z.looseObject({
  webhookType: z.string().max(100).optional(),
  message: z.looseObject({ mid: z.string().min(1).max(200).optional() }).optional(),
});

/** A comment as catching up stores it. */
export const storedCommentSchema = z.looseObject({
  topic: id,
  comment: commentSchema,
  author: z.string(),
});
