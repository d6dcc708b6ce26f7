import { z } from 'zod';
import { parseExact } from '#server/channels/exact-json.ts';
import type { Channel, Incoming, Parsed, RawEvent } from '#server/channels/network.ts';
import { COMMENT } from './catch-up.ts';
import { photosOf } from './photos.ts';
import { messageSchema, storedCommentSchema } from './objects.ts';

export const SITE = 'https://ok.ru';

/** A picture without words is a message as well. */
const wordsOf = (text: string, attachments: readonly { readonly type: string }[]): string =>
  text.trim() === '' ? attachments.map(({ type }) => `[${type}]`).join(' ') || '[…]' : text;

/** A person's name; one who has none is known by the number. */
export const nameOf = (name: string | undefined, author: string): string =>
  name === undefined || name.trim() === '' ? `id${author}` : name.trim();

export const topicLink = ({ pageId }: Channel, topic: string): string =>
  `${SITE}/group/${pageId}/topic/${topic}`;
export const groupLink = ({ pageId }: Channel): string => `${SITE}/group/${pageId}`;

function directOf(channel: Channel, event: z.output<typeof messageSchema>): Incoming {
  const { sender, recipient, message, timestamp } = event;
  const author = sender.user_id.replace(/^user:/, '');
  return {
    key: `message:${message.mid}`,
    thread: recipient.chat_id,
    at: timestamp,
    text: wordsOf(message.text, message.attachments),
    network: 'ok',
    messageKind: 'direct',
    url: groupLink(channel),
    placeUrl: groupLink(channel),
    hasMedia: message.attachments.length > 0,
    media: photosOf(message.attachments),
    author: { name: nameOf(sender.name, author), url: `${SITE}/profile/${author}` },
    target: { kind: 'direct', peer: recipient.chat_id },
  };
}

/** Moscow has kept one offset since 2014. */
function momentOf({ date_ms: ms, date }: z.output<typeof storedCommentSchema>['comment']): number {
  return ms ?? Date.parse(`${z.string().parse(date).replace(' ', 'T')}+03:00`);
}

/** A comment as catching up has stored it. */
export function commentOf(channel: Channel, stored: z.output<typeof storedCommentSchema>): Incoming {
  const { topic, comment, author } = stored;
  return {
    key: `comment:${topic}_${comment.id}`,
    thread: `topic:${topic}:${comment.author_id}`,
    at: momentOf(comment),
    text: wordsOf(comment.text, comment.attachments),
    network: 'ok',
    messageKind: 'comment',
    url: topicLink(channel, topic),
    placeUrl: groupLink(channel),
    hasMedia: comment.attachments.length > 0,
    media: photosOf(comment.attachments),
    author: { name: nameOf(author, comment.author_id), url: `${SITE}/profile/${comment.author_id}` },
    target: { kind: 'comment', owner: channel.pageId, post: topic, comment: comment.id },
  };
}

/** Makes sense of a stored event. Throws ZodError when an event of a known kind is not what it should be. */
export function readOk(channel: Channel, { kind, raw }: RawEvent): Parsed {
  switch (kind) {
    case 'MESSAGE_CREATED': {
      const event = messageSchema.parse(parseExact(raw));
      if (event.sender.user_id === `group:${channel.pageId}`) return { kind: 'skip', reason: 'own' };
      return { kind: 'message', message: directOf(channel, event) };
    }
    case COMMENT: {
      const stored = storedCommentSchema.parse(parseExact(raw));
      if (stored.comment.author_id === channel.pageId) return { kind: 'skip', reason: 'own' };
      return { kind: 'message', message: commentOf(channel, stored) };
    }
    case 'CHAT_SYSTEM':
    case 'MESSAGE_CALLBACK':
      return { kind: 'skip', reason: 'service' };
    default:
      return { kind: 'unknown' };
  }
}
