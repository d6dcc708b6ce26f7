import type { z } from 'zod';
import type { Instant } from '#shared/domain/instant.ts';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import { objectsOf, type Fields } from '#server/channels/networks/lenient.ts';
import type { Page, IncomingMessage, ParsedEvent, RawEvent } from '#server/channels/networks/connector.ts';
import { OK_COMMENT } from './catch-up.ts';
import { okWords } from './content.ts';
import { okPhotos } from './photos.ts';
import { okMessageSchema, storedCommentSchema } from './objects.ts';

export const OK_SITE = 'https://ok.ru';

/** A person's name; one who has none is known by the number. */
export const okName = (name: string | undefined, author: string): string =>
  name?.trim() || (author === '' ? '' : `id${author}`);

export const topicLink = ({ pageId }: Page, topic: string): string =>
  `${OK_SITE}/group/${pageId}/topic/${topic}`;
export const groupLink = ({ pageId }: Page): string => `${OK_SITE}/group/${pageId}`;

/** Where a person is found; '' for one who is not named. */
const profile = (author: string): string => (author === '' ? '' : `${OK_SITE}/profile/${author}`);

/** The words and pictures of a message. */
function saidIn(message: Fields): Pick<IncomingMessage, 'text' | 'hasMedia' | 'media'> {
  const attachments = objectsOf(message['attachments']);
  return { text: okWords(message), hasMedia: attachments.length > 0, media: okPhotos(attachments) };
}

function directOf(page: Page, event: z.output<typeof okMessageSchema>, eventKey: string): IncomingMessage {
  const { sender, recipient, message, timestamp } = event;
  const author = (sender.user_id ?? '').replace(/^user:/, '');
  const key = `message:${message.mid ?? eventKey.replace(/^read:/, '')}`;
  const chat = recipient?.chat_id ?? '';
  return {
    key,
    thread: chat === '' || author === '' ? key : `${chat}:${author}`,
    at: timestamp,
    network: 'ok',
    messageKind: 'direct',
    url: groupLink(page),
    placeUrl: groupLink(page),
    ...saidIn(message),
    author: { name: okName(sender.name, author), url: profile(author) },
    target: { kind: 'direct', peer: chat },
  };
}

/** Moscow has kept one offset since 2014. */
function momentOf({ date_ms: ms, date }: z.output<typeof storedCommentSchema>['comment']): Instant | null {
  const at = ms ?? (date === null ? Number.NaN : Date.parse(`${date.replace(' ', 'T')}+03:00`));
  return Number.isNaN(at) ? null : at;
}

/** A comment as catching up has stored it. */
export function okComment(page: Page, stored: z.output<typeof storedCommentSchema>): IncomingMessage {
  const { topic, comment, author } = stored;
  const from = comment.author_id ?? '';
  const key = `comment:${topic}_${comment.id}`;
  return {
    key,
    thread: from === '' ? key : `topic:${topic}:${from}`,
    at: momentOf(comment),
    network: 'ok',
    messageKind: 'comment',
    url: topicLink(page, topic),
    placeUrl: groupLink(page),
    ...saidIn(comment),
    author: { name: okName(author, from), url: profile(from) },
    target: { kind: 'comment', owner: page.pageId, post: topic, comment: comment.id },
  };
}

/** Makes sense of a stored event. Throws ZodError when an event of a known kind is not what it should be. */
export function readOk(page: Page, { key, kind, raw }: RawEvent): ParsedEvent {
  switch (kind) {
    case 'MESSAGE_CREATED': {
      const event = okMessageSchema.parse(parseExact(raw));
      if (event.sender.user_id === `group:${page.pageId}`) return { kind: 'skip', reason: 'own' };
      return { kind: 'message', message: directOf(page, event, key) };
    }
    case OK_COMMENT: {
      const stored = storedCommentSchema.parse(parseExact(raw));
      if (stored.comment.author_id === page.pageId) return { kind: 'skip', reason: 'own' };
      return { kind: 'message', message: okComment(page, stored) };
    }
    case 'CHAT_SYSTEM':
    case 'MESSAGE_CALLBACK':
      return { kind: 'skip', reason: 'service' };
    default:
      return { kind: 'unknown' };
  }
}
