import { z } from 'zod';
import { botWordIn } from '#server/channels/networks/bot-word.ts';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import type { Fields } from '#server/channels/networks/lenient.ts';
import type { Page, IncomingMessage, ParsedEvent, RawEvent } from '#server/channels/networks/connector.ts';
import { maxAttachments, maxWords } from './content.ts';
import { dialogSchema, removedSchema, saidSchema, SERVICE_MAX_UPDATES, type MaxMessage } from './objects.ts';
import { maxTarget, webOf } from './places.ts';

/** Somebody who deleted himself keeps a number at most. */
function authorOf({ sender }: MaxMessage): IncomingMessage['author'] {
  if (sender === null) return { name: '', url: '' };
  const { first_name: first, last_name: last, username, user_id: id } = sender;
  const name = [first, last].filter((part) => part !== '');
  const hasPage = /^\w[\w.-]{0,99}$/.test(username);
  return {
    name: name.join(' ') || (id === null ? '' : `id${id}`),
    url: hasPage ? `https://max.ru/${username}` : '',
  };
}

const photoSchema = z.looseObject({ payload: z.looseObject({ url: z.string() }) });

/**
 * Addresses of the photos; what is not as MAX says it is, is left out: a picture is not worth losing the
 * words.
 */
const photosOf = (attachments: readonly Fields[]): string[] =>
  attachments
    .filter(({ type }) => type === 'image')
    .flatMap((attachment) => photoSchema.safeParse(attachment).data?.payload.url ?? []);

/** A message without a body has no name of its own. */
const keyOf = ({ body, sender, recipient, timestamp }: MaxMessage): string =>
  `message:${body?.mid ?? `${recipient.chat_id ?? ''}/${sender?.user_id ?? ''}/${timestamp}`}`;

/**
 * One author under one post, in one group or channel, or in one conversation. A comment that names no post
 * stands alone. Nobody knows whether two without a number are one.
 */
function threadOf(message: MaxMessage): string {
  const { recipient, sender } = message;
  const from = sender?.user_id ?? '';
  if (recipient.chat_type === 'dialog') return `dialog:${recipient.chat_id ?? from}`;
  if (from === '') return keyOf(message);
  if (recipient.post_id !== null) return `post:${recipient.post_id}:${from}`;
  return recipient.chat_type === 'channel' ? keyOf(message) : `chat:${recipient.chat_id}:${from}`;
}

/** A message as the centre takes it in. */
export function maxMessage(page: Page, message: MaxMessage): IncomingMessage {
  const attachments = maxAttachments(message);
  const url = message.url ?? '';
  return {
    key: keyOf(message),
    thread: threadOf(message),
    at: message.timestamp,
    text: maxWords(message),
    network: 'max',
    messageKind: message.recipient.chat_type === 'dialog' ? 'direct' : 'comment',
    url: /^https?:\/\/[^\s]{1,1900}$/.test(url) ? url : '',
    placeUrl: webOf(page.pageId),
    hasMedia: attachments.length > 0,
    media: photosOf(attachments),
    author: authorOf(message),
    target: maxTarget(message),
  };
}

/**
 * True when the page itself wrote this: posts do not come from residents, nor does what is said in the
 * channel's name or by a bot.
 */
function isOwn({ sender, recipient }: MaxMessage, isComment: boolean): boolean {
  if (sender?.is_bot === true) return true;
  if (recipient.chat_type === 'channel' && !isComment) return true;
  return sender === null && recipient.chat_type !== 'dialog';
}

function messageEvent(page: Page, kind: 'message' | 'edited', update: unknown, type: string): ParsedEvent {
  const { message } = saidSchema.parse(update);
  const { chat_type: place, chat_id: chat, post_id: post } = message.recipient;
  // A bot in several chats tells all of them to each of its subscribers.
  if (place !== 'dialog' && chat !== null && chat !== page.pageId)
    return { kind: 'skip', reason: 'elsewhere' };
  if (isOwn(message, post !== null || type.startsWith('comment_'))) return { kind: 'skip', reason: 'own' };
  const word = kind === 'message' && place === 'dialog' ? botWordIn(message.body?.text ?? '') : null;
  const target = maxTarget(message);
  if (word !== null && target.kind === 'direct')
    return { kind: 'bot_word', peer: target.peer, called: authorOf(message).name, word };
  return { kind, message: maxMessage(page, message) };
}

/** Somebody has opened the bot, maybe by a link with a code, or has shut it out. */
function dialogEvent(update: unknown, isOpened: boolean): ParsedEvent {
  const { chat_id: chat, user, payload } = dialogSchema.parse(update);
  const word = isOpened ? botWordIn(payload) : ({ kind: 'blocked' } as const);
  if (chat === null || word === null) return { kind: 'skip', reason: 'service' };
  return { kind: 'bot_word', peer: `chat_id:${chat}`, called: user?.first_name ?? '', word };
}

const envelopeSchema = z.looseObject({ update_type: z.string() });

/**
 * Makes sense of a stored update. Throws ZodError when one of a known kind is not what MAX says it is,
 * SyntaxError when it is none.
 */
export function readMax(page: Page, { raw }: RawEvent): ParsedEvent {
  const update = envelopeSchema.parse(parseExact(raw));
  const { update_type: type } = update;
  switch (type) {
    case 'message_created':
    case 'comment_created':
      return messageEvent(page, 'message', update, type);
    case 'message_edited':
    case 'comment_edited':
      return messageEvent(page, 'edited', update, type);
    case 'message_removed':
    case 'comment_removed':
      return { kind: 'deleted', key: `message:${removedSchema.parse(update).message_id}` };
    case 'bot_started':
    case 'bot_stopped':
      return dialogEvent(update, type === 'bot_started');
    default:
      return SERVICE_MAX_UPDATES.includes(type) ? { kind: 'skip', reason: 'service' } : { kind: 'unknown' };
  }
}
