import { codeAt, firstParts, isYear, shapeOfCode, type Code } from './codes.ts';
import { isHarmless, looksHarmless } from './harmless-numbers.ts';
import { isPublic, type Near } from './near.ts';
import { isMeasured } from './numbers.ts';
import { isOfTrade } from './paper-heads.ts';
import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** How many digits a number of a kind has. */
interface Range {
  readonly least: number;
  readonly most: number;
}

const CARDS = ['4,4,4,4,3', '4,4,4,4,1', '4,4,4,4', '4,6,5', '16', '18', '19'];
const SNILS = '3,3,3,2';
/** As telephones show their IMEI. */
const IMEI = '2,6,6,1';
const PASSPORTS = new Set(['4,6', '2,2,6', '2,2,3,3']);
/** Digits that count nothing any more; a code has letters besides. */
const LONG = 7;
const LONG_CODE = 6;
/** Longer numbers are those of purchases and payments. */
const LONGEST = 17;
/** In one run after «№» and a word nobody knows; numbers of letters have shorter parts. */
const NUMBERED = 5;

/** The lengths a number may have after a word; null when the word says nothing of them. */
function rangeOf({ cue, word, words, isAfterSign }: Near): Range | null {
  const isNext = words === 0 || (isAfterSign && words < 4);
  switch (cue) {
    case 'account': {
      const isPersonal = word !== 'лицевых' && /^(?:лиц|лс|реквиз|абон|плат|потреб|елс|флс)/u.test(word);
      const least = isPersonal ? 4 : isAfterSign || word === 'мойсчет' ? 5 : 9;
      return words > 4 ? null : { least, most: 25 };
    }
    case 'card':
      return words > (isAfterSign ? 5 : 3) ? null : { least: isAfterSign ? 4 : 8, most: 19 };
    case 'inn':
      return words > 4 ? null : { least: 9, most: 15 };
    case 'paper': {
      const isRight = words === 0 && !word.startsWith('билет');
      return words > 6 ? null : { least: isAfterSign ? 3 : isRight ? 4 : 5, most: 20 };
    }
    case 'deal':
      return isNext || words < 2 ? { least: isAfterSign ? 3 : 4, most: 24 } : null;
    default:
      return null;
  }
}

/** The longest beginning of a code with so many digits; its last part is digits, or letters that touch it. */
function within(code: Code, { least, most }: Range): Code | null {
  const count = code.parts.findLastIndex(
    ({ digits, isNumber, gap }) => digits <= most && (isNumber || gap !== ' '),
  );
  const found = firstParts(code, count + 1);
  return found !== null && found.digits >= least ? found : null;
}

/** A lone year is no number of a paper: «справка 2019». */
const isLoneYear = ({ parts }: Code): boolean => parts.length === 1 && isYear(parts[0]?.text ?? '');

/** «Лицевой счёт ДГК 844067911»: the letters name who keeps the account. */
const isOfPayee = ({ parts: [first, second] }: Code, { cue }: Near): boolean =>
  cue === 'account' && first?.isNumber === false && second?.gap.includes(' ') === true;

/** «Серия 1-464», «серии 111-121», «серии 1-335А»: houses are built by these. */
function isOfHouse(pieces: Pieces, { parts, end }: Code, { word }: Near): boolean {
  const shape = parts
    .map(({ text, gap, isNumber }) => gap + (isNumber ? '9'.repeat(text.length) : 'А'))
    .join('');
  const after = pieces.at(pieces.at(end).kind === 'space' ? end + 1 : end);
  const isFollowed = after.text === '№' || /^(?:номер|ном)$/u.test(after.norm) || after.kind === 'number';
  return (
    word.startsWith('сер') && /^(?:9-9{2,3}|999-9{2,3}|99-999)А?(?:-9{1,2})?$/u.test(shape) && !isFollowed
  );
}

/** «Отделение Сбербанка 9070/0118» */
const isOfBranch = ({ parts }: Code, { word }: Near): boolean =>
  word.startsWith('сбер') && parts.length === 2 && parts[1]?.gap === '/';

