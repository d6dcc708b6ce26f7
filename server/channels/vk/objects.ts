import { z } from 'zod';
import { digits as id } from '#server/channels/exact-json.ts';

export { id };

const seconds = z.number().transform((value) => value * 1000);
const attachments = z.array(z.looseObject({ type: z.string() })).default([]);

/** `wall_wall_comment`, as `wall_reply_*` and wall.getComments give it. Deleted ones there have no author. */
export const commentSchema = z.looseObject({
  id,
  from_id: id,
  date: seconds,
  text: z.string(),
  owner_id: id.optional(),
  post_id: id.optional(),
  post_owner_id: id.optional(),
  attachments,
  deleted: z.boolean().optional(),
});

/** `wall_reply_delete`. */
export const deletedSchema = z.looseObject({ id, owner_id: id });

/** `wall_wallpost`. A suggested post is a resident's too. */
export const postSchema = z.looseObject({
  id,
  owner_id: id,
  from_id: id,
  date: seconds,
  text: z.string().default(''),
  attachments,
});

/** `message_new` since 5.103 wraps the message; `message_edit` is the message itself. */
const messageSchema = z.looseObject({
  id,
  date: seconds,
  peer_id: id,
  from_id: id,
  text: z.string(),
  conversation_message_id: id.optional(),
  attachments,
  out: z.int().optional(),
});
export const messageEventSchema = z.union([
  z.looseObject({ message: messageSchema }).transform(({ message }) => message),
  messageSchema,
]);

/** What every callback has. */
export const envelopeSchema = z.looseObject({
  type: z.string().max(100),
  group_id: id,
  event_id: z.string().min(1).max(200).optional(),
  secret: z.string().optional(),
  object: z.unknown().optional(),
});
