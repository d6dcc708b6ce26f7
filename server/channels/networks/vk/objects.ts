import { z } from 'zod';
import { digits as id } from '#server/channels/networks/exact-json.ts';
import {
  flag,
  idOrNull,
  isFields,
  moment,
  name,
  nameOrNull,
  readBy,
} from '#server/channels/networks/lenient.ts';

export { id };

/**
 * Fields of all that people write. An author who deleted himself is 0 or missing. Its words are read by
 * content.ts.
 */
const messageFields = {
  id,
  from_id: idOrNull.transform((from) => from ?? '0'),
  date: moment(1000),
};

/**
 * `wall_wall_comment`, as `wall_reply_*` and wall.getComments give it; under a photo, a video or in a
 * discussion it names those.
 */
export const vkCommentSchema = z.looseObject({
  ...messageFields,
  owner_id: idOrNull,
  post_id: idOrNull,
  post_owner_id: idOrNull,
  photo_id: idOrNull,
  photo_owner_id: idOrNull,
  video_id: idOrNull,
  video_owner_id: idOrNull,
  topic_id: idOrNull,
  topic_owner_id: idOrNull,
  /** A deleted one stays in lists; in `*_delete` it is not said. */
  deleted: flag,
});
export type VkComment = z.output<typeof vkCommentSchema>;

/** `wall_wallpost`. A suggested post is a resident's too; a repost holds what it repeats. */
export const vkPostSchema = z.looseObject({ ...messageFields, owner_id: idOrNull, post_type: name });
export type VkPost = z.output<typeof vkPostSchema>;

/** A message is named by its number in the conversation; in a conversation of many its own is 0. */
const vkMessageSchema = z.looseObject({
  ...messageFields,
  id: idOrNull,
  peer_id: idOrNull,
  conversation_message_id: idOrNull,
  out: readBy((value) => value === 1),
  /** Somebody joined or left a conversation: nobody wrote that. */
  action: readBy(isFields),
});
export type VkMessage = z.output<typeof vkMessageSchema>;

/** `message_new` since 5.103 wraps the message; `message_edit` is the message itself. */
export const vkMessageEventSchema = z.preprocess(
  (object) => (isFields(object) && isFields(object['message']) ? object['message'] : object),
  vkMessageSchema,
);

/** An event as it is read: its kind, and the object it is about. */
export const vkEventSchema = z.looseObject({ type: z.string().max(100), object: z.unknown().optional() });

/** The part of a callback that is looked at before it is stored. */
export const vkOutlineSchema = z.looseObject({
  type: nameOrNull,
  group_id: idOrNull,
  event_id: nameOrNull,
  secret: z.string().nullable().catch(null),
});
