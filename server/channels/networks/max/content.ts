import { fieldsOf, numberIn, objectsOf, wordsIn, type Fields } from '#server/channels/networks/lenient.ts';
import { contentOf, passedOn, quoted, type Shared } from '#server/channels/networks/shared-content.ts';

/** A forwarded message may hold a link of its own: looked into so deep. */
const MAX_DEPTH = 8;

/**
 * `{type, payload, …}`: some kinds have their fields beside the payload, some in it, a person in `max_info`.
 */
const sharedOf = (attachment: Fields): Shared => ({
  type: wordsIn(attachment['type']),
  fields: { ...attachment, ...fieldsOf(attachment['payload']) },
});

/** Words with an address behind them; the unit of positions is told nowhere and taken as JavaScript's. */
function linksOf(body: Fields): Shared[] {
  const text = wordsIn(body['text']);
  return objectsOf(body['markup'])
    .filter(({ type }) => type === 'link')
    .map((mark) => {
      const from = numberIn(mark['from']) ?? 0;
      const title = text.slice(from, from + (numberIn(mark['length']) ?? 0));
      return { type: 'link', fields: { title, url: mark['url'] } };
    })
    .filter(({ fields }) => !text.includes(wordsIn(fields.url)));
}

const personOf = (sender: Fields): string =>
  [wordsIn(sender['first_name']), wordsIn(sender['last_name'])].filter((part) => part !== '').join(' ') ||
  wordsIn(sender['name']);

/** Words passed on or answered. They lie in `link.message`, as a body or as a message with one. */
function linkedOf({ link }: Fields, depth: number): string[] {
  const fields = fieldsOf(link);
  const message = fieldsOf(fields['message']);
  const words = maxWords('body' in message ? message : { body: message, link: message['link'] }, depth + 1);
  const sender = fieldsOf(fields['sender'] ?? message['sender']);
  if (fields['type'] === 'reply') return sender['is_bot'] === true ? [] : [quoted(personOf(sender), words)];
  const isThere = words !== '' || Object.keys(sender).length > 0;
  return isThere ? [passedOn('Переслано', personOf(sender), words)] : [];
}

/**
 * All that a message of MAX says: its words, what is shared, passed on or answered in it; '' when it says
 * nothing.
 */
export function maxWords(message: Fields, depth = 0): string {
  if (depth > MAX_DEPTH) return '';
  const body = fieldsOf(message['body']);
  const shared = [...linksOf(body), ...objectsOf(body['attachments']).map(sharedOf)];
  return contentOf(wordsIn(body['text']), shared, linkedOf(message, depth));
}

/** Everything attached to a message and to the one it passes on. */
export function maxAttachments(message: Fields): readonly Fields[] {
  const link = fieldsOf(message['link']);
  const passed = link['type'] === 'reply' ? {} : fieldsOf(link['message']);
  const bodies = [fieldsOf(message['body']), passed, fieldsOf(passed['body'])];
  return bodies.flatMap((body) => objectsOf(body['attachments']));
}
