import { isFirstName } from './first-names.ts';
import { russianStem } from './russian-stem.ts';
import { normaliseText } from './tokens.ts';

/** What stands in place of something that tells who a person is. The texts are Russian, so the marks are. */
const MARK = {
  link: '[ссылка]',
  phone: '[телефон]',
  mail: '[почта]',
  name: '[имя]',
  number: '[номер]',
  house: '[дом]',
  flat: '[квартира]',
} as const;

type Rule = readonly [pattern: RegExp, mark: string | ((...found: string[]) => string)];

const BEFORE = '(?<![\\p{L}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{N}])';
const rule = (pattern: string, mark: Rule[1], flags = 'giu'): Rule => [new RegExp(pattern, flags), mark];

/** Ways to reach somebody, in the order they are looked for: a link may hold a phone number. */
const CONTACTS: readonly Rule[] = [
  rule(String.raw`\[(?:club|id|public)\d+\|[^\]]*\]`, MARK.name),
  rule(String.raw`(?:https?:\/\/|www\.)[^\s<>"«»]+`, MARK.link),
  rule(String.raw`${BEFORE}[\w.+-]+@[\w-]+(?:\.[\w-]+)+`, MARK.mail),
  rule(String.raw`${BEFORE}(?:vk|ok|t|wa|max)\.(?:com|ru|me)\/[^\s<>"«»]+`, MARK.link),
  rule(String.raw`(?<![\p{L}\p{N}@])@[\w.]{3,}`, MARK.name),
  rule(
    String.raw`(?<![\p{L}\p{N}])(?:\+\s?7|8|7)[\s(-]*\d{3}[\s)-]*\d{3}[\s-]?\d{2}[\s-]?\d{2}${AFTER}`,
    MARK.phone,
  ),
  rule(String.raw`${BEFORE}(?:\(?\d{3,5}\)?[\s-])?\d{1,3}-\d{2}-\d{2}${AFTER}`, MARK.phone),
  rule(
    String.raw`${BEFORE}(тел(?:ефон[а-я]*)?\.?:?\s*)\d[\d\s()-]{3,}\d`,
    (_, word = '') => `${word}${MARK.phone}`,
  ),
  rule(String.raw`${BEFORE}[АВЕКМНОРСТУХ]\s?\d{3}\s?[АВЕКМНОРСТУХ]{2}\s?\d{2,3}${AFTER}`, MARK.number),
  rule(String.raw`(?<![\p{L}\p{N}.,])\d(?:[\s-]?\d){7,}(?![\p{L}\p{N}])`, MARK.number),
];

const HOUSE_NUMBER = String.raw`\d{1,4}(?:\s?[а-г](?![\p{L}]))?(?:\s?[/-]\s?\d{1,4}[а-я]?)?`;
const MORE = String.raw`(?:,?\s*(?:к|корп|корпус|стр)\.?\s?\d{1,3})?`;
/** What a number that is no house is followed by: «на Ленина 5 дней нет света». */
const COUNTED = String.raw`(?!\s*(?:-\p{L}|-?(?:лет|й|я|е|го|м|х|ый|ая)(?![\p{L}])|[.:]\d|дн|день|час|мин|сут|недел|месяц|год|лет|раз|руб|тыс|%|процент|градус|человек|семь|метр|м(?![\p{L}])|км|шт|числ|январ|феврал|март|апрел|ма[яй](?![\p{L}])|июн|июл|август|сентябр|октябр|ноябр|декабр|подъезд|этаж|дом(?!а?\s*\d)|двор))`;
const STREET = String.raw`(?:ул(?:иц[а-я]*)?|пер(?:еул[а-я]*)?|просп?(?:ект[а-я]*)?|пр-?к?т|шоссе|бульвар[а-я]*|б-р|площад[а-я]*|пл|проезд[а-я]*|мкр|микрорайон[а-я]*|наб(?:ережн[а-я]*)?)(?!\p{L})\.?`;

const PLACES: readonly Rule[] = [
  rule(String.raw`${BEFORE}(?:кв|квартир[а-я]{0,2})\.?\s*(?:№\s*)?\d{1,4}[а-я]?${AFTER}`, MARK.flat),
  rule(
    String.raw`${BEFORE}(?:д|дом[а-я]{0,2})\.?\s*(?:№\s*)?${HOUSE_NUMBER}${MORE}${AFTER}${COUNTED}`,
    MARK.house,
  ),
  rule(
    String.raw`${BEFORE}(${STREET}\s*[\p{L}\p{N}][\p{L}\p{N}-]*(?:\s+\p{Lu}[\p{L}-]+){0,2},?\s+)${HOUSE_NUMBER}${MORE}${AFTER}${COUNTED}`,
    (_, street = '') => `${street}${MARK.house}`,
  ),
];

