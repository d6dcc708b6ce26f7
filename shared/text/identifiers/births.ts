import { isFirstName } from '#shared/text/first-names.ts';
import { followsAnyAge } from './age-births.ts';
import { isBesidePaper } from './birth-beside-paper.ts';
import { isOfFamily } from './family-births.ts';
import { dateAt, mayBeYear, skipSpace } from './dates.ts';
import type { Dated } from './loose-dates.ts';
import type { Stretch } from './mail.ts';
import { isOfLongAgo, isSinceBirth } from './old-births.ts';
import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

const YEAR_WORD = /^(?:г|гг|год|года|году|годов|годы|лет)$/u;

/** «г. р.», «г/р», «года рождения», «рожд.», «р.» after a date. */
function isBornAfter(pieces: Pieces, end: number): boolean {
  let at = skipSpace(pieces, end);
  if (pieces.at(at).text === '-' && /^(?:го|й|ый|ого)$/u.test(pieces.at(at + 1).norm))
    at = skipSpace(pieces, at + 2);
  else if (at === end && /^(?:го|й|ый|ого)$/u.test(pieces.at(at).norm)) at = skipSpace(pieces, at + 1);
  if (pieces.at(at).text === '(' || pieces.at(at).text === ',') at = skipSpace(pieces, at + 1);
  const first = pieces.at(at).norm;
  if (first === 'гр' || first === 'рожд' || /^рожден(?:ия|ье|ием)?$/u.test(first)) return true;
  if (!YEAR_WORD.test(first)) return false;
  let next = at + 1;
  for (let signs = 0; signs < 3 && /^[. /-]+$/.test(pieces.at(next).text); signs += 1) next += 1;
  const { norm } = pieces.at(next);
  return (
    /^(?:рожд|рождения|рожденья|рожденный|рождён)$/u.test(norm) ||
    (norm === 'р' && !isLetterNext(pieces, next))
  );
}

/** «5 марта 1961 года родилась мама», «в 1961-м родился». */
function isBornNext(pieces: Pieces, end: number): boolean {
  let at = skipSpace(pieces, end);
  if (pieces.at(at).text === '-') at = skipSpace(pieces, at + 2);
  if (YEAR_WORD.test(pieces.at(at).norm))
    at = skipSpace(pieces, pieces.at(at + 1).text === '.' ? at + 2 : at + 1);
  return BORN.test(pieces.at(at).norm) && pieces.at(at).norm.startsWith('родил') && !isThing(pieces, at);
}

const isLetterNext = (pieces: Pieces, at: number): boolean => pieces.at(at + 1).kind === 'word';

/** «Мне 70, 1954 г. р.»: an age is no year. */
const isOtherLength = (pieces: Pieces, last: number, { from, end, year }: Dated): boolean =>
  end === from + 1 && pieces.at(last).text.length === 2 && year.length === 4;

/**
 * Lists of years before one «г. р.»: «2010 и 2012 г.р.»; a range tells nobody: «для детей 2012–2014 г.р.».
 */
function isBornInList(pieces: Pieces, end: number): boolean {
  let at = end;
  for (let more = 0; more < 6; more += 1) {
    if (isBornAfter(pieces, at)) return true;
    let next = skipSpace(pieces, at);
    const joint = pieces.at(next);
    if (joint.text !== ',' && joint.norm !== 'и') return false;
    next = skipSpace(pieces, next + 1);
    // «Я 1951, муж 1949 г. р.»
    if (PERSON.test(pieces.at(next).norm)) next = skipSpace(pieces, next + 1);
    const following = dateAt(pieces, next);
    if (following === null || isOtherLength(pieces, end - 1, following)) return false;
    at = following.end;
  }
  return false;
}

const BORN = wordList(
  `родился родилась родились родивш* рожден рождена рождены рожденн* уроженец уроженка уроженц*
  урожденн* именинни* рожд род др днюха днюхе днюху`,
);
/** A mother's: only a full date beside them is a child's day of birth. */
const BEARS = wordList('родила родили рожала рожали роды родов родах родивш* рождается');
const ANIMALS = wordList('кошк* собак* коров* коз* овц* сука суки свинь* лошад* медвед* тигриц* крольчих*');
/**
 * «дата рождения», «год рождения», «день рождения»: the word before «рождения» and what it needs beside it.
 */
