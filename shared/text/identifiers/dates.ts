import { looseDate, type Dated } from './loose-dates.ts';
import type { Piece, PieceKind, Pieces } from './pieces.ts';
import { yearInWords } from './spelled-years.ts';
import { wordList } from './word-list.ts';

const MONTH = wordList(
  `января январь январе январю янв февраля февраль феврале февралю фев марта март марте марту мар
  апреля апрель апреле апрелю апр май мая мае маю июня июнь июне июню июн июля июль июле июлю июл
  августа август августе авг сентября сентябрь сентябре сентябрю сент
  сен октября октябрь октябре октябрю окт ноября ноябрь ноябре ноябрю ноя декабря декабрь декабре
  декабрю дек`,
);

/** «Пятое», «пятого», «двадцатого». */
const ORDINAL_STEMS =
  'перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят|\\p{L}{2,8}надцат|двадцат|тридцат';
const ORDINAL = new RegExp(`^(?:${ORDINAL_STEMS})(?:ое|ого|ье|ьего)$`, 'u');

export const skipSpace = (pieces: Pieces, at: number): number =>
  pieces.at(at).kind === 'space' ? at + 1 : at;
const numberAt = (pieces: Pieces, at: number, least: number, most: number): boolean => {
  const { kind, text } = pieces.at(at);
  return kind === 'number' && text.length >= least && text.length <= most;
};

export const mayBeYear = (text: string): boolean => /^(?:1[89]\d\d|20[0-3]\d|\d\d)$/.test(text);

/** Months as old papers have them. */
const ROMAN = 'I II III IV V VI VII VIII IX X XI XII'.split(' ');

/** `12.03.1961`, `12.III.1961`, `12/3/61`, `12-03-1961`, `1961-03-12`, `12 03 1961`. */
function inFigures(pieces: Pieces, at: number): Dated | null {
  let end = at + 1;
  const parts = [pieces.at(at).text];
  while (parts.length < 3) {
    const spaced = skipSpace(pieces, end);
    const { kind, text } = pieces.at(spaced);
    const isSign = kind === 'sign' && '.-/,'.includes(text);
    const next = isSign ? skipSpace(pieces, spaced + 1) : spaced;
    const month = parts.length === 1 ? ROMAN.indexOf(pieces.at(next).text) : -1;
    if (next === end || (month < 0 && !numberAt(pieces, next, 1, 4))) return null;
    parts.push(month < 0 ? pieces.at(next).text : String(month + 1));
    end = next + 1;
  }
  const [first = '', second = '', third = ''] = parts;
  const [day, year] = first.length === 4 ? [third, first] : [first, third];
  const isDay = day.length <= 2 && Number(day) >= 1 && Number(day) <= 31;
  const isMonth = second.length <= 2 && Number(second) >= 1 && Number(second) <= 12;
  const isYear = mayBeYear(year) || /^20\d\d$/.test(year);
  return isDay && isMonth && isYear ? { from: at, end, year, isFull: true } : null;
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
  const hasYear = numberAt(pieces, yearAt, 2, 4) && mayBeYear(pieces.at(yearAt).text);
  if (hasYear) return { from: at, end: yearAt + 1, year: pieces.at(yearAt).text, isFull: next > at };
  const spelled = yearInWords(pieces, yearAt);
  if (spelled !== null) return { from: at, ...spelled, isFull: next > at };
  return next > at ? { from: at, end: next + 1, year: '', isFull: false } : null;
}

/** «Сорок восьмом», «тысяча девятьсот пятьдесят второго». */
function spelledAlone(pieces: Pieces, at: number): Dated | null {
  const found = yearInWords(pieces, at);
  return found === null ? null : { from: at, ...found, isFull: false };
}

function alone(pieces: Pieces, at: number): Dated | null {
  const { text } = pieces.at(at);
  const hasYear = numberAt(pieces, at, 4, 4) || numberAt(pieces, at, 2, 2);
  return hasYear && mayBeYear(text) ? { from: at, end: at + 1, year: text, isFull: false } : null;
}

/** `12031961`, `120361`: only right after «дата рождения». */
function unparted(pieces: Pieces, at: number): Dated | null {
  const { text } = pieces.at(at);
  const [day, month, year] = [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
  const isDate = Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
  return (text.length === 6 || text.length === 8) && isDate && mayBeYear(year)
    ? { from: at, end: at + 1, year, isFull: true }
    : null;
}

/** The date in the usual order. */
function orderly(pieces: Pieces, at: number, kind: PieceKind): Dated | null {
  if (kind === 'word') return inWords(pieces, at) ?? spelledAlone(pieces, at);
  return kind === 'number'
    ? (inFigures(pieces, at) ?? inWords(pieces, at) ?? alone(pieces, at) ?? unparted(pieces, at))
    : null;
}

/** «5 числа», «1952-го», «1938 года», «в марте, 8 числа». */
function mayBeLoose(pieces: Pieces, at: number, { kind, text, norm }: Piece): boolean {
  if (kind !== 'number') return norm === 'в' || norm === 'во' || MONTH.test(norm);
  if (text.length > 2 && !mayBeYear(text)) return false;
  const sign = pieces.at(at + 1);
  if (sign.kind === 'word') return true;
  return (sign.kind === 'space' || sign.text === '-') && pieces.at(at + 2).kind === 'word';
}

/** The longest date that begins at a piece. */
export function dateAt(pieces: Pieces, at: number): Dated | null {
  const first = pieces.at(at);
  const usual = orderly(pieces, at, first.kind);
  const loose = mayBeLoose(pieces, at, first) ? looseDate(pieces, at, MONTH.test) : null;
  return loose !== null && loose.end > (usual?.end ?? 0) ? loose : usual;
}
