import { isFirstName } from '#shared/text/first-names.ts';
import { russianStem } from '#shared/text/russian-stem.ts';
import { normaliseText } from '#shared/text/tokens.ts';
import { STREET } from './houses.ts';

const MARK = '[имя]';
const BEFORE = '(?<![\\p{L}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{N}])';

const SURNAME =
  String.raw`\p{Lu}[\p{Ll}-]{1,30}(?:[оеё]в|[иы]н|ск|цк|ко|ук|юк|ик|ич|ян|дзе|швили|ых|их)(?:а|у|ым|ой|ую|` +
  String.raw`е|ий|ого|ому|ая|ые|ов|ова)?`;
const PATRONYMIC =
  String.raw`\p{Lu}[\p{Ll}]{1,30}(?:[ое]вич|[ое]вн|иничн|ьич|кузьмич|мич|лукич)` +
  `(?:а|у|ем|е|ы|ой)?${AFTER}`;
const INITIAL = String.raw`\p{Lu}\.`;

const FULL_NAME = new RegExp(
  String.raw`${BEFORE}(?:${SURNAME}\s{1,3})?\p{Lu}\p{Ll}{1,30}\s{1,3}${PATRONYMIC}` +
    String.raw`(?:\s{1,3}${SURNAME}${AFTER})?`,
  'gu',
);
const INITIALS_AFTER = new RegExp(
  String.raw`${BEFORE}\p{Lu}[\p{Ll}-]{2,30}\s{1,3}${INITIAL}\s?${INITIAL}`,
  'gu',
);
const INITIALS_BEFORE = new RegExp(
  String.raw`${BEFORE}${INITIAL}\s?${INITIAL}\s?\p{Lu}[\p{Ll}-]{2,30}`,
  'gu',
);
/**
 * Capitalised words in a row. Streets and schools keep theirs: «улица Юрия Гагарина», «имени Марины
 * Расковой».
 */
const CAPITALISED = new RegExp(
  String.raw`(?<keeper>${BEFORE}(?:${STREET}|им\.?|имени|парк[а-я]{0,3}|сквер[а-я]{0,3}|посел[а-я]{0,4}|` +
    String.raw`пос\.|сел[оае]|с\.)\s{1,3})?${BEFORE}\p{Lu}\p{Ll}[\p{Ll}-]{0,30}` +
    String.raw`(?:\s{1,3}\p{Lu}\p{Ll}[\p{Ll}-]{0,30}){0,2}`,
  'gu',
);
const REPEATED = /(\[имя\])(?:\s{1,3}\[имя\]){1,5}/gu;

/** Each repeats nothing without end, so the time they take is linear in the length of a text. */
export const NAME_PATTERNS: readonly RegExp[] = [
  FULL_NAME,
  INITIALS_AFTER,
  INITIALS_BEFORE,
  CAPITALISED,
  REPEATED,
];

const IS_SURNAME = new RegExp(`^${SURNAME}$`, 'u');

/** First names, and surnames beside them. */
const withoutFirstNames = (text: string): string =>
  text.replaceAll(CAPITALISED, (all: string, keeper: string | undefined) => {
    const words = all.split(/(\s+)/u);
    const isName = words.map(isFirstName);
    if (keeper !== undefined || !isName.includes(true)) return all;
    const isHidden = (index: number): boolean =>
      isName[index] === true ||
      ((isName[index - 2] === true || isName[index + 2] === true) && IS_SURNAME.test(words[index] ?? ''));
    return words.map((word, index) => (isHidden(index) ? MARK : word)).join('');
  });

/** The words of a name known beforehand, in whatever case they stand. */
function withoutKnown(text: string, names: readonly string[]): string {
  const stems = new Set(
    names.flatMap((name) => name.match(/\p{L}{3,}/gu) ?? []).map((word) => russianStem(normaliseText(word))),
  );
  if (stems.size === 0) return text;
  return text.replaceAll(/\p{Lu}\p{L}{2,}/gu, (word) =>
    stems.has(russianStem(normaliseText(word))) ? MARK : word,
  );
}

/**
 * A text without people's names: those known to belong to it, full ones, surnames with initials, first
 * names.
 */
export function withoutPeople(text: string, names: readonly string[]): string {
  return withoutFirstNames(
    withoutKnown(text, names)
      .replaceAll(FULL_NAME, MARK)
      .replaceAll(INITIALS_AFTER, MARK)
      .replaceAll(INITIALS_BEFORE, MARK),
  ).replaceAll(REPEATED, '$1');
}
