import { parseExact } from '#server/channels/networks/exact-json.ts';
import { wordsIn, type Fields } from '#server/channels/networks/lenient.ts';
import type { Page, IncomingMessage, ParsedEvent, RawEvent } from '#server/channels/networks/connector.ts';
import { vkAttachments, vkWords } from './content.ts';
import {
  vkCommentSchema,
  vkEventSchema,
  vkMessageEventSchema,
  vkPostSchema,
  type VkComment,
  type VkMessage,
  type VkPost,
} from './objects.ts';
import { vkPhotos } from './photos.ts';
import { commentEvent, commentKey, commentUrl, placeOf, type CommentPlace } from './places.ts';

const SITE = 'https://vk.com';
/** VK's name for an author who deleted himself. */
const GONE = 'DELETED';

function profile(from: string): { name: string; url: string } {
  if (from === '0') return { name: GONE, url: '' };
  const name = from.startsWith('-') ? `club${from.slice(1)}` : `id${from}`;
  return { name, url: `${SITE}/${name}` };
}

const ours = ({ pageId }: Page): string => `-${pageId}`;

/** Names the talk of one author at one place; nobody knows whether two deleted authors are one. */
const threadOf = (place: string, from: string, key: string): string =>
  from === '0' ? key : `${place}:${from}`;

function commentOf(page: Page, place: CommentPlace, comment: VkComment): IncomingMessage {
  const key = commentKey(place, comment.id);
  return {
    key,
    thread: threadOf(`post:${place.owner}_${place.post}`, comment.from_id, key),
    at: comment.date,
    network: 'vk',
    messageKind: 'comment',
    url: commentUrl(place, comment.id),
    placeUrl: `${SITE}/club${page.pageId}`,
    ...saidIn(comment),
    author: profile(comment.from_id),
    target: { kind: 'comment', owner: place.owner, post: place.post, comment: comment.id },
  };
}

/** The words and pictures of a message. */
function saidIn(message: Fields): Pick<IncomingMessage, 'text' | 'hasMedia' | 'media'> {
  const attachments = vkAttachments(message);
  return { text: vkWords(message), hasMedia: attachments.length > 0, media: vkPhotos(attachments) };
}

/**
 * A post on the wall, suggested to it, or a repost on a resident's own page. Only the first can be answered
 * by the community's token.
 */
function postOf(page: Page, post: VkPost): IncomingMessage {
  const { post_type: type } = post;
  const owner = post.owner_id ?? ours(page);
  const key = `post:${owner}_${post.id}`;
  const name = type === 'suggest' ? `suggest${post.id}` : post.id;
  return {
    key,
    thread: threadOf(key, post.from_id, key),
    at: post.date,
    network: 'vk',
    messageKind: 'post',
    url: `${SITE}/wall${owner}_${post.id}`,
    placeUrl: `${SITE}/club${page.pageId}`,
    ...saidIn(post),
    isSuggested: type === 'suggest',
    author: profile(post.from_id),
    target: { kind: 'comment', owner, post: name, comment: null },
  };
}

/** Conversations of many have numbers from here on; in others the number is the resident's. */
const FIRST_CHAT = 2_000_000_000;

function directOf(page: Page, message: VkMessage): IncomingMessage {
  const { from_id: from } = message;
  const peer = message.peer_id ?? from;
  const number = message.conversation_message_id ?? message.id;
  if (number === null || number === '0') throw new Error('a message without a number');
  const key = `message:${peer}_${number}`;
  return {
    key,
    thread: Number(peer) >= FIRST_CHAT ? threadOf(`peer:${peer}`, from, key) : `peer:${peer}`,
    at: message.date,
    network: 'vk',
    messageKind: 'direct',
    url: `${SITE}/gim${page.pageId}?sel=${peer}`,
    placeUrl: `${SITE}/club${page.pageId}`,
    ...saidIn(message),
    author: profile(from),
    target: { kind: 'direct', peer },
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

const skip = (reason: 'own' | 'service' | 'repost'): ParsedEvent => ({ kind: 'skip', reason });

/** Kinds of changes to a comment that is here already. */
const KINDS: ReadonlyMap<string, 'edited' | 'restored'> = new Map([
  ['edit', 'edited'],
  ['restore', 'restored'],
]);

const messageEvent = (
  kind: 'message' | 'edited' | 'restored',
  from: string,
  message: IncomingMessage,
  page: Page,
): ParsedEvent => (from === ours(page) ? skip('own') : { kind, message });

function readComment(page: Page, family: string, change: string, object: unknown): ParsedEvent {
  const place = (comment: VkComment): CommentPlace => placeOf(family, comment, ours(page));
  const comment = vkCommentSchema.parse(object);
  if (change === 'delete' || comment.deleted)
    return { kind: 'deleted', key: commentKey(place(comment), comment.id) };
  const message = commentOf(page, place(comment), comment);
  return messageEvent(KINDS.get(change) ?? 'message', comment.from_id, message, page);
}

/** A repost without words of its own says nothing new: what it repeats is the centre's. */
function readPost(page: Page, type: string, object: unknown): ParsedEvent {
  const post = vkPostSchema.parse(object);
  if (type === 'wall_repost' && wordsIn(post['text']).trim() === '') return skip('repost');
  return messageEvent('message', post.from_id, postOf(page, post), page);
}

/**
 * Makes sense of a stored callback. Throws ZodError when an event of a known kind is not what VK says it is.
 */
export function readVk(page: Page, { raw }: RawEvent): ParsedEvent {
  const { type, object } = vkEventSchema.parse(parseExact(raw));
  const comments = commentEvent(type);
  if (comments !== null) return readComment(page, comments.family, comments.change, object);
  switch (type) {
    case 'wall_post_new':
    case 'wall_repost':
      return readPost(page, type, object);
    case 'message_new':
    case 'message_edit': {
      const message = vkMessageEventSchema.parse(object);
      if (message.action) return skip('service');
      const from = message.out ? ours(page) : message.from_id;
      return messageEvent(type === 'message_new' ? 'message' : 'edited', from, directOf(page, message), page);
    }
    case 'message_reply':
      return skip('own');
    default:
      return SERVICE.has(type) ? skip('service') : { kind: 'unknown' };
  }
}