/** A number after a name that begins with a capital, as «на Советской 15»; the words before it decide. */
const NAMED = new RegExp(
  String.raw`(?<lead>^|[.!?]\s+|[^.!?\s]\s+|\n)(?<name>\p{Lu}[\p{L}-]{3,})(?<gap>,?\s+)${HOUSE_NUMBER}${MORE}${AFTER}${COUNTED}`,
  'gu',
);
/** These carry numbers that everybody may know. */
const NUMBERED =
  /^(?:маршрут|автобус|троллейбус|школ|гимнази|лице|сад|садик|детсад|поликлиник|больниц|участ|закон|фз|указ|приказ|номер|подъезд|остал|прошл|уже|вот|около|ещё|еще|больше|платим|дома|температур|плюс|минус|более|почти)/u;
const ADJECTIVE = /(?:ая|ой|ую|ое|ого|его|ий|ый|ском|ского|на|ва)$/u;

function hideNamedHouses(text: string): string {
  return text.replaceAll(NAMED, (all: string, lead: string, name: string, gap: string) => {
    const isStart = lead === '' || /[.!?\n]\s*$/u.test(lead);
    const isStreet = !NUMBERED.test(name.toLowerCase()) && (!isStart || ADJECTIVE.test(name));
    return isStreet ? `${lead}${name}${gap}${MARK.house}` : all;
  });
}

const SURNAME = String.raw`\p{Lu}[\p{Ll}-]+(?:[оеё]в|[иы]н|ск|цк|ко|ук|юк|ик|ич|ян|дзе|швили|ых|их)(?:а|у|ым|ой|ую|е|ий|ого|ому|ая|ые|ов|ова)?`;
const PATRONYMIC = String.raw`\p{Lu}[\p{Ll}]+(?:[ое]вич|[ое]вн|иничн|ьич|кузьмич|мич|лукич)(?:а|у|ем|е|ы|ой)?${AFTER}`;
const INITIAL = String.raw`\p{Lu}\.`;

const PEOPLE: readonly Rule[] = [
  rule(
    String.raw`${BEFORE}(?:${SURNAME}\s+)?\p{Lu}\p{Ll}+\s+${PATRONYMIC}(?:\s+${SURNAME}${AFTER})?`,
    MARK.name,
    'gu',
  ),
  rule(String.raw`${BEFORE}\p{Lu}[\p{Ll}-]{2,}\s+${INITIAL}\s?${INITIAL}`, MARK.name, 'gu'),
  rule(String.raw`${BEFORE}${INITIAL}\s?${INITIAL}\s?\p{Lu}[\p{Ll}-]{2,}`, MARK.name, 'gu'),
];

/** Capitalised words in a row. Streets and schools keep theirs: «улица Юрия Гагарина», «имени Марины Расковой». */
const CAPITALISED = new RegExp(
  String.raw`(?<keeper>${BEFORE}(?:${STREET}|им\.?|имени|парк[а-я]*|сквер[а-я]*|посел[а-я]*|пос\.|сел[оае]|с\.)\s+)?${BEFORE}\p{Lu}\p{Ll}[\p{Ll}-]*(?:\s+\p{Lu}\p{Ll}[\p{Ll}-]*){0,2}`,
  'gu',
);
const IS_SURNAME = new RegExp(`^${SURNAME}$`, 'u');

/** First names, and surnames beside them. */
const hideFirstNames = (text: string): string =>
  text.replaceAll(CAPITALISED, (all: string, keeper: string | undefined) => {
    const words = all.split(/(\s+)/u);
    const isName = words.map(isFirstName);
    if (keeper !== undefined || !isName.includes(true)) return all;
    const isHidden = (index: number): boolean =>
      isName[index] === true ||
      ((isName[index - 2] === true || isName[index + 2] === true) && IS_SURNAME.test(words[index] ?? ''));
    return words.map((word, index) => (isHidden(index) ? MARK.name : word)).join('');
  });

const apply = (text: string, rules: readonly Rule[]): string =>
  rules.reduce(
    (done, [pattern, mark]) =>
      typeof mark === 'string' ? done.replaceAll(pattern, mark) : done.replaceAll(pattern, mark),
    text,
  );

/** The words of a name known beforehand, in whatever case they stand. */
function hideKnown(text: string, names: readonly string[]): string {
  const stems = new Set(
    names.flatMap((name) => name.match(/\p{L}{3,}/gu) ?? []).map((word) => russianStem(normaliseText(word))),
  );
  if (stems.size === 0) return text;
  return text.replaceAll(/\p{Lu}\p{L}{2,}/gu, (word) =>
    stems.has(russianStem(normaliseText(word))) ? MARK.name : word,
  );
}

/**
 * A text without what tells who wrote it or whom it is about: names, links, addresses of mail, phone and other long numbers, numbers
 * of houses and flats. Streets and towns stay, for they are what it is about. `names` are names known to belong to it. It hides
 * rather too much, and a person reads it before it goes out.
 */
export function deidentified(text: string, names: readonly string[] = []): string {
  const reached = apply(text, CONTACTS);
  const placed = hideNamedHouses(apply(reached, PLACES));
  const named = hideFirstNames(apply(hideKnown(placed, names), PEOPLE));
  return named.replaceAll(/(\[имя\])(?:\s+\[имя\])+/gu, '$1');
}
