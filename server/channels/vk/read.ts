import { parseExact } from '#server/channels/exact-json.ts';
import type { Channel, Incoming, Parsed, RawEvent } from '#server/channels/network.ts';
import {
  commentSchema,
  deletedSchema,
  envelopeSchema,
  messageEventSchema,
  postSchema,
  type Comment,
  type Message,
  type Post,
} from './objects.ts';
import { photosOf } from './photos.ts';
import { commentEvent, commentKey, commentUrl, placeOf, type CommentPlace } from './places.ts';

const SITE = 'https://vk.com';
/** What VK calls an author who deleted himself. */
const GONE = 'DELETED';

function profile(from: string): { name: string; url: string } {
  if (from === '0') return { name: GONE, url: '' };
  const name = from.startsWith('-') ? `club${from.slice(1)}` : `id${from}`;
  return { name, url: `${SITE}/${name}` };
}

/** Without words of his own a resident has passed on somebody's, or a picture: a message as well. */
function wordsOf(
  text: string,
  quoted: readonly { readonly text: string }[],
  attachments: readonly { readonly type: string }[],
): string {
  const passedOn = quoted.map((one) => one.text.trim()).filter((words) => words !== '');
  const kinds = attachments.map(({ type }) => `[${type}]`);
  return text.trim() === '' ? [...passedOn, ...kinds].join('\n') || '[…]' : text;
}

const ours = ({ pageId }: Channel): string => `-${pageId}`;

/** What one author writes at one place belongs together; nobody knows whether two deleted authors are one. */
const threadOf = (place: string, from: string, key: string): string =>
  from === '0' ? key : `${place}:${from}`;

function commentOf(channel: Channel, place: CommentPlace, comment: Comment): Incoming {
  const key = commentKey(place, comment.id);
  return {
    key,
    thread: threadOf(`post:${place.owner}_${place.post}`, comment.from_id, key),
    at: comment.date,
    text: wordsOf(comment.text, [], comment.attachments),
    network: 'vk',
    messageKind: 'comment',
    url: commentUrl(place, comment.id),
    placeUrl: `${SITE}/club${channel.pageId}`,
    hasMedia: comment.attachments.length > 0,
    media: photosOf(comment.attachments),
    author: profile(comment.from_id),
    target: { kind: 'comment', owner: place.owner, post: place.post, comment: comment.id },
  };
}

/** A post on the wall, suggested to it, or a repost on a resident's own page. Only the first can be answered by the community's token. */
function postOf(channel: Channel, post: Post): Incoming {
  const { owner_id: owner, post_type: type } = post;
  const key = `post:${owner}_${post.id}`;
  const name = type === 'suggest' ? `suggest${post.id}` : post.id;
  return {
    key,
    thread: threadOf(key, post.from_id, key),
    at: post.date,
    text: wordsOf(post.text, post.copy_history, post.attachments),
    network: 'vk',
    messageKind: 'post',
    url: `${SITE}/wall${owner}_${post.id}`,
    placeUrl: `${SITE}/club${channel.pageId}`,
    hasMedia: post.attachments.length > 0,
    media: photosOf(post.attachments),
    isSuggested: type === 'suggest',
    author: profile(post.from_id),
    target: { kind: 'comment', owner, post: name, comment: null },
  };
}

function directOf(channel: Channel, message: Message): Incoming {
  return {
    key: `message:${message.peer_id}_${message.conversation_message_id ?? message.id}`,
    thread: `peer:${message.peer_id}`,
    at: message.date,
    text: wordsOf(message.text, message.fwd_messages, message.attachments),
    network: 'vk',
    messageKind: 'direct',
    url: `${SITE}/gim${channel.pageId}?sel=${message.peer_id}`,
    placeUrl: `${SITE}/club${channel.pageId}`,
    hasMedia: message.attachments.length > 0,
    media: photosOf(message.attachments),
    author: profile(message.from_id),
    target: { kind: 'direct', peer: message.peer_id },
  };
}

/** Kinds that say nothing a resident wrote; they are kept, and counted as known. */
const SERVICE = new Set([
  'message_allow',
  'message_deny',
  'message_read',
  'message_typing_state',
  'message_event',
  'message_reaction_event',
  'user_block',
  'user_unblock',
  'group_join',
  'group_leave',
  'group_change_settings',
  'group_change_photo',
  'group_officers_edit',
  'like_add',
  'like_remove',
]);

const skip = (reason: 'own' | 'service' | 'repost'): Parsed => ({ kind: 'skip', reason });

/** What a change of a comment is, other than that it is new. */
const KINDS: ReadonlyMap<string, 'edited' | 'restored'> = new Map([
  ['edit', 'edited'],
  ['restore', 'restored'],
]);

const said = (
  kind: 'message' | 'edited' | 'restored',
  from: string,
  message: Incoming,
  channel: Channel,
): Parsed => (from === ours(channel) ? skip('own') : { kind, message });

function readComment(channel: Channel, family: string, change: string, object: unknown): Parsed {
  const place = (comment: Comment): CommentPlace => placeOf(family, comment, ours(channel));
  if (change === 'delete') {
    const { id, ...where } = deletedSchema.parse(object);
    return { kind: 'deleted', key: commentKey(place({ ...where, id } as Comment), id) };
  }
  const comment = commentSchema.parse(object);
  if (comment.deleted === true) return { kind: 'deleted', key: commentKey(place(comment), comment.id) };
  const message = commentOf(channel, place(comment), comment);
  return said(KINDS.get(change) ?? 'message', comment.from_id, message, channel);
}

/** A repost without words of its own says nothing new: what it repeats is the centre's. */
function readPost(channel: Channel, type: string, object: unknown): Parsed {
  const post = postSchema.parse(object);
  if (type === 'wall_repost' && post.text.trim() === '') return skip('repost');
  return said('message', post.from_id, postOf(channel, post), channel);
}

/** Makes sense of a stored callback. Throws ZodError when an event of a known kind is not what VK says it is. */
export function readVk(channel: Channel, { raw }: RawEvent): Parsed {
  const { type, object } = envelopeSchema.parse(parseExact(raw));
  const comments = commentEvent(type);
  if (comments !== null) return readComment(channel, comments.family, comments.change, object);
  switch (type) {
    case 'wall_post_new':
    case 'wall_repost':
      return readPost(channel, type, object);
    case 'message_new':
    case 'message_edit': {
      const message = messageEventSchema.parse(object);
      if (message.action !== undefined) return skip('service');
      const from = message.out === 1 ? ours(channel) : message.from_id;
      return said(type === 'message_new' ? 'message' : 'edited', from, directOf(channel, message), channel);
    }
    case 'message_reply':
      return skip('own');
    default:
      return SERVICE.has(type) ? skip('service') : { kind: 'unknown' };
  }
}
