import { fieldsOf, objectsOf, wordsIn, type Fields } from '#server/channels/networks/lenient.ts';
import { contentOf, passedOn, quoted, type Shared } from '#server/channels/networks/shared-content.ts';
import { plainText } from './plain-text.ts';

/** Messages forwarded within forwarded ones, and posts that share posts: looked into so deep. */
const MAX_DEPTH = 8;

const SITE = 'https://vk.com';
/** Kinds that have a page of their own: an address is made of its owner and number. */
const ADDRESSED = new Set([
  'video',
  'wall',
  'poll',
  'market',
  'story',
  'album',
  'photo',
  'audio',
  'doc',
  'clip',
]);

const idOf = (value: unknown): string => /^-?\d{1,20}$/.exec(wordsIn(value))?.[0] ?? '';

function addressOf(type: string, fields: Fields): string {
  const owner = idOf(fields['owner_id'] ?? fields['to_id']);
  const id = idOf(fields['id']);
  return ADDRESSED.has(type) && owner !== '' && id !== '' ? `${SITE}/${type}${owner}_${id}` : '';
}

/** An author's page, which is all VK says of him here. */
function pageOf(fields: Fields): string {
  const from = idOf(fields['from_id'] ?? fields['owner_id']);
  if (from === '' || from === '0') return '';
  return from.startsWith('-') ? `vk.com/club${from.slice(1)}` : `vk.com/id${from}`;
}

/** `{type: 'video', video: {…}}`: the thing lies under its own name. */
function sharedOf(attachment: Fields): Shared {
  const type = wordsIn(attachment['type']);
  const fields = fieldsOf(attachment[type]);
  return { type, fields: { url: addressOf(type, fields), ...fields } };
}

const isPost = ({ type }: Shared): boolean => type === 'wall' || type === 'wall_reply';

function postWords({ type, fields }: Shared, depth: number): string {
  const head = type === 'wall_reply' ? 'Комментарий' : 'Запись';
  const by = [pageOf(fields), wordsIn(fields['url'])].filter((found) => found !== '').join(', ');
  return passedOn(head, by, vkWords(fields, depth + 1));
}

/**
 * All that a message, a comment or a post of VK says: its words, what is shared in it, what it passes on and
 * what it answers; '' when it says nothing.
 */
export function vkWords(message: Fields, depth = 0): string {
  if (depth > MAX_DEPTH) return '';
  const shared = objectsOf(message['attachments']).map(sharedOf);
  const geo = fieldsOf(message['geo']);
  const places = Object.keys(geo).length > 0 ? [{ type: 'geo', fields: geo }] : [];
  const answered = fieldsOf(message['reply_message']);
  const others = [
    quoted(pageOf(answered), Object.keys(answered).length > 0 ? vkWords(answered, depth + 1) : ''),
    ...objectsOf(message['fwd_messages']).map((forward) =>
      passedOn('Переслано', pageOf(forward), vkWords(forward, depth + 1)),
    ),
    ...objectsOf(message['copy_history']).map((post) =>
      passedOn('Запись', pageOf(post), vkWords(post, depth + 1)),
    ),
    ...shared.filter(isPost).map((post) => postWords(post, depth)),
  ];
  const items = [...places, ...shared.filter((item) => !isPost(item))];
  return contentOf(plainText(wordsIn(message['text'])), items, others);
}

/**
 * Everything attached to a message and to what it passes on, so that photos of a shared post are seen as
 * well.
 */
export function vkAttachments(message: Fields, depth = 0): readonly Fields[] {
  if (depth > MAX_DEPTH) return [];
  const own = objectsOf(message['attachments']);
  const posts = own.map((attachment) => fieldsOf(attachment[wordsIn(attachment['type'])]));
  const inner = [...objectsOf(message['fwd_messages']), ...objectsOf(message['copy_history']), ...posts];
  return [...own, ...inner.flatMap((fields) => vkAttachments(fields, depth + 1))];
}