/** The number that the word before it names; null when that names none, or what follows is a sum. */
function called(pieces: Pieces, at: number, code: Code, near: Near): Code | null {
  const range = rangeOf(near);
  const found = range === null ? null : within(code, range);
  if (found === null || isLoneYear(found) || isOfPayee(found, near)) return null;
  if (isOfHouse(pieces, found, near) || isOfBranch(found, near)) return null;
  const isYearly = found.parts.some(({ text }) => isYear(text));
  if (near.cue === 'deal' && (isYearly || isOfTrade(pieces, at, found.end))) return null;
  if (near.isAfterSign) return isMeasured(pieces, found.end) ? null : found;
  // «Полис 3500»: after the word itself four digits may be a price or a count.
  const isSeries = /^(?:пасп|сер)/u.test(near.word);
  const isRound = near.cue === 'paper' && found.digits === 4 && digitsOf(found).endsWith('0') && !isSeries;
  const isSum = isRound || (near.words > 0 ? looksHarmless(pieces, found) : isMeasured(pieces, found.end));
  return isSum ? null : found;
}

/** The digits of a code. */
const digitsOf = ({ parts }: Code): string =>
  parts.map(({ text, isNumber }) => (isNumber ? text : '')).join('');

/** The beginning of a code that has exactly so many digits and no letters. */
function withDigits(code: Code, digits: number): Code | null {
  const found = within(code, { least: digits, most: digits });
  return found?.letters === 0 ? found : null;
}

/** These say by their shape alone that they are somebody's: cards, bank accounts, СНИЛС. */
function shaped(code: Code): Code | null {
  const account = withDigits(code, 20);
  if (account !== null && /^4(?:0[5-8]|2[0-6])/.test(digitsOf(account))) return account;
  const shape = shapeOfCode(code);
  const card = CARDS.find((each) => `${shape},`.startsWith(`${each},`));
  if (card !== undefined) {
    const found = firstParts(code, card.split(',').length);
    // Numbers of purchases have nineteen digits as well, but begin with 0.
    if (found !== null && found.parts.length === 1 && digitsOf(found).startsWith('0')) return null;
    return found?.parts.every(({ text }) => isYear(text)) === true ? null : found;
  }
  const sixteen = withDigits(code, 16);
  if (sixteen?.parts.every(({ text }) => text.length >= 4) === true) return sixteen;
  return shape === SNILS || shape === IMEI ? code : null;
}

/** Capitals that are no series of a number. */
export const ABBREVIATIONS = wordList(
  `ип рф ссср тко тбо мкд жкх вмп снт гск гимс мо мвд овд уфмс гибдд загс мфц пфр сфр фсс чаэс вов мсэ сро`,
);
const FIRM = wordList(
  `ооо* оао* зао* пао* ао* ук* тсж* тсн* муп* гуп* мку* мбоу* компан* организац* предприят* фирм*
  подрядчик* администрац* юр юрлиц* застройщик*`,
);

/** A number of ten digits is a firm's, and everybody may look it up: «ИНН управляющей компании 7901…». */
function isOfFirm(pieces: Pieces, at: number): boolean {
  for (let index = at - 15; index < at + 6; index += 1) if (FIRM.test(pieces.at(index).norm)) return true;
  return false;
}

/** «Карта *5678», «карта, последние цифры 5678». */
function isCardTail(pieces: Pieces, at: number, { cue, words }: Near): boolean {
  const sign = pieces.at(at - 1).kind === 'space' ? at - 2 : at - 1;
  const isTold = pieces.at(sign).text === '*' || pieces.at(at - 2).norm.startsWith('цифр');
  return cue === 'card' && words < 6 && isTold && pieces.at(at).text.length === 4;
}

const isTied = (pieces: Pieces, at: number): boolean => {
  const { kind } = pieces.at(at - 1);
  return kind === 'word' || kind === 'number';
};

