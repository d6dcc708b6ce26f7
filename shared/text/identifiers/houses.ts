import { alternatives } from '#shared/text/alternatives.ts';

const BEFORE = '(?<![\\p{L}\\p{N}])';
const AFTER = '(?![\\p{L}\\p{N}])';

const HOUSE_NUMBER = String.raw`\d{1,4}(?:\s?[а-г](?![\p{L}]))?(?:\s?[/-]\s?\d{1,4}[а-я]?)?`;
const MORE = String.raw`(?:,?\s{0,3}(?:к|корп|корпус|стр)\.?\s?\d{1,3})?`;
/** Not followed by a noun that is counted or a unit: «на Ленина 5 дней нет света» names no house. */
const COUNTED =
  String.raw`(?!\s{0,3}(?:-\p{L}|-?(?:лет|й|я|е|го|м|х|ый|ая)(?![\p{L}])|[.:]\d|дн|день|час|мин|сут|недел|` +
  String.raw`месяц|год|лет|раз|руб|тыс|%|процент|градус|человек|семь|метр|м(?![\p{L}])|км|шт|числ|январ|` +
  String.raw`феврал|март|апрел|ма[яй](?![\p{L}])|июн|июл|август|сентябр|октябр|ноябр|декабр|подъезд|этаж|` +
  String.raw`дом(?!а?\s{0,3}\d)|двор))`;
/** A street, a square, a quarter and the like, in full or abbreviated. */
export const STREET =
  String.raw`(?:ул(?:иц[а-я]{0,3})?|пер(?:еул[а-я]{0,5})?|просп?(?:ект[а-я]{0,3})?|пр-?к?т|шоссе|` +
  String.raw`бульвар[а-я]{0,3}|б-р|площад[а-я]{0,3}|пл|проезд[а-я]{0,3}|мкр|микрорайон[а-я]{0,3}|` +
  String.raw`наб(?:ережн[а-я]{0,3})?)(?!\p{L})\.?`;

const FLAT = new RegExp(
  String.raw`${BEFORE}(?:кв|квартир[а-я]{0,2})\.?\s{0,3}(?:№\s{0,3})?\d{1,4}[а-я]?${AFTER}`,
  'giu',
);
const HOUSE = new RegExp(
  String.raw`${BEFORE}(?:д|дом[а-я]{0,2})\.?\s{0,3}(?:№\s{0,3})?${HOUSE_NUMBER}${MORE}${AFTER}${COUNTED}`,
  'giu',
);
const IN_STREET = new RegExp(
  String.raw`${BEFORE}(${STREET}\s{0,3}[\p{L}\p{N}][\p{L}\p{N}-]{0,40}` +
    String.raw`(?:\s{1,3}\p{Lu}[\p{L}-]{1,40}){0,2},?\s{1,3})${HOUSE_NUMBER}${MORE}${AFTER}${COUNTED}`,
  'giu',
);
/** A number after a name that begins with a capital, as «на Советской 15»; the words before it decide. */
const NAMED = new RegExp(
  String.raw`(?<lead>^|[.!?]\s{1,3}|[^.!?\s]\s{1,3}|\n)(?<name>\p{Lu}[\p{L}-]{3,40})` +
    String.raw`(?<gap>,?\s{1,3})${HOUSE_NUMBER}${MORE}${AFTER}${COUNTED}`,
  'gu',
);

/** Each repeats nothing without end, so the time they take is linear in the length of a text. */
export const HOUSE_PATTERNS: readonly RegExp[] = [FLAT, HOUSE, IN_STREET, NAMED];

/** These carry numbers that everybody may know. */
const NUMBERED = new RegExp(
  `^(?:${alternatives(`
    маршрут автобус троллейбус школ гимнази лице сад садик детсад поликлиник больниц участ закон фз указ
    приказ номер подъезд остал прошл уже вот около ещё еще больше платим дома температур плюс минус более
    почти
  `)})`,
  'u',
);
const ADJECTIVE = /(?:ая|ой|ую|ое|ого|его|ий|ый|ском|ского|на|ва)$/u;

/** A text without numbers of houses and flats; streets stay, for they are what it is about. */
export function withoutHouses(text: string): string {
  return text
    .replaceAll(FLAT, '[квартира]')
    .replaceAll(HOUSE, '[дом]')
    .replaceAll(IN_STREET, (_, street: string) => `${street}[дом]`)
    .replaceAll(NAMED, (all: string, lead: string, name: string, gap: string) => {
      const isStart = lead === '' || /[.!?\n]\s{0,3}$/u.test(lead);
      const isStreet = !NUMBERED.test(name.toLowerCase()) && (!isStart || ADJECTIVE.test(name));
      return isStreet ? `${lead}${name}${gap}[дом]` : all;
    });
}
