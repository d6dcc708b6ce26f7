import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** Roads, houses and projects have passports and numbers of their own. */
const THINGS = wordList(
  `дорог* дома домов здани* объект* маршрут* проект* нацпроект* отход* фасад* готовност* безопасност*
  территори* парка площадк* закупк* заявк* обращен* инцидент* сообщен* контейнер* камер* опор* лифт*`,
);

const OF_THINGS = wordList('энергетич* экологич* санитарн* градостроит* инвестицион*');
/** «Свидетельство о поверке», «сертификат соответствия». */
const OF_FIRMS = wordList('поверк* калибров* соответстви* аккредитац* сро');
const AHEAD = 10;

/** «ID 5302963 в реестре площадок» */
function isThingAhead(pieces: Pieces, at: number): boolean {
  for (let next = at + 2; next < at + AHEAD; next += 1) {
    const { norm } = pieces.at(next);
    if (THINGS.test(norm) || norm.startsWith('реестр')) return true;
  }
  return false;
}

/** «Светильник ЛС-4056» */
const DEVICES = wordList('светильник* фонар* ламп* опор* лестниц* кабел* насос* станок станк* прибор*');
/** «Дорожная карта на 2025–2027 годы», «карта-схема». */
const MAPS = wordList('дорожн* технологич* интерактивн* публичн* кадастров* топографич* схем* генерал*');
const isMap = (pieces: Pieces, at: number): boolean =>
  MAPS.test(pieces.at(at - 2).norm) || (pieces.at(at + 1).text === '-' && MAPS.test(pieces.at(at + 2).norm));

/** Tells whether «паспорт» or «ID» at a place is a thing's: «паспорт дороги», «объект ID 2700418». */
export function isOfThing(pieces: Pieces, at: number): boolean {
  const { norm } = pieces.at(at);
  const before = pieces.at(at - 2).norm;
  if (/^карт(?:а|ы|е|у|ой)$/u.test(norm)) return isMap(pieces, at);
  if (norm === 'лс') return DEVICES.test(before);
  if (norm.startsWith('паспорт')) return THINGS.test(pieces.at(at + 2).norm) || OF_THINGS.test(before);
  if (/^(?:свидетельств|сертификат)/u.test(norm))
    return OF_FIRMS.test(pieces.at(at + 2).norm) || OF_FIRMS.test(pieces.at(at + 4).norm);
  return /^(?:id|айди|идентификатор.?)$/u.test(norm) && (THINGS.test(before) || isThingAhead(pieces, at));
}
