import { isFirstName } from '#shared/text/first-names.ts';
import type { Stretch } from './mail.ts';
import type { Pieces } from './pieces.ts';

const MONTH =
  /^(?:янв(?:ар[яьеё]|\b)|фев(?:рал[яьею]|\b)|мар(?:та?|те|\b)|апр(?:ел[яьею]|\b)|ма[йяею]|июн[яьею]?|июл[яьею]?|авг(?:уста?|усте|\b)|сен(?:тябр[яьею]|\b)|окт(?:ябр[яьею]|\b)|ноя(?:бр[яьею]|\b)|дек(?:абр[яьею]|\b))$/u;

/** «Пятое», «пятого», «двадцатого». */
const ORDINAL =
  /^(?:перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят|\p{L}{4,8}надцат|двадцат|тридцат)(?:ое|ого|ье|ьего)$/u;

const skipSpace = (pieces: Pieces, at: number): number => (pieces.at(at).kind === 'space' ? at + 1 : at);
const numberAt = (pieces: Pieces, at: number, least: number, most: number): boolean => {
  const { kind, text } = pieces.at(at);
  return kind === 'number' && text.length >= least && text.length <= most;
};

interface Dated extends Stretch {
  readonly year: string;
  readonly isFull: boolean;
}

const isYear = (text: string): boolean => /^(?:1[89]\d\d|20[0-3]\d|\d\d)$/.test(text);

/** `12.03.1961`, `12/3/61`, `12-03-1961`, `1961-03-12`, `12 03 1961`. */
function inFigures(pieces: Pieces, at: number): Dated | null {
  let end = at + 1;
  const parts = [pieces.at(at).text];
  while (parts.length < 3) {
    const spaced = skipSpace(pieces, end);
    const isSign = '.-/,'.includes(pieces.at(spaced).text || ' ') && pieces.at(spaced).kind === 'sign';
    const next = isSign ? skipSpace(pieces, spaced + 1) : spaced;
    if (next === end || !numberAt(pieces, next, 1, 4)) return null;
    parts.push(pieces.at(next).text);
    end = next + 1;
  }
  const [first = '', second = '', third = ''] = parts;
  const [day, year] = first.length === 4 ? [third, first] : [first, third];
  const isDay = day.length <= 2 && Number(day) >= 1 && Number(day) <= 31;
  const isMonth = second.length <= 2 && Number(second) >= 1 && Number(second) <= 12;
  return isDay && isMonth && isYear(year) ? { from: at, end, year, isFull: true } : null;
}

/** «5 марта 1961», «05» марта 1961, «5-го марта 61», «марта 1961». */
function inWords(pieces: Pieces, at: number): Dated | null {
  let next = at;
  if (pieces.at(next).kind === 'number') {
    if (!numberAt(pieces, next, 1, 2) || Number(pieces.at(next).text) > 31) return null;
    next += 1;
    if (pieces.at(next).text === '-' && /^(?:го|е|ого)$/u.test(pieces.at(next + 1).norm)) next += 2;
    if ('»"'.includes(pieces.at(next).text || ' ')) next += 1;
    next = skipSpace(pieces, next);
  } else if (ORDINAL.test(pieces.at(at).norm)) next = skipSpace(pieces, at + 1);
  else if (/^(?:двадцать|тридцать)$/u.test(pieces.at(at).norm) && ORDINAL.test(pieces.at(at + 2).norm))
    next = skipSpace(pieces, at + 3);
  const { kind, norm } = pieces.at(next);
  if (kind !== 'word' || !MONTH.test(norm)) return null;
  const point = pieces.at(next + 1).text === '.' ? next + 2 : next + 1;
  const yearAt = skipSpace(pieces, point);
  const hasYear = numberAt(pieces, yearAt, 2, 4) && isYear(pieces.at(yearAt).text);
  if (hasYear) return { from: at, end: yearAt + 1, year: pieces.at(yearAt).text, isFull: next > at };
  return next > at ? { from: at, end: next + 1, year: '', isFull: false } : null;
}

function alone(pieces: Pieces, at: number): Dated | null {
  const { text } = pieces.at(at);
  const hasYear = numberAt(pieces, at, 4, 4) || numberAt(pieces, at, 2, 2);
  return hasYear && isYear(text) ? { from: at, end: at + 1, year: text, isFull: false } : null;
}

/** `12031961`, `120361`: only right after «дата рождения». */
function unparted(pieces: Pieces, at: number): Dated | null {
  const { text } = pieces.at(at);
  const [day, month, year] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
  const isDate = Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
  return (text.length === 6 || text.length === 8) && isDate && isYear(year)
    ? { from: at, end: at + 1, year, isFull: true }
    : null;
}

/** The longest date that begins at a piece. */
const dateAt = (pieces: Pieces, at: number): Dated | null => {
  const { kind } = pieces.at(at);
  if (kind === 'word') return inWords(pieces, at);
  return kind === 'number'
    ? (inFigures(pieces, at) ?? inWords(pieces, at) ?? alone(pieces, at) ?? unparted(pieces, at))
    : null;
};

const YEAR_WORD = /^(?:г|гг|год|года|году|годов|годы|лет)$/u;

