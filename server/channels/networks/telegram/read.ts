import { alternatives } from '#shared/text/alternatives.ts';
import { botWordIn } from '#server/channels/networks/bot-word.ts';
import { parseExact } from '#server/channels/networks/exact-json.ts';
import { wordsIn } from '#server/channels/networks/lenient.ts';
import type { Page, IncomingMessage, ParsedEvent, RawEvent } from '#server/channels/networks/connector.ts';
import { contentKinds, telegramWords } from './content.ts';
import { chatLink, messageLink, userLink } from './links.ts';
import { telegramPhotos } from './photos.ts';
import {
  telegramMessageSchema,
  standingSchema,
  telegramUpdateSchema,
  type TelegramChat,
  type TelegramMessage,
} from './objects.ts';

interface Author {
  readonly id: string;
  readonly name: string;
  readonly url: string;
}

/**
 * Somebody whose account is not told: a private chat has his number and his name; of two others nobody knows
 * whether they are one.
 */
function strangerIn(chat: TelegramChat): Author {
  if (chat.type !== 'private') return { id: '', name: '—', url: '' };
  const name = `${chat.first_name} ${chat.last_name}`.trim();
  return { id: chat.id, name: name || `id${chat.id}`, url: userLink(chat) };
}

function authorOf({ from, sender_chat: sender, chat }: TelegramMessage): Author {
  if (sender !== null) return { id: sender.id, name: sender.title || sender.id, url: chatLink(sender) };
  if (from === null) return strangerIn(chat);
  return {
    id: from.id,
    name: `${from.first_name} ${from.last_name}`.trim() || `id${from.id}`,
    url: userLink(from),
  };
}

/** The channel itself, and administrators of the discussion group who write in its name. */
function isOwn(
  page: Page,
  { chat, sender_chat: sender, is_automatic_forward: isPost }: TelegramMessage,
): boolean {
  if (isPost) return true;
  return sender !== null && (isPage(page, sender) || sender.id === chat.id);
}

/** True when a chat is the page itself, which may be known by its number or its name. */
const isPage = ({ pageId }: Page, { id, username = '' }: Pick<TelegramChat, 'id' | 'username'>): boolean =>
  id === pageId || `@${username}`.toLowerCase() === pageId.toLowerCase();

/** Doings of a chat itself, by the names of Telegram's members: nobody wrote that. */
const SERVICE = new RegExp(
  `^(?:${alternatives(`
    new_chat_ left_chat_ delete_chat_ group_chat_ supergroup_chat_ channel_chat_ chat_ migrate_ pinned_
    message_auto_ successful_ refunded_ users_shared user_shared connected_ write_access_ passport_ proximity_
    boost_ forum_ general_forum_ giveaway_c video_chat_ voice_chat_ web_app_ gift unique_gift paid_message_
    direct_message_ suggested_post_ checklist_tasks_
  `)})`,
);

const hasWords = (message: TelegramMessage): boolean =>
  wordsIn(message['text']) !== '' || wordsIn(message['caption']) !== '';

/** A chat's own doings, and a bot's talk, hold no words of a resident. */
const isService = (message: TelegramMessage): boolean =>
  (!hasWords(message) &&
    contentKinds(message).length === 0 &&
    Object.keys(message).some((key) => SERVICE.test(key))) ||
  (message.from?.is_bot === true && message.sender_chat === null) ||
  (message.chat.type === 'private' && /^\/start\b/.test(wordsIn(message['text'])));

/**
 * Under a channel's post and in a forum's topic people talk apart; a group that is a page of its own is one
 * place.
 */
function placeOf(
  page: Page,
  { chat, message_thread_id: thread, is_topic_message: isTopic }: TelegramMessage,
): string {
  return thread !== null && (isTopic || !isPage(page, chat))
    ? `post:${chat.id}_${thread}`
    : `group:${chat.id}`;
}

