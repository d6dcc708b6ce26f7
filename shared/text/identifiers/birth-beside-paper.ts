import type { Dated } from './loose-dates.ts';
import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** Papers that tell who somebody is; a date of birth stands beside them. */
const IDENTITY = wordList('паспорт* пасп снилс инн полис* свидетельств* св свид удостоверен* удост справк*');
/** These make it the day of a paper. */
const OF_PAPER = wordList(
  `выдан* выдал* дат* действ* получ* оформ* акт* от до с по дома дороги маршрута объекта готовност*`,
);
const PERSON = wordList(
  `сын* дочь доч* муж* жен* мам* пап* мать матер* отец отца отцу отцом внук* внуч* бабушк* дедушк* дед деда
  брат* сестр* ребен* супруг*`,
);
const REACH = 16;
const LATEST = 2012;
const OLD_SHORT = 30;

/** Papers of our time are dated so; of a child the words before it tell. */
function mayBeBirth(pieces: Pieces, at: number, { year, isFull }: Dated): boolean {
  if (!isFull) return false;
  const isOld = year.length === 2 ? Number(year) > OLD_SHORT : Number(year) > 1900 && Number(year) <= LATEST;
  return isOld || [2, 3, 4].some((away) => PERSON.test(pieces.at(at - away).norm));
}

const isPart = (text: string): boolean => /^(?:,|;|\)|\(| +)$/.test(text);

/** «(25.04.1944, паспорт 25 03 № 190447)»: a paper with its number right after the date. */
function isBefore(pieces: Pieces, end: number): boolean {
  let at = end;
  if (pieces.at(at).kind === 'space' && pieces.at(at + 1).norm === 'г') at += 1;
  if (pieces.at(at).norm === 'г') at += pieces.at(at + 1).text === '.' ? 2 : 1;
  const from = at;
  while (at < from + 4 && isPart(pieces.at(at).text)) at += 1;
  if (at === from || !IDENTITY.test(pieces.at(at).norm)) return false;
  for (let next = at + 1; next < at + REACH; next += 1) {
    const { kind, norm } = pieces.at(next);
    if (OF_PAPER.test(norm)) return false;
    if (kind === 'number') return true;
  }
  return false;
}

/** «Паспорт 2503 118840, 12.08.1956»: a paper and its number right before the date, and a sign between. */
function isAfter(pieces: Pieces, at: number): boolean {
  let [back, signs, digits] = [at - 1, 0, 0];
  for (; back > at - 4 && isPart(pieces.at(back).text); back -= 1)
    if (pieces.at(back).kind === 'sign') signs += 1;
  if (signs === 0) return false;
  for (; back > at - REACH; back -= 1) {
    const { kind, norm, text } = pieces.at(back);
    if (kind === 'break' || kind === 'end' || (kind === 'sign' && ',;'.includes(text))) return false;
    if (kind === 'number') digits += text.length;
    if (OF_PAPER.test(norm)) return false;
    if (IDENTITY.test(norm)) return digits > 4;
  }
  return false;
}

const CHILD = wordList('сын* дочь доч* внук* внуч* ребен*');
const LATEST_OF_CHILD = 2021;

/** «Дедушка (03.02.1930) ветеран»: a full date in brackets right after whose it is. */
function isInBrackets(pieces: Pieces, at: number, { end, year }: Dated): boolean {
  if (pieces.at(at - 1).text !== '(' || pieces.at(end).text !== ')') return false;
  const { norm } = pieces.at(pieces.at(at - 2).kind === 'space' ? at - 3 : at - 2);
  return PERSON.test(norm) && Number(year) <= (CHILD.test(norm) ? LATEST_OF_CHILD : LATEST);
}

/** A full date that stands with a paper by which somebody is known is the day he was born. */
export const isBesidePaper = (pieces: Pieces, at: number, date: Dated): boolean =>
  (date.isFull && date.year.length === 4 && isInBrackets(pieces, at, date)) ||
  (mayBeBirth(pieces, at, date) &&
    !OF_PAPER.test(pieces.at(at - 2).norm) &&
    (isBefore(pieces, date.end) || isAfter(pieces, at)) &&
    !isIssued(pieces, date.end));

/** «12.08.2003 выдан». */
const isIssued = (pieces: Pieces, end: number): boolean =>
  [1, 2, 3, 4].some((away) => pieces.at(end + away).norm.startsWith('выда'));