/** «г. р.», «г/р», «года рождения», «рожд.», «р.» after a date. */
function isBornAfter(pieces: Pieces, end: number): boolean {
  let at = skipSpace(pieces, end);
  if (pieces.at(at).text === '-' && /^(?:го|й|ый|ого)$/u.test(pieces.at(at + 1).norm))
    at = skipSpace(pieces, at + 2);
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

/** Lists of years before one «г. р.»: «2010 и 2012 г.р.»; a range tells nobody: «для детей 2012–2014 г.р.». */
function isBornInList(pieces: Pieces, end: number): boolean {
  let at = end;
  for (let more = 0; more < 6; more += 1) {
    if (isBornAfter(pieces, at)) return true;
    let next = skipSpace(pieces, at);
    const joint = pieces.at(next);
    if (joint.text !== ',' && joint.norm !== 'и') return false;
    next = skipSpace(pieces, next + 1);
    const following = dateAt(pieces, next);
    if (following === null) return false;
    at = following.end;
  }
  return false;
}

const BORN = /^(?:родил(?:ся|ась|ись)|родивш\p{L}{1,6}|рожден(?:а|ы)?|урожден(?:ный|ная)|рожд|род|др)$/u;
/** «дата рождения», «год рождения», «день рождения»: the word before «рождения» and what it needs beside it. */
const OF_BIRTH = /^(?:дат|год|г|числ|д|день|дня|месяц)/u;
/** «Родилась идея в 2015 году». */
const THINGS = /^(?:иде|традици|проект|мысл|групп|клуб|инициатив|легенд|движени)/u;
/** Places have birthdays too. */
const FESTIVE = /^(?:город|област|район|посел|сел|школ|завод|организац|компани|край|комсомол|пионер|парт)/u;

const REACH = 8;

/** How many words may stand between: a day without a year, or a bare number, has to follow at once. */
function nearest(pieces: Pieces, { from, end, year, isFull }: Dated): number {
  if (year === '') return 3;
  const isBare = end === from + 1;
  if (isBare && isFull) return 2;
  return isBare && pieces.at(from).text.length < 4 ? 0 : REACH;
}

/** A word before a date says that somebody was born then; nothing between says otherwise. */
function isBornBefore(pieces: Pieces, at: number, date: Dated): boolean {
  let isFestive = false;
  let seen = 0;
  for (let back = at - 1; seen <= REACH && back >= 0 && back > at - 4 * REACH; back -= 1) {
    const { kind, norm, text } = pieces.at(back);
    if (date.year === '' && text === ',') return false;
    if (kind === 'number' && text.length === 4 && isYear(text)) return false;
    if (kind === 'break' || (kind === 'sign' && (text === '!' || text === '?'))) return false;
    if (kind !== 'word') continue;
    seen += 1;
    if (FESTIVE.test(norm)) isFestive = true;
    if (
      THINGS.test(norm) ||
      /^(?:прожива|живу|живем|живет|работа|учил|учус|переех|служ|постро|зарегистр|выдан|обрат|пис|прож|умер|скончал|пропис)/u.test(
        norm,
      )
    )
      return false;
    if (seen > nearest(pieces, date)) return false;
    if (BORN.test(norm)) return !isThing(pieces, back);
    if (norm === 'рождения' || norm === 'рожденья' || norm === 'р')
      return ofBirth(pieces, back, date, isFestive);
  }
  return false;
}

const isThing = (pieces: Pieces, at: number): boolean =>
  THINGS.test(pieces.at(at + 2).norm) || THINGS.test(pieces.at(at - 2).norm);

function ofBirth(pieces: Pieces, at: number, date: Dated, isFestive: boolean): boolean {
  const before = pieces.at(at - 1).kind === 'word' ? at - 1 : at - 2;
  const back = pieces.at(before).text === '.' ? before - 1 : before;
  const { norm } = pieces.at(back);
  if (!OF_BIRTH.test(norm)) return pieces.at(at).norm !== 'р' && date.isFull;
  return !(/^(?:день|дня|д)/u.test(norm) && isFestive);
}

const PATRONYMIC = /(?:[ое]вич|[ое]вн|иничн|ильич)(?:а|у|ем|ом|е|ы|ой)?$/u;

/** «Иванова Мария Петровна, 12.03.1961»: a full date right after a name, of somebody who may write. */
function followsName(pieces: Pieces, at: number, date: Dated): boolean {
  const year = Number(date.year);
  if (!date.isFull || date.year.length !== 4 || year < 1900 || year > 2012) return false;
  let back = at - 1;
  for (let signs = 0; signs < 3 && /^[ ,(-]+$/.test(pieces.at(back).text || '.'); signs += 1) back -= 1;
  const { norm, text } = pieces.at(back);
  const isName = PATRONYMIC.test(norm) || isFirstName(norm);
  return pieces.at(back).kind === 'word' && isName && text.slice(0, 1) !== norm.slice(0, 1);
}

/** A date of birth that begins at a piece. */
export function birthAt(pieces: Pieces, at: number): Stretch | null {
  const date = dateAt(pieces, at);
  if (date === null) return null;
  if (pieces.at(at - 1).text === '-' && pieces.at(at - 2).kind === 'number') return null;
  const isRange = pieces.at(date.end).text === '-' && pieces.at(date.end + 1).kind === 'number';
  const isBorn =
    isBornInList(pieces, date.end) ||
    isBornNext(pieces, date.end) ||
    isBornBefore(pieces, at, date) ||
    followsName(pieces, at, date);
  return isBorn && !isRange ? { from: date.from, end: date.end } : null;
}