function incomingOf(page: Page, message: TelegramMessage): IncomingMessage {
  const { chat, message_id: id, media_group_id: album } = message;
  const author = authorOf(message);
  const isDirect = chat.type === 'private';
  const key = album === null ? `message:${chat.id}_${id}` : `album:${chat.id}_${album}`;
  return {
    key,
    thread: isDirect ? `chat:${chat.id}` : author.id === '' ? key : `${placeOf(page, message)}:${author.id}`,
    at: message.date,
    text: telegramWords(message),
    network: 'telegram',
    messageKind: isDirect ? 'direct' : 'comment',
    url: isDirect ? author.url : messageLink(chat, id),
    placeUrl: isDirect ? '' : chatLink(chat),
    hasMedia: contentKinds(message).length > 0,
    media: telegramPhotos(page, message),
    author: { name: author.name, url: author.url },
    target: isDirect
      ? { kind: 'direct', peer: chat.id }
      : { kind: 'comment', owner: chat.id, post: message.message_thread_id ?? id, comment: id },
  };
}

const MESSAGES = new Set(['message', 'edited_message']);

/**
 * The messages of an album as they are now: of each the newest version, in the order they have in the chat.
 */
function partsOf(album: readonly RawEvent[]): TelegramMessage[] {
  const parts = new Map<string, TelegramMessage>();
  for (const { kind, raw } of album) {
    if (!MESSAGES.has(kind)) continue;
    const part = telegramMessageSchema.safeParse(telegramUpdateSchema.parse(parseExact(raw))[kind]).data;
    // The others of an album are read without the one that cannot be.
    if (part !== undefined) parts.set(part.message_id, part);
  }
  return [...parts.values()].toSorted((a, b) => (BigInt(a.message_id) < BigInt(b.message_id) ? -1 : 1));
}

/**
 * An album is one message: its first picture's with all captions. A later part changes it, as an edit does.
 */
function readAlbum(page: Page, album: readonly RawEvent[]): ParsedEvent {
  const parts = partsOf(album);
  const [first] = parts;
  if (first === undefined) return { kind: 'unknown' };
  const captions = parts.map((part) => wordsIn(part['caption']).trim()).filter((caption) => caption !== '');
  const read = readMessage(page, 'edited', { ...first, caption: captions.join('\n') });
  if (read.kind !== 'edited') return read;
  return {
    ...read,
    message: { ...read.message, media: parts.flatMap((part) => telegramPhotos(page, part)) },
  };
}

function readMessage(page: Page, kind: 'message' | 'edited', message: TelegramMessage): ParsedEvent {
  if (isOwn(page, message)) return { kind: 'skip', reason: 'own' };
  const { chat, from } = message;
  const isPersons = chat.type === 'private' && from?.is_bot !== true && kind === 'message';
  const word = isPersons ? botWordIn(wordsIn(message['text'])) : null;
  if (word !== null) return { kind: 'bot_word', peer: chat.id, called: authorOf(message).name, word };
  if (isService(message)) return { kind: 'skip', reason: 'service' };
  return { kind, message: incomingOf(page, message) };
}

/** A person who stops the bot hears no more of it; a group that puts it out leaves the page deaf. */
function readStanding(content: unknown): ParsedEvent {
  const { chat, new_chat_member: member } = standingSchema.parse(content);
  const isOut = member.status === 'left' || member.status === 'kicked';
  if (isOut && chat.type === 'private')
    return { kind: 'bot_word', peer: chat.id, called: '', word: { kind: 'blocked' } };
  if (!isOut) return { kind: 'skip', reason: 'service' };
  const trouble = { kind: 'bot_removed', detail: chat.title.slice(0, 200) } as const;
  return { kind: 'skip', reason: 'service', trouble };
}

/**
 * Makes sense of a stored update. Throws ZodError when an update of a known kind is not what Telegram says it
 * is.
 */
export function readTelegram(
  page: Page,
  { kind, raw }: RawEvent,
  album: readonly RawEvent[] = [],
): ParsedEvent {
  const content = telegramUpdateSchema.parse(parseExact(raw))[kind];
  switch (kind) {
    case 'message':
    case 'edited_message':
      if (album.length > 0) return readAlbum(page, album);
      return readMessage(
        page,
        kind === 'message' ? 'message' : 'edited',
        telegramMessageSchema.parse(content),
      );
    case 'channel_post':
    case 'edited_channel_post':
      return { kind: 'skip', reason: 'own' };
    case 'my_chat_member':
      return readStanding(content);
    default:
      return { kind: 'unknown' };
  }
}
