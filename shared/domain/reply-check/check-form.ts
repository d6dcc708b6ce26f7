import { isFirstName } from '#shared/text/first-names.ts';
import { findIdentifiers } from '#shared/text/identifiers/find-identifiers.ts';
import { networkRules } from '../reply-preview/network-rules.ts';
import { openPlaces } from '../templates/variables.ts';
import { PLAIN_WORDS } from './plain-words.ts';
import { atEach, ofWhole, type CheckedContext, type ReplyWarning } from './reply-warning.ts';

const GREETING = /^[\s"«]{0,5}(?:здравствуйте|добр(?:ый|ого|ое|ой)\s|уважаем|приветствуем)/iu;
const ADDRESS = new RegExp(
  `^[\\s"«]{0,5}(?:[Зз]дравствуйте|[Дд]обр(?:ый|ого|ое)\\s(?:день|дня|вечер|утро)|[Уу]важаем(?:ая|ый))` +
    '[,!\\s]{1,4}(\\p{Lu}\\p{Ll}{2,20})',
  'u',
);
const FAMILIAR = /(?<!\p{L})(?:ты|тебя|тебе|тобой|тво(?:й|я|е|ё|и|его|ей|ему|им|их|ю))(?!\p{L})/giu;
const SMALL_YOU = /(?<!\p{L})(?:вы|вас|вам|вами|ваш(?:а|е|и|его|ей|ему|им|их|у)?)(?!\p{L})/gu;
const MOBILE = /^\D{0,3}(?:[78]\D{0,3})?9/;
const LINK = /(?:https?:\/\/|www\.)[^\s<>"«»]{1,2000}/giu;

/** Warns of how a reply speaks to its reader: greeting, name, «Вы». */
export function checkGreeting(reply: string, { authorName }: CheckedContext): ReplyWarning[] {
  const name = ADDRESS.exec(reply)?.[1];
  const known = authorName.split(/\s+/u).find((word) => word.length > 2 && isFirstName(word));
  const at = name === undefined ? -1 : reply.indexOf(name);
  const isOther =
    name !== undefined && known !== undefined && isFirstName(name) && !sameBeginning(name, known);
  return [
    ...(GREETING.test(reply) ? [] : [ofWhole('greeting')]),
    ...(isOther ? [{ kind: 'wrong_name' as const, start: at, end: at + name.length, instead: known }] : []),
    ...atEach('familiar', reply, FAMILIAR),
    // «Уважаемые жители, вы …»: many are written to with a small letter.
    ...(name === undefined ? [] : atEach('small_you', reply, SMALL_YOU)),
  ];
}

const sameBeginning = (one: string, other: string): boolean =>
  one.slice(0, 3).toLowerCase() === other.slice(0, 3).toLowerCase();

/** Warns of what must not go out, and of what the network does not take. */
export function checkPublishable(reply: string, context: CheckedContext): ReplyWarning[] {
  const { network, messageKind, files } = context;
  const { letters, takesLinks } = networkRules({ network, kind: messageKind, files });
  const most = letters ?? Infinity;
  return [
    ...openPlaces(reply).map((place) => ({ kind: 'variable' as const, ...place })),
    ...findIdentifiers(reply).all.flatMap(({ kind, start, end }): ReplyWarning[] => {
      const isPublic = kind === 'phone' && !MOBILE.test(reply.slice(start, end));
      return isPublic || kind === 'mail' || kind === 'link' ? [] : [{ kind: 'personal_data', start, end }];
    }),
    ...(!takesLinks ? atEach('link', reply, LINK) : []),
    ...(reply.length > most
      ? [{ kind: 'too_long' as const, start: most, end: reply.length, instead: String(most) }]
      : []),
  ];
}

const OFFICIALESE = new RegExp(
  `(?<!\\p{L})(?:${Object.keys(PLAIN_WORDS)
    .toSorted((a, b) => b.length - a.length)
    .join('|')})(?!\\p{L})`,
  'gu',
);

/** Finds officialese, each with plainer words. */
export function checkWording(reply: string): ReplyWarning[] {
  const lower = reply.toLowerCase().replaceAll('ё', 'е');
  // A letter that changes its width in small letters would shift all places behind it.
  if (lower.length !== reply.length) return [];
  return atEach('officialese', lower, OFFICIALESE).map((warning) => ({
    ...warning,
    instead: PLAIN_WORDS[lower.slice(warning.start, warning.end)] ?? '',
  }));
}
