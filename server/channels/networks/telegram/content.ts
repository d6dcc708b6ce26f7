import {
  fieldsOf,
  idIn,
  isFields,
  listOf,
  numberIn,
  objectsOf,
  wordsIn,
  type Fields,
} from '#server/channels/networks/lenient.ts';
import { contentOf, passedOn, quoted, type Shared } from '#server/channels/networks/shared-content.ts';

/**
 * Kinds of things a message may hold besides words, by the names of Telegram's members; of a venue and an
 * animation, which are written twice, the first.
 */
const KINDS = [
  'photo',
  'video',
  'animation',
  'voice',
  'video_note',
  'audio',
  'document',
  'sticker',
  'story',
  'venue',
  'location',
  'contact',
  'poll',
  'checklist',
  'dice',
  'game',
  'giveaway',
  'giveaway_winners',
  'invoice',
  'paid_media',
] as const;

/** Written beside the one that says more. */
const TWICE: Readonly<Record<string, string>> = { location: 'venue', document: 'animation' };

const isThere = (message: Fields, kind: string): boolean =>
  isFields(message[kind]) || Array.isArray(message[kind]);

/** Names of what a message holds besides words. */
export const contentKinds = (message: Fields): readonly string[] =>
  KINDS.filter((kind) => isThere(message, kind) && !isThere(message, TWICE[kind] ?? ''));

/** A person's, a group's or a channel's name. */
function nameOf(value: unknown): string {
  const fields = fieldsOf(value);
  const person = [wordsIn(fields['first_name']), wordsIn(fields['last_name'])].filter((part) => part !== '');
  return wordsIn(fields['title']) || person.join(' ') || wordsIn(fields['username']);
}

/** Where a forwarded or answered message came from, in whichever of Telegram's four forms. */
function originOf(value: unknown): string {
  const origin = fieldsOf(value);
  return (
    nameOf(origin['sender_user']) ||
    nameOf(origin['sender_chat']) ||
    nameOf(origin['chat']) ||
    wordsIn(origin['sender_user_name'])
  );
}

/** Texts with an address behind them: `text_link`; positions count UTF-16 units, as JavaScript does. */
function linksIn(text: string, entities: unknown): Shared[] {
  return objectsOf(entities)
    .filter(({ type }) => type === 'text_link')
    .map((entity) => {
      const from = numberIn(entity['offset']) ?? 0;
      const title = text.slice(from, from + (numberIn(entity['length']) ?? 0));
      return { type: 'text_link', fields: { title, url: entity['url'] } };
    });
}

function storyOf(fields: Fields): Fields {
  const chat = fieldsOf(fields['chat']);
  const username = /^\w{1,100}$/.exec(wordsIn(chat['username']))?.[0];
  const id = idIn(fields['id']);
  const url = username === undefined || id === null ? '' : `https://t.me/${username}/s/${id}`;
  return { title: nameOf(chat), url };
}

function sharedOf(message: Fields): Shared[] {
  return contentKinds(message).map((type) => {
    const fields = fieldsOf(message[type]);
    return { type, fields: type === 'story' ? storyOf(fields) : fields };
  });
}

/** Words of the page itself, and of its bot, are known to whoever answers. */
const isOurs = (message: Fields): boolean =>
  message['is_automatic_forward'] === true ||
  fieldsOf(message['from'])['is_bot'] === true ||
  Object.keys(fieldsOf(message['sender_chat'])).length > 0;

/**
 * Quotes what is answered: a part that was picked out, else a message of another chat, a story, or what
 * another resident said here.
 */
function answeredOf(message: Fields): string {
  const [quote, elsewhere, here] = ['quote', 'external_reply', 'reply_to_message'].map((name) =>
    fieldsOf(message[name]),
  );
  const by = originOf(elsewhere?.['origin']) || nameOf(elsewhere?.['chat']);
  const picked = wordsIn(quote?.['text']);
  if (elsewhere !== undefined && Object.keys(elsewhere).length > 0)
    return quoted(by, picked || contentOf('', sharedOf(elsewhere)));
  const answered = here ?? {};
  if (picked !== '') return quoted(nameOf(answered['sender_chat']) || nameOf(answered['from']), picked);
  const story = fieldsOf(message['reply_to_story']);
  if (Object.keys(story).length > 0)
    return quoted(nameOf(story['chat']), contentOf('', [{ type: 'story', fields: storyOf(story) }]));
  if (Object.keys(answered).length === 0 || isOurs(answered)) return '';
  return quoted(nameOf(answered['from']), ownWordsOf(answered) || contentOf('', sharedOf(answered)));
}

const ownWordsOf = (message: Fields): string => wordsIn(message['text']) || wordsIn(message['caption']);

/** Name of the person whose words were passed on; null when the message is the sender's own. */
function forwardedFrom(message: Fields): string | null {
  if (isFields(message['forward_origin'])) return originOf(message['forward_origin']);
  const [from, chat] = [message['forward_from'], message['forward_from_chat']];
  const hidden = wordsIn(message['forward_sender_name']);
  return isFields(from) || isFields(chat) || hidden !== '' ? nameOf(from) || nameOf(chat) || hidden : null;
}

/**
 * All that a message of Telegram says: its words, what is shared, passed on or answered in it; '' when it
 * says nothing.
 */
export function telegramWords(message: Fields): string {
  const text = ownWordsOf(message);
  const entities = wordsIn(message['text']) === '' ? message['caption_entities'] : message['entities'];
  const links = linksIn(text, listOf(entities));
  const from = forwardedFrom(message);
  const content = contentOf(
    text,
    [...links, ...sharedOf(message)],
    from === null ? [answeredOf(message)] : [],
  );
  return from === null ? content : passedOn('Переслано', from, content);
}
