import { parseExact } from '#server/channels/exact-json.ts';
import type { Channel, Incoming, Parsed, RawEvent } from '#server/channels/network.ts';
import { chatLink, messageLink, userLink } from './links.ts';
import { photosOf } from './photos.ts';
import { messageSchema, standingSchema, updateSchema, type Message } from './objects.ts';

/** What a message may hold besides words, by the names of Telegram's members. */
const MEDIA = [
  'photo',
  'video',
  'animation',
  'document',
  'audio',
  'voice',
  'video_note',
  'sticker',
  'story',
  'location',
  'venue',
  'contact',
  'poll',
  'paid_media',
  'checklist',
] as const;

const mediaOf = (message: Message): readonly string[] => MEDIA.filter((name) => name in message);

/** Telegram writes a venue into `location` and an animation into `document` as well: the first name tells it. */
const wordsOf = (message: Message): string => {
  const words = (message.text ?? message.caption ?? '').trim();
  return words === '' ? `[${mediaOf(message)[0] ?? '…'}]` : words;
};

function authorOf({ from, sender_chat: sender }: Message): { id: string; name: string; url: string } {
  if (sender !== undefined) return { id: sender.id, name: sender.title || sender.id, url: chatLink(sender) };
  if (from === undefined) return { id: '0', name: '—', url: '' };
  return {
    id: from.id,
    name: `${from.first_name} ${from.last_name}`.trim() || `id${from.id}`,
    url: userLink(from),
  };
}

/** The channel itself, and administrators of the discussion group who write in its name. */
function isOwn({ pageId }: Channel, { chat, sender_chat: sender, is_automatic_forward: isPost }: Message) {
  if (isPost === true) return true;
  if (sender === undefined) return false;
  const isPage = sender.id === pageId || `@${sender.username ?? ''}`.toLowerCase() === pageId.toLowerCase();
  return isPage || sender.id === chat.id;
}

/** A chat's own doings, and a bot's talk, hold no words of a resident. */
const isService = (message: Message): boolean =>
  (message.text === undefined && message.caption === undefined && mediaOf(message).length === 0) ||
  (message.from?.is_bot === true && message.sender_chat === undefined) ||
  (message.chat.type === 'private' && /^\/start\b/.test(message.text ?? ''));

function incomingOf(channel: Channel, message: Message): Incoming {
  const { chat, message_id: id, media_group_id: album } = message;
  const author = authorOf(message);
  const isDirect = chat.type === 'private';
  return {
    key: album === undefined ? `message:${chat.id}_${id}` : `album:${chat.id}_${album}`,
    thread: isDirect ? `chat:${chat.id}` : `post:${chat.id}_${message.message_thread_id ?? id}:${author.id}`,
    at: message.date,
    text: wordsOf(message),
    network: 'telegram',
    messageKind: isDirect ? 'direct' : 'comment',
    url: isDirect ? author.url : messageLink(chat, id),
    placeUrl: isDirect ? '' : chatLink(chat),
    hasMedia: mediaOf(message).length > 0,
    media: photosOf(channel, message),
    author: { name: author.name, url: author.url },
    target: isDirect
      ? { kind: 'direct', peer: chat.id }
      : { kind: 'comment', owner: chat.id, post: message.message_thread_id ?? id, comment: id },
  };
}

const MESSAGES = new Set(['message', 'edited_message']);

/** The messages of an album as they are now: of each the newest version, in the order they have in the chat. */
function partsOf(album: readonly RawEvent[]): Message[] {
  const parts = new Map<string, Message>();
  for (const { kind, raw } of album) {
    if (!MESSAGES.has(kind)) continue;
    const part = messageSchema.parse(updateSchema.parse(parseExact(raw))[kind]);
    parts.set(part.message_id, part);
  }
  return [...parts.values()].toSorted((a, b) => (BigInt(a.message_id) < BigInt(b.message_id) ? -1 : 1));
}

/** An album is one message: its first picture's with all captions. A later part changes it, as an edit does. */
function readAlbum(channel: Channel, album: readonly RawEvent[]): Parsed {
  const parts = partsOf(album);
  const [first] = parts;
  if (first === undefined) return { kind: 'unknown' };
  const captions = parts.flatMap(({ caption = '' }) => (caption.trim() === '' ? [] : [caption.trim()]));
  const read = readMessage(channel, 'edited', { ...first, caption: captions.join('\n') });
  if (read.kind !== 'edited') return read;
  return { ...read, message: { ...read.message, media: parts.flatMap((part) => photosOf(channel, part)) } };
}

function readMessage(channel: Channel, kind: 'message' | 'edited', message: Message): Parsed {
  if (isOwn(channel, message)) return { kind: 'skip', reason: 'own' };
  if (isService(message)) return { kind: 'skip', reason: 'service' };
  return { kind, message: incomingOf(channel, message) };
}

/** A person who stops the bot concerns himself; a group that puts it out leaves the page deaf. */
function readStanding(content: unknown): Parsed {
  const { chat, new_chat_member: member } = standingSchema.parse(content);
  const isOut = member.status === 'left' || member.status === 'kicked';
  if (!isOut || chat.type === 'private') return { kind: 'skip', reason: 'service' };
  const trouble = { kind: 'bot_removed', detail: chat.title.slice(0, 200) } as const;
  return { kind: 'skip', reason: 'service', trouble };
}

/** Makes sense of a stored update. Throws ZodError when an update of a known kind is not what Telegram says it is. */
export function readTelegram(
  channel: Channel,
  { kind, raw }: RawEvent,
  album: readonly RawEvent[] = [],
): Parsed {
  const content = updateSchema.parse(parseExact(raw))[kind];
  switch (kind) {
    case 'message':
    case 'edited_message':
      if (album.length > 0) return readAlbum(channel, album);
      return readMessage(channel, kind === 'message' ? 'message' : 'edited', messageSchema.parse(content));
    case 'channel_post':
    case 'edited_channel_post':
      return { kind: 'skip', reason: 'own' };
    case 'my_chat_member':
      return readStanding(content);
    default:
      return { kind: 'unknown' };
  }
}