const OF_BIRTH = wordList(`дат* год* г числ* д день* дня* месяц*`);
/** «Родилась идея в 2015 году». */
const NOT_BORN = wordList(
  `иде* традици* проект* мысл* групп* клуб* праздник* обыча* фестивал* инициатив* легенд* движени*`,
);
/** «Садик рождён в 1974 году». */
const BUILT = wordList(
  'пункт* сайт* маршрут* приложен* центр* сад садик* мост* двор* поселок парк* школа завод* дом',
);
/** Verbs that take a date for themselves: «родилась там, живу здесь с 1985». */
const OTHER_VERBS = wordList(
  `прожива* живу* живем* живет* работа* учил* учус* переех* служ* постро* зарегистр* выдан* обрат* пис*
  прож* умер* скончал* пропис*`,
);
/** Places have birthdays too. */
const FESTIVE = wordList(
  `город* парк* сквер* мост* библиотек* музе* театр* округ* автоном* республик* фирм* магазин* детсад*
  клуб* двор* улиц* област* район* посел* сел* школ* завод* организац* компани* край* комсомол*
  пионер* парт*`,
);

/** A day without a year is somebody's when they say whose. */
const PERSON = wordList(
  `мой* мое* моя* мои* моего* у меня* мам* пап* сын* доч* муж* жен* внук* внуч* бабушк* дедушк* ребен*
  брат* сестр*`,
);

const REACH = 8;

/** How many words may stand between: a day without a year, or a bare number, has to follow at once. */
function nearest(pieces: Pieces, { from, end, year, isFull }: Dated): number {
  if (year === '') return 3;
  if (pieces.at(from).kind === 'word' && !isFull) return 4;
  const isBare = end === from + 1;
  if (isBare && isFull) return 2;
  return isBare && pieces.at(from).text.length < 4 ? 0 : REACH;
}

/** «Появилась на свет». */
const isIntoLight = (pieces: Pieces, at: number): boolean =>
  pieces.at(at).norm === 'свет' && /^(?:появил|произв)/u.test(pieces.at(at - 4).norm);

/** A word before a date says that somebody was born then; nothing between says otherwise. */
function isBornBefore(pieces: Pieces, at: number, date: Dated): boolean {
  let isFestive = false;
  let seen = 0;
  for (let back = at - 1; seen <= REACH && back >= 0 && back > at - 4 * REACH; back -= 1) {
    const { kind, norm, text } = pieces.at(back);
    if (!date.isFull && text === ',' && pieces.at(back + 2).norm === 'а') return false;
    if (date.year === '' && text === ',') return false;
    if (kind === 'number' && text.length === 4 && mayBeYear(text)) return false;
    if (kind === 'break' || (kind === 'sign' && text === '!')) return false;
    // The mark left by a date hidden before.
    if (text === ']' && pieces.at(back - 1).norm === 'рождения') return false;
    if (kind !== 'word') continue;
    seen += 1;
    if (FESTIVE.test(norm)) isFestive = true;
    if (NOT_BORN.test(norm) || OTHER_VERBS.test(norm)) return false;
    if (seen > nearest(pieces, date)) return false;
    // «Свид. о рожд. II-АГ 402918 1987 года»: of the paper.
    if (norm === 'рожд' && !date.isFull && pieces.at(back - 2).norm === 'о') return false;
    if (BEARS.test(norm)) return date.isFull && seen <= 4 && !ANIMALS.test(pieces.at(back - 2).norm);
    if (BORN.test(norm) || isIntoLight(pieces, back))
      return !isThing(pieces, back) && !hasYear(pieces, back, date);
    if (norm === 'рождения' || norm === 'рожденья' || norm === 'р')
      return ofBirth(pieces, back, date, isFestive, seen);
  }
  return false;
}

/** «В 1979 родился, в 1997 служил»: the birth has its year already, or the mark in its place. */
const hasYear = (pieces: Pieces, at: number, { isFull }: Dated): boolean =>
  !isFull && /^(?:(?:19|20)\d\d|\])$/.test(pieces.at(at - 2).text);

const isThing = (pieces: Pieces, at: number): boolean =>
  (isIntoLight(pieces, at) && BUILT.test(pieces.at(at - 6).norm)) ||
  BUILT.test(pieces.at(at - 2).norm) ||
  NOT_BORN.test(pieces.at(at + 2).norm) ||
  NOT_BORN.test(pieces.at(at - 2).norm);

