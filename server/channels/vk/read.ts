import type { z } from 'zod';
import { parseExact } from '#server/channels/exact-json.ts';
import type { Channel, Incoming, Parsed, RawEvent } from '#server/channels/network.ts';
import { commentSchema, deletedSchema, envelopeSchema, messageEventSchema, postSchema } from './objects.ts';

const SITE = 'https://vk.com';

const profile = (from: string): { name: string; url: string } =>
  from.startsWith('-')
    ? { name: `club${from.slice(1)}`, url: `${SITE}/club${from.slice(1)}` }
    : { name: `id${from}`, url: `${SITE}/id${from}` };

/** A picture without words is a message as well. */
const wordsOf = (text: string, attachments: readonly { readonly type: string }[]): string =>
  text.trim() === '' ? attachments.map(({ type }) => `[${type}]`).join(' ') || '[…]' : text;

const isOwn = (channel: Channel, from: string): boolean => from === `-${channel.pageId}`;

function commentOf(channel: Channel, comment: z.output<typeof commentSchema>): Incoming {
  const owner = comment.post_owner_id ?? comment.owner_id ?? `-${channel.pageId}`;
  const post = comment.post_id ?? '0';
  return {
    key: `comment:${owner}_${comment.id}`,
    thread: `post:${owner}_${post}:${comment.from_id}`,
    at: comment.date,
    text: wordsOf(comment.text, comment.attachments),
    network: 'vk',
    messageKind: 'comment',
    url: `${SITE}/wall${owner}_${post}?reply=${comment.id}`,
    placeUrl: `${SITE}/club${channel.pageId}`,
    hasMedia: comment.attachments.length > 0,
    author: profile(comment.from_id),
    target: { kind: 'comment', owner, post, comment: comment.id },
  };
}

function postOf(channel: Channel, post: z.output<typeof postSchema>): Incoming {
  return {
    key: `post:${post.owner_id}_${post.id}`,
    thread: `post:${post.owner_id}_${post.id}:${post.from_id}`,
    at: post.date,
    text: wordsOf(post.text, post.attachments),
    network: 'vk',
    messageKind: 'post',
    url: `${SITE}/wall${post.owner_id}_${post.id}`,
    placeUrl: `${SITE}/club${channel.pageId}`,
    hasMedia: post.attachments.length > 0,
    author: profile(post.from_id),
    target: { kind: 'comment', owner: post.owner_id, post: post.id, comment: null },
  };
}

function directOf(channel: Channel, message: z.output<typeof messageEventSchema>): Incoming {
  return {
    key: `message:${message.peer_id}_${message.conversation_message_id ?? message.id}`,
    thread: `peer:${message.peer_id}`,
    at: message.date,
    text: wordsOf(message.text, message.attachments),
    network: 'vk',
    messageKind: 'direct',
    url: `${SITE}/gim${channel.pageId}?sel=${message.peer_id}`,
    placeUrl: `${SITE}/club${channel.pageId}`,
    hasMedia: message.attachments.length > 0,
    author: profile(message.from_id),
    target: { kind: 'direct', peer: message.peer_id },
  };
}

/** Kinds that say nothing a resident wrote; they are kept, and counted as known. */
const SERVICE = new Set([
  'message_allow',
  'message_deny',
  'user_block',
  'user_unblock',
  'group_change_settings',
]);

/** Makes sense of a stored callback. Throws ZodError when an event of a known kind is not what VK says it is. */
export function readVk(channel: Channel, { raw }: RawEvent): Parsed {
  const { type, object } = envelopeSchema.parse(parseExact(raw));
  const said = (kind: 'message' | 'edited', from: string, message: Incoming): Parsed =>
    isOwn(channel, from) ? { kind: 'skip', reason: 'own' } : { kind, message };
  switch (type) {
    case 'wall_reply_new':
    case 'wall_reply_restore':
    case 'wall_reply_edit': {
      const comment = commentSchema.parse(object);
      const kind = type === 'wall_reply_edit' ? 'edited' : 'message';
      return said(kind, comment.from_id, commentOf(channel, comment));
    }
    case 'wall_reply_delete': {
      const { owner_id: owner, id } = deletedSchema.parse(object);
      return { kind: 'deleted', key: `comment:${owner}_${id}` };
    }
    case 'wall_post_new': {
      const post = postSchema.parse(object);
      return said('message', post.from_id, postOf(channel, post));
    }
    case 'message_new':
    case 'message_edit': {
      const message = messageEventSchema.parse(object);
      const from = message.out === 1 ? `-${channel.pageId}` : message.from_id;
      return said(type === 'message_new' ? 'message' : 'edited', from, directOf(channel, message));
    }
    default:
      return SERVICE.has(type) ? { kind: 'skip', reason: 'service' } : { kind: 'unknown' };
  }
}
