import { isFirstName } from '#shared/text/first-names.ts';
import { dateAt, skipSpace } from './dates.ts';
import type { Dated } from './loose-dates.ts';
import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** A date of any day of theirs may stand beside children: they are born in our time. */
export const CHILDREN = wordList(
  `дети детей детям деток детки детишки ребен* ребят* сын сына сыну сыном сыновья сыновей сынок доч* внук*
  внуч* правнук* правнуч* двойн* двойняш* тройн* близнец* малыш малыша малышка младший младшая младшего
  младшему младшей младшие младшую старший старшая старшего старшему старшей старшую мальчик* девочк*
  старшеньк* младшеньк* сестренк* братик* братишк* доченьк* дочурк* сыноч* сынишк* сынул*
  племянник* племянниц* подопечн* опекаем* воспитанник* новорожден*`,
);
/** Of them only a date long ago is a birth. */
export const GROWN = wordList(
  `муж мужа мужу жена жены жене супруг* мама мамы маме мать матери папа папы папе отец отца отцу брат
  брата брату сестра сестры сестре бабушк* дедушк* дед деда деду тетя тети дядя дяди теща тещи свекровь
  мамочк* папочк* бабул* дедул* прабабул* свекрови тесть тестя свекор свекра прабабушк* прадедушк*
  опекун* сноха невестка зять золовк* шурин* свояк* крестн* деверь деверю кума куму кум мачеха отчим`,
);
const LATEST_OF_GROWN = 2008;
const FIRST = 1900;
const OLD_SHORT = 30;

/** Between one of the family and the date: «дети: Аня (1.02.2013) и Петя», «г. р.» of the date before. */
const BETWEEN = wordList(
  `и г гр р год года рождения рожд средний средняя среднему средней средненьк* третий третья мой моя мои
  моей моему моего моих наш наша наши нашей нашему нашего наших`,
);
/** «У меня трое: …»: children, when a list follows. */
const COUNTED = wordList('двое трое четверо пятеро шестеро семеро');
const SIGNS = ',;:.()/-–—';
const REACH = 36;
/** «Тима и Тёма»: words with a capital that are no common names. */
const MOST_NAMES = 2;

/** «Сын 12.03.2024 упал», «дети 1.09.2024 идут»: what happened that day. */
const HAPPENED = /(?:вш(?:ая|ий|ую|его|ему|ей|ие|их)|л|ла|ли|ло|лся|лась|лись|лось)$/u;
const HAPPENS = wordList(
  'пойд* иду* иде* выдан* будет был* не в на с из у он она его ее ему ей их им мы нам нас меня мне',
);

/** Before it the product had no messages: only of later days something is told that happened. */
const FIRST_TOLD = 2022;

function isToldAfter(pieces: Pieces, { end, year }: Dated): boolean {
  if (year.length === 4 && Number(year) < FIRST_TOLD) return false;
  const { kind, norm } = pieces.at(skipSpace(pieces, end));
  return kind === 'word' && (HAPPENED.test(norm) || HAPPENS.test(norm));
}

function mayBeBirth({ year }: Dated, isGrown: boolean): boolean {
  const short = Number(year);
  if (year.length === 2) return !isGrown || short > OLD_SHORT;
  return short >= FIRST && (!isGrown || short <= LATEST_OF_GROWN);
}

/** Where nothing but signs, names, other members and other dates of a list stands before a date, or null. */
function memberBefore(pieces: Pieces, at: number): 'child' | 'grown' | null {
  let names = 0;
  for (let back = at - 1; back > at - REACH; back -= 1) {
    const { kind, norm, text } = pieces.at(back);
    if (kind === 'space' || kind === 'number' || (kind === 'sign' && SIGNS.includes(text))) continue;
    if (kind !== 'word') return null;
    const isCounted = COUNTED.test(norm) && pieces.at(back + 1).text === ':';
    if (CHILDREN.test(norm) || isCounted) return 'child';
    if (GROWN.test(norm)) return 'grown';
    if (BETWEEN.test(norm)) continue;
    if (!isFirstName(text) && !isCapital(text)) return null;
    if (!isFirstName(text) && (names += 1) > MOST_NAMES) return null;
  }
  return null;
}

const isCapital = (text: string): boolean => /^\p{Lu}\p{Ll}/u.test(text);

/** Numbers between a member of the family and a date belong to other dates: «дети: 13.05.2013, 8.11.2016». */
function hasDatesAlone(pieces: Pieces, at: number): boolean {
  for (let back = at - 1; back > at - REACH; back -= 1) {
    const { kind, norm } = pieces.at(back);
    if (kind === 'word' && (CHILDREN.test(norm) || GROWN.test(norm) || COUNTED.test(norm))) return true;
    const isStart = kind === 'number' && !/^[.,/-]$/.test(pieces.at(back - 1).text);
    if (!isStart) continue;
    const other = dateAt(pieces, back);
    if (other?.isFull !== true || other.end > at) return false;
  }
  return false;
}

/** A full date beside a member of the family is a day of birth: «младший 30.10.2023», «двойня, 1.02.2022». */
export function isOfFamily(pieces: Pieces, at: number, date: Dated): boolean {
  // «Дом сына 12, 05.05.2024»: a comma parts no day from its month, and a space only from its name.
  const sign = pieces.at(at + 1).text;
  const isTold = '.-/'.includes(sign || ' ') || pieces.at(at + 2).kind === 'word';
  if (!date.isFull || pieces.at(at).kind !== 'number' || !isTold) return false;
  const member = memberBefore(pieces, at);
  return (
    member !== null &&
    mayBeBirth(date, member === 'grown') &&
    !isToldAfter(pieces, date) &&
    hasDatesAlone(pieces, at)
  );
}