/** «Серия АВС», «серия I-ДВ»: letters that stand apart from their number. */
function seriesEnd(pieces: Pieces, at: number, { word, words }: Near): number {
  const isSeries = (index: number): boolean =>
    pieces.at(index).kind === 'word' && /^[A-ZА-ЯЁ]{1,4}$/u.test(pieces.at(index).text);
  if (words > 0 || !/^сер(?:и.*)?$/u.test(word) || !isSeries(at)) return 0;
  const end = pieces.at(at + 1).text === '-' && isSeries(at + 2) ? at + 3 : at + 1;
  const next = pieces.at(pieces.at(end).kind === 'space' ? end + 1 : end);
  return next.text === '№' || next.norm === 'номер' ? end : 0;
}

/** The end of a number of a card, an account or a paper that the words before it tell of, or 0. */
export function documentEnd(pieces: Pieces, at: number, near: Near): number {
  const isNumber = pieces.at(at).kind === 'number';
  if (near.isInside || (isTied(pieces, at) && !isNumber)) return 0;
  const { norm } = pieces.at(at);
  if (!isNumber && (FIRM.test(norm) || ABBREVIATIONS.test(norm))) return 0;
  if (isNumber && isCardTail(pieces, at, near)) return at + 1;
  const code = codeAt(pieces, at);
  if (code === null) return seriesEnd(pieces, at, near);
  const cued = (near.cue === 'card' ? shaped(code) : null) ?? called(pieces, at, code, near);
  if (cued !== null) return near.cue === 'inn' && cued.digits === 10 && isOfFirm(pieces, at) ? 0 : cued.end;
  const found = isTied(pieces, at) ? null : shaped(code);
  const isOther = isPublic(near.cue) && near.words < 2 && found?.digits !== 20;
  return found === null || isMeasured(pieces, found.end) || isOther ? 0 : found.end;
}

/** The beginning of a code that no spaces part; a series and «№» before a number belong to it. */
function unparted(code: Code): Code {
  const isPassport =
    PASSPORTS.has(shapeOfCode(code)) && code.parts.every(({ gap }) => /^(?:| ?[ №-] ?)$/u.test(gap));
  if (isPassport) return code;
  const count = code.parts.findIndex(
    ({ gap }, index) => gap.includes(' ') && !gap.includes('№') && code.parts[index - 1]?.isNumber === true,
  );
  return count < 0 ? code : (firstParts(code, count) ?? code);
}

/** A series in letters and a number after a space: «АК 1234567»; words in capitals are none. */
function isLooseSeries({ parts: [series, number] }: Code): boolean {
  const isLoose = series?.isNumber === false && number?.gap === ' ';
  return isLoose && (series.text.length < 2 || (number?.text.length ?? 0) > 8);
}

/**
 * A number no word tells of that is too long to count anything, or that has letters, or «№» after an unknown
 * word: it is somebody's unless there is a reason to think otherwise. Its end, or 0.
 */
export function unnamedEnd(pieces: Pieces, at: number, near: Near): number {
  const before = pieces.at(at - 1);
  if (near.isInside || isTied(pieces, at) || near.cue === 'inn') return 0;
  if (ABBREVIATIONS.test(pieces.at(at).norm) && pieces.at(at + 1).text !== '-') return 0;
  if (before.kind === 'sign' && /^[/:=_.,*-]$/.test(before.text)) return 0;
  const whole = codeAt(pieces, at);
  if (whole === null) return 0;
  const code = unparted(whole);
  const least = code.letters > 0 ? LONG_CODE : LONG;
  const isNumbered = near.cue === 'numbered' && near.words === 0;
  const hasRun = isNumbered && code.parts.some(({ isNumber, text }) => isNumber && text.length >= NUMBERED);
  const isOwn = (code.digits >= least || hasRun) && code.digits <= LONGEST && !isLooseSeries(code);
  return isOwn && !isHarmless(pieces, code, near) && !isOfHouse(pieces, code, near) && !isOfBranch(code, near)
    ? code.end
    : 0;
}
