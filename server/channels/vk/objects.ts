import { z } from 'zod';
import { digits as id } from '#server/channels/exact-json.ts';

export { id };

const seconds = z.number().transform((value) => value * 1000);
const attachments = z.array(z.looseObject({ type: z.string() })).default([]);
/** Words of others that the author passes on: his message may consist of them alone. */
const quoted = z.array(z.looseObject({ text: z.string().default('') })).default([]);

/** What all that people write has. An author who deleted himself is 0 or missing. */
const said = { id, from_id: id.default('0'), date: seconds, text: z.string().default(''), attachments };

/** `wall_wall_comment`, as `wall_reply_*` and wall.getComments give it; under a photo, a video or in a discussion it names those. */
export const commentSchema = z.looseObject({
  ...said,
  owner_id: id.optional(),
  post_id: id.optional(),
  post_owner_id: id.optional(),
  photo_id: id.optional(),
  photo_owner_id: id.optional(),
  video_id: id.optional(),
  video_owner_id: id.optional(),
  topic_id: id.optional(),
  topic_owner_id: id.optional(),
  deleted: z.boolean().optional(),
});
export type Comment = z.output<typeof commentSchema>;

/** `*_delete` of a comment: whose it was, and under what. */
export const deletedSchema = z.looseObject({
  id,
  owner_id: id.optional(),
  topic_owner_id: id.optional(),
  topic_id: id.optional(),
});

/** `wall_wallpost`. A suggested post is a resident's too; a repost holds what it repeats. */
export const postSchema = z.looseObject({
  ...said,
  owner_id: id,
  post_type: z.string().optional(),
  copy_history: quoted,
});
export type Post = z.output<typeof postSchema>;

/** `message_new` since 5.103 wraps the message; `message_edit` is the message itself. */
const messageSchema = z.looseObject({
  ...said,
  peer_id: id,
  conversation_message_id: id.optional(),
  fwd_messages: quoted,
  out: z.int().optional(),
  /** Somebody joined or left a conversation: nobody wrote that. */
  action: z.looseObject({}).optional(),
});
export type Message = z.output<typeof messageSchema>;
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