function ofBirth(pieces: Pieces, at: number, date: Dated, isFestive: boolean, seen: number): boolean {
  const before = pieces.at(at - 1).kind === 'word' ? at - 1 : at - 2;
  const near = pieces.at(before).text === '.' ? before - 1 : before;
  // «Год моего рождения»
  const back = /^(?:мо|ваш|его|ее|их)/u.test(pieces.at(near).norm) ? near - 2 : near;
  const { norm } = pieces.at(back);
  // «11.02.2003 г/р, номер в списке 1847»: the birth has its day already.
  if (!date.isFull && seen > 1 && /^(?:\d+|\])$/.test(pieces.at(back - 2).text)) return false;
  if (pieces.at(at).norm === 'р' && date.isFull && seen === 1 && isShortBorn(pieces, at)) return true;
  const isTold = date.isFull || (date.year.length === 4 && seen === 1);
  if (!OF_BIRTH.test(norm)) return pieces.at(at).norm !== 'р' && isTold;
  if (!/^(?:день|дня|д)/u.test(norm)) return true;
  const isPersonal = PERSON.test(pieces.at(back - 2).norm) || PERSON.test(pieces.at(at + 2).norm);
  return !isFestive && (date.year !== '' || isPersonal);
}

/** «Дочь (р. 11.11.2016)»; after a number it is money. */
const isShortBorn = (pieces: Pieces, at: number): boolean =>
  pieces.at(at + 1).text === '.' &&
  pieces.at(at - 1).kind !== 'number' &&
  pieces.at(at - 2).kind !== 'number' &&
  !/^(?:тыс|млн|м)$/u.test(pieces.at(at - 2).norm);

const PATRONYMIC = /(?:[ое]вич|[ое]вн|иничн|ильич)(?:а|у|ем|ом|е|ы|ой)?$/u;

/** «Н.» of «Васильева Н. К., 04.04.1964». */
const isInitial = (pieces: Pieces, at: number): boolean =>
  pieces.at(at + 1).text === '.' && /^\p{Lu}$/u.test(pieces.at(at).text);

/** Two digits above are of the last century; below, letters are dated so. */
const SHORT_YEARS = 30;

/** «Иванова Мария Петровна, 12.03.1961»: a full date right after a name. */
function followsName(pieces: Pieces, at: number, date: Dated): boolean {
  const year = Number(date.year);
  const isShort = date.year.length === 2 && year > SHORT_YEARS;
  if (!date.isFull || (!isShort && (date.year.length !== 4 || year < 1900))) return false;
  let back = at - 1;
  for (let signs = 0; signs < 3 && /^[ ,(-]+$/.test(pieces.at(back).text || '.'); signs += 1) back -= 1;
  // «Дочь Алиса (22.08.2017)»; days of our time after other names are those of letters.
  if (year > 2012 && ![2, 3, 4, 5].some((away) => PERSON.test(pieces.at(back - away).norm))) return false;
  if (isInitial(pieces, back - 1) && isInitial(pieces, back - (pieces.at(back - 2).kind === 'space' ? 4 : 3)))
    return true;
  const { norm, text } = pieces.at(back);
  const isName = PATRONYMIC.test(norm) || isFirstName(norm);
  return pieces.at(back).kind === 'word' && isName && text.slice(0, 1) !== norm.slice(0, 1);
}

/** «Родившимся до 1945 года», «живём с 1961»: no day of anybody. */
const BOUND = wordList('до после с со от к через старше младше');

/** A date of birth that begins at a piece. */
export function birthAt(pieces: Pieces, at: number): Stretch | null {
  const date = dateAt(pieces, at);
  if (date === null) return null;
  if (pieces.at(at - 1).text === '-' && pieces.at(at - 2).kind === 'number') return null;
  const isRange = pieces.at(date.end).text === '-' && pieces.at(date.end + 1).kind === 'number';
  // «Я с 1955 года рождения» is not «дети с 2012 года рождения».
  const isBound =
    BOUND.test(pieces.at(at - 2).norm) &&
    !(pieces.at(at - 4).norm === 'я' || PERSON.test(pieces.at(at - 4).norm));
  const isBorn =
    (isBornInList(pieces, date.end) && !(isBound && !date.isFull)) ||
    isBornNext(pieces, date.end) ||
    (isBornBefore(pieces, at, date) && !isBound) ||
    followsName(pieces, at, date) ||
    followsAnyAge(pieces, at, date) ||
    isSinceBirth(pieces, at, date) ||
    isOfLongAgo(pieces, at, date) ||
    isOfFamily(pieces, at, date) ||
    isBesidePaper(pieces, at, date);
  return isBorn && !isRange ? { from: date.from, end: date.end } : null;
}
