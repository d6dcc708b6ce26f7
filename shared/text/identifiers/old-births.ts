import { isFirstName } from '#shared/text/first-names.ts';
import { isDayAlone, PEOPLE, THINGS } from './age-births.ts';
import { CHILDREN, GROWN } from './family-births.ts';
import type { Dated } from './loose-dates.ts';
import type { Piece, Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** A full date this old beside people is a birth unless something of history stands near it. */
const LATEST = 1965;
const FIRST = 1900;
/** «С 1998 года, …» of a grown person with nothing told of that day. */
const LATEST_SINCE = 2008;
const REACH = 36;

/** Other things with a day of so long ago: events, buildings, papers of authorities. */
const HISTORY = wordList(
  `войн* побед* окончан* законч* постро* возвед* возвод* сдан* сдач* ввод* введ* основан* открыт* откры*
  памят* мемориал* обелиск* приказ* указ* постановлен* решени* полет* полетел* космос* космонавт* музе*
  храм* церк* собор* завод* фабрик* здани* мост* вокзал* станци* истори* архив* фото* снимок* снимк*
  газет* революц* битв* сражен* блокад* оккупац* освобожд* освобод* подвиг* погиб* умер* умир* скончал*
  смерт* пропал* похорон* могил* захорон* праздн* юбиле* техпаспорт* инвентар* протокол* гост снип издан*
  выпущ* выпуск* парк* переимен* образован* образова* учрежден* учред* назван* присвоен* награжд*
  расстрел* репресс* арест* реабилит* землетряс* наводнен* пожар* потоп* сталин* освящ* заложен* пуск*
  запущ* календар* матч* премьер* съезд* конституц* договор* договора пакт* изобр* ссср монумент*
  экспозиц* призван* призвали брак* свадьб* поженил* зарегистр* выдан* устав* ордер* служил* мобилиз*
  плен* депорт* сослан* редакци* фронт* электростанц* котельн* паводк* колхоз* совхоз* стадион* герб*
  трамва* утвержд* создан* создал* шторм* тайфун* рекорд* документац* помн* ранен* контуж* вов`,
);

/** Days everybody knows: «22 июня 1941 года», «09.05.1945». */
const KNOWN_DAYS = new Set(
  `9.5.1945 8.5.1945 24.6.1945 22.6.1941 7.11.1941 2.9.1945 3.9.1945 27.1.1944 2.2.1943 9.5.1965 12.4.1961
  7.11.1917 25.10.1917 27.10.1917 30.12.1922`.split(/\s+/u),
);
const MONTHS = 'янв фев мар апр мая июн июл авг сен окт ноя дек'.split(' ');

function isKnownDay(pieces: Pieces, from: number, end: number): boolean {
  const parts: string[] = [];
  for (let at = from; at < end; at += 1) {
    const { kind, norm } = pieces.at(at);
    const month = kind === 'word' ? MONTHS.indexOf(norm.slice(0, 3)) + 1 : 0;
    if (kind === 'number' || month > 0) parts.push(String(month || Number(norm)));
  }
  return KNOWN_DAYS.has(parts.join('.'));
}

/** Words of somebody who writes of himself or of another: «льготы», «живу», «уход». */
const PERSONAL = wordList(
  `льгот* уход* пенси* живу живет прожива* стаж* пациент* палат* диагноз* лекарств* рецепт* инсулин* имя фио
  зовут моя мой моей моему моего нашей нашего соцработн* соцзащит* собес* надбавк* субсиди* прикреп* запис*
  запиш* терапевт* врач* кардиолог* полис* снилс паспорт* коляск* памперс* надомн* одна один помогите`,
);
const SURNAME = /^\p{Lu}\p{Ll}{2,}(?:[ое]в|[ое]ва|[ое]вой|[ое]ву|енко|чук|юк)$/u;

const isPersonal = ({ norm, text }: Piece): boolean =>
  PERSONAL.test(norm) ||
  PEOPLE.test(norm) ||
  CHILDREN.test(norm) ||
  GROWN.test(norm) ||
  isFirstName(text) ||
  SURNAME.test(text);

/** The words of a sentence's reach round a date, up to a break. */
function wordsRound(pieces: Pieces, at: number, end: number): readonly Piece[] {
  const words: Piece[] = [];
  const takes = (piece: Piece): boolean => {
    if (piece.kind === 'word') words.push(piece);
    return piece.kind !== 'end' && piece.kind !== 'break';
  };
  for (let back = at - 1; back > at - REACH && takes(pieces.at(back));) back -= 1;
  for (let next = end; next < end + REACH / 2 && takes(pieces.at(next));) next += 1;
  return words;
}

/** Somebody is spoken of near a date, and nothing of history. */
function isOfSomebody(pieces: Pieces, at: number, end: number): boolean {
  const words = wordsRound(pieces, at, end);
  return words.some(isPersonal) && !words.some(({ norm }) => HISTORY.test(norm));
}

const PRONOUN = /^(?:я|он|она|они|мне|ему|ей|им)$/u;

/** Where people live and are treated: «на дому, 25.03.1933». */
const VISITED = wordList('дому поликлиник* больниц* город* посел* сел* улиц*');

/** «Мой дом, 12.05.1940», «ремонт ДК (10.10.1955)»: the word before the sign is a building. */
function isAfterThing(pieces: Pieces, at: number): boolean {
  for (let back = at - 1; back > at - 5; back -= 1)
    if (pieces.at(back).kind === 'word') {
      const { norm } = pieces.at(back);
      return THINGS.test(norm) && !VISITED.test(norm);
    }
  return false;
}

/** Between signs, as people write what they are asked for; after a verb or a thing it is that one's day. */
function isSetOff(pieces: Pieces, at: number, end: number): boolean {
  const before = pieces.at(pieces.at(at - 1).kind === 'space' ? at - 2 : at - 1);
  if (before.kind === 'word')
    return PEOPLE.test(before.norm) && (!PRONOUN.test(before.norm) || isDayAlone(pieces, end));
  const isStart = before.kind === 'end' || before.kind === 'break' || ',(:;-.'.includes(before.text);
  return isStart && !isAfterThing(pieces, at) && isDayAlone(pieces, end);
}

/** «12.08.1941», «3 марта 1943 года»: nobody tells such a day but of a birth, or of history. */
export function isOfLongAgo(pieces: Pieces, at: number, date: Dated): boolean {
  const year = Number(date.year);
  const isOld = date.isFull && date.year.length === 4 && year >= FIRST && year <= LATEST;
  return (
    isOld &&
    isSetOff(pieces, at, date.end) &&
    !isKnownDay(pieces, at, date.end) &&
    isOfSomebody(pieces, at, date.end)
  );
}

const SELF = wordList('я он она мы тещ* тест* свекр* мам* пап* дед* бабул* муж* жен* мать отец сосед*');
const BETWEEN = /^(?:у|меня|нас|же|сам|сама|тоже|мой|моя|наш|наша|ведь|родом)$/u;

/** «Она у меня с 29.08.1935 года»: a person, and nothing that happened since that day. */
export function isSinceBirth(pieces: Pieces, at: number, date: Dated): boolean {
  const year = Number(date.year);
  const isOld = date.isFull && date.year.length === 4 && year >= FIRST && year <= LATEST_SINCE;
  if (!isOld || pieces.at(at - 2).norm !== 'с') return false;
  const isTold = /^г(?:ода?)?$/u.test(pieces.at(date.end + 1).norm) && isDayAlone(pieces, date.end);
  if (!isTold && year > LATEST) return false;
  for (let back = at - 4; back > at - 14; back -= 1) {
    const { kind, norm } = pieces.at(back);
    if (kind === 'space') continue;
    if (kind !== 'word') return false;
    if (SELF.test(norm) || CHILDREN.test(norm) || GROWN.test(norm)) return true;
    if (!BETWEEN.test(norm)) return false;
  }
  return false;
}
