import { codeEnd } from './codes.ts';
import type { Cue } from './cues.ts';
import type { Near } from './near.ts';
import {
  gapsOf,
  goesOn,
  groupsOf,
  groupsOfShape,
  isMeasured,
  rowAt,
  shapeOf,
  type NumberRow,
} from './numbers.ts';
import type { Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

const total = ({ digits }: NumberRow, groups = digits.length): number =>
  digits.slice(0, groups).reduce((sum, { length }) => sum + length, 0);

const startsWith = (row: NumberRow, shapes: readonly string[]): number => {
  for (const shape of shapes) {
    const groups = groupsOfShape(row, shape);
    if (groups > 0) return groups;
  }
  return 0;
};

const CARD = ['4,4,4,4,3', '4,4,4,4', '4,6,5', '16', '18', '19'];
const SNILS = ['3,3,3,2'];
const ACCOUNT = ['20', '5,3,1,4,7', '5,3,5,7', '3,2,3,1,4,7', '4,4,4,4,4', '5,5,5,5', '5,3,12'];
const PASSPORT = ['2,2,6', '2,2,3,3', '4,6', '4,3,3', '10', '2,7', '9', '6', '4', '2,2', '3,3'];
const INN = ['12', '10', '4,4,4', '3,3,3,3', '2,2,6,2', '4,6,2', '2,8,2', '15'];

/** Twenty digits of an account at a bank, however they are parted. */
function bankAccount(row: NumberRow): number {
  const groups = groupsOf(row, 20);
  return groups > 0 && /^4(?:0[5-8]|2[0-6])/.test(row.digits.join('')) ? groups : 0;
}

/** Sixteen digits in groups of four and more. */
function cardNumber(row: NumberRow): number {
  const groups = groupsOf(row, 16);
  return groups > 0 && row.digits.slice(0, groups).every(({ length }) => length >= 4) ? groups : 0;
}

/** These say by their shape alone that they are somebody's: cards, bank accounts, СНИЛС. */
function byShape(row: NumberRow): number {
  const groups = startsWith(row, [...ACCOUNT, ...CARD]) || bankAccount(row) || cardNumber(row);
  if (groups > 0) return row.digits.slice(0, groups).every((group) => isYear(group)) ? 0 : groups;
  const snils = startsWith(row, SNILS);
  return snils > 0 && !goesOn(row, snils) ? snils : 0;
}

/** The whole row, as long as gaps are a sign or one space and nothing is a date. */
function rowWithin(row: NumberRow, least: number, most: number): number {
  for (let groups = row.digits.length; groups > 0; groups -= 1) {
    const digits = total(row, groups);
    if (digits < least) return 0;
    if (digits <= most && gapsOf(row, groups).every((gap) => /^(?: ?[-/. №] ?)$/.test(gap))) return groups;
  }
  return 0;
}

const isDate = (row: NumberRow): boolean =>
  /^(?:1,|2,)(?:1|2),(?:4|2)$/.test(shapeOf(row, 3)) &&
  gapsOf(row, 3).every((gap) => gap === '.' || gap === '/');
const isYear = (group = ''): boolean => /^(?:19|20)\d\d$/.test(group);

type Rule = (row: NumberRow, near: Near) => number;

/** How many groups of a row are the number, by the word before it. */
const AFTER: Partial<Record<Cue, Rule>> = {
  account: (row, { word, words }) => {
    const isPersonal = word !== 'лицевых' && /^(?:лиц|лс|реквиз|абон|плат|потреб|елс)/u.test(word);
    if (isDate(row) || words > 4 || (words > 0 && isYear(row.digits[0]) && row.gaps[1] === undefined))
      return 0;
    return isPersonal ? rowWithin(row, 4, 24) : rowWithin(row, 9, 24);
  },
  card: (row, { words }) => startsWith(row, CARD) || (words > 3 || isDate(row) ? 0 : rowWithin(row, 8, 19)),
  passport: (row, { words }) => (words > 6 || isDate(row) ? 0 : passport(row, words)),
  snils: (row, { words }) =>
    words > 4 ? 0 : startsWith(row, [...SNILS, '9,2', '11', '9', '3,3,3']) || rowWithin(row, 9, 11),
  inn: (row, { words }) => (words > 4 ? 0 : startsWith(row, INN)),
  paper: (row, { words }) => (words > 5 || isDate(row) ? 0 : rowWithin(row, 5, 18)),
};

const CERTAIN_PASSPORT = new Set(['2,2,6', '4,6', '10', '2,7', '2,2,3,3', '4,3,3']);

/** Series and number together, or either for itself; a lone year is no series. */
function passport(row: NumberRow, words: number): number {
  const groups = startsWith(row, PASSPORT);
  const shape = shapeOf(row, groups);
  if (groups === 0 || goesOn(row, groups)) return 0;
  if (CERTAIN_PASSPORT.has(shape)) return groups;
  // «Серия ламп 9918»
  if (words > 0 && (shape === '4' || shape === '2,2')) return 0;
  return shape === '4' && isYear(row.digits[0]) && row.gaps[1]?.includes('№') !== true ? 0 : groups;
}

const FIRM = wordList(
  `ооо* оао* зао* пао* ао* ук* тсж* тсн* муп* гуп* мку* мбоу* компан* организац* предприят* фирм*
  подрядчик* администрац* застройщик*`,
);

/** A number of ten digits is a firm's, and everybody may look it up: «ИНН управляющей компании 7901…». */
function isOfFirm(pieces: Pieces, at: number): boolean {
  for (let back = at - 1; back > at - 16; back -= 1) if (FIRM.test(pieces.at(back).norm)) return true;
  return false;
}

const ROMAN = /^[IVXLCІХС]{1,5}$/u;
const isCapital = (text: string, least: number, most: number): boolean =>
  text.length >= least && text.length <= most && /^[A-ZА-ЯЁ]+$/u.test(text);

/** The letters before a number of a paper: «I-ЖД № 512345», «АА № 123456»; the place of the number, or 0. */
function seriesEnd(pieces: Pieces, at: number, near: Near): number {
  const { kind, text } = pieces.at(at);
  const isOfPaper = near.cue === 'paper' || near.cue === 'passport';
  // A vehicle's papers begin with the region's number: «79 УК 123456».
  if (kind === 'number' && text.length === 2 && isOfPaper) {
    const letters = pieces.at(at + 1).kind === 'space' ? at + 2 : at + 1;
    return isCapital(pieces.at(letters).text, 2, 2) ? seriesEnd(pieces, letters, near) : 0;
  }
  if (kind !== 'word' || pieces.at(at - 1).kind === 'word') return 0;
  const isCertificate =
    ROMAN.test(text) && pieces.at(at + 1).text === '-' && isCapital(pieces.at(at + 2).text, 2, 2);
  if (!isCertificate && !(isOfPaper && isCapital(text, 2, 3))) return 0;
  const hasYear = pieces.at(at + 1).text === '-' && isYear(pieces.at(at + 2).text);
  let number = isCertificate || hasYear ? at + 3 : at + 1;
  for (let signs = 0; signs < 3 && /^[ №-]+$/.test(pieces.at(number).text || '.'); signs += 1) number += 1;
  const { kind: follows, text: digits } = pieces.at(number);
  return follows === 'number' && digits.length >= 5 && digits.length <= 10 ? number + 1 : 0;
}

/** «Карта *5678»: the last digits of a card. */
const isCardTail = (pieces: Pieces, at: number, { cue, words }: Near): boolean =>
  cue === 'card' && words < 4 && pieces.at(at - 1).text === '*' && pieces.at(at).text.length === 4;

/** A number of a card, an account or a paper that begins at a piece: the end of it, or 0. */
export function documentEnd(pieces: Pieces, at: number, near: Near): number {
  const series = seriesEnd(pieces, at, near) || codeEnd(pieces, at, near);
  if (series > 0) return series;
  if (pieces.at(at).kind !== 'number') return 0;
  if (near.isInside) return 0;
  if (isCardTail(pieces, at, near)) return at + 1;
  const row = rowAt(pieces, at);
  const isTied = pieces.at(at - 1).kind === 'word';
  const groups = (near.cue === null ? 0 : (AFTER[near.cue]?.(row, near) ?? 0)) || (isTied ? 0 : byShape(row));
  if (groups === 0) return 0;
  if (near.cue === 'inn' && total(row, groups) === 10 && isOfFirm(pieces, at)) return 0;
  const end = row.ends[groups - 1] ?? 0;
  const isSum = isMeasured(pieces, end) && groupsOf(row, total(row, groups)) > 0;
  const isPublic = (near.cue === 'harmless' || near.cue === 'standard') && near.words < 2;
  return isSum || (isPublic && shapeOf(row, groups) !== '20') ? 0 : end;
}
