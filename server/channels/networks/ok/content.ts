import { fieldsOf, objectsOf, wordsIn, type Fields } from '#server/channels/networks/lenient.ts';
import { contentOf, passedOn, quoted, type Shared } from '#server/channels/networks/shared-content.ts';

/** Posts that share posts: looked into so deep. */
const MAX_DEPTH = 8;
const POSTS = new Set(['reshare', 'topic', 'post', 'forward', 'message']);

/**
 * `{type: 'LOCATION', payload: {…}}`; under topics the fields may stand beside the type, or under its name.
 */
function sharedOf(attachment: Fields): Shared {
  const type = wordsIn(attachment['type']).toLowerCase();
  return {
    type,
    fields: { ...attachment, ...fieldsOf(attachment[type]), ...fieldsOf(attachment['payload']) },
  };
}

const authorOf = (fields: Fields): string =>
  wordsIn(fields['name']) ||
  wordsIn(fieldsOf(fields['sender'] ?? fields['author'] ?? fields['owner'])['name']);

const isPost = ({ type }: Shared): boolean => POSTS.has(type);

/**
 * All that a message or a comment says: its words, what is shared, passed on or answered in it; '' when it
 * says nothing.
 */
export function okWords(message: Fields, depth = 0): string {
  if (depth > MAX_DEPTH) return '';
  const shared = objectsOf(message['attachments']).map(sharedOf);
  const answered = fieldsOf(message['reply_to'] ?? message['reply_to_message']);
  const inner = (fields: Fields): string => okWords(fieldsOf(fields['message'] ?? fields), depth + 1);
  const forwarded = ['forwarded_messages', 'forward'].flatMap((name) => [
    ...objectsOf(message[name]),
    ...objectsOf([message[name]]),
  ]);
  const others = [
    Object.keys(answered).length > 0 ? quoted(authorOf(answered), inner(answered)) : '',
    ...forwarded.map((forward) => passedOn('Переслано', authorOf(forward), inner(forward))),
    ...shared.filter(isPost).map(({ fields }) => {
      const by = [authorOf(fields), wordsIn(fields['url'] ?? fields['link'])].filter((found) => found !== '');
      return passedOn('Запись', by.join(', '), inner({ ...fields, attachments: fields['attachments'] }));
    }),
  ];
  const items = shared.filter((item) => !isPost(item));
  return contentOf(wordsIn(message['text']), items, others);
}
