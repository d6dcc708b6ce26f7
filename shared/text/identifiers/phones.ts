import { cueOf } from './cues.ts';
import {
  gapsOf,
  goesOn,
  groupsOf,
  groupsOfShape,
  isMeasured,
  joined,
  rowAt,
  shapeOf,
  type NumberRow,
} from './numbers.ts';
import type { Near } from './near.ts';
import type { Pieces } from './pieces.ts';

/** A telephone ends before a piece; `isPublic` is a hot line, which tells nobody and stays. */
export interface PhoneEnd {
  readonly end: number;
  readonly isPublic: boolean;
}

/** Free lines of authorities and firms, without the prefix. */
const HOT_LINE = /^80[04]\d{7}$/;
const isHotLine = (digits: string): boolean => HOT_LINE.test(digits.length === 11 ? digits.slice(1) : digits);
/** How many digits numbers of other countries have, by their beginnings; the rest are read as far as they go. */
const ABROAD: readonly (readonly [code: string, digits: readonly number[]])[] = [
  ['7', [11]],
  ['1', [11]],
  ['375', [12]],
  ['380', [12]],
  ['37', [11, 12]],
  ['99', [12]],
  ['86', [13, 12]],
  ['82', [12, 11]],
  ['81', [12, 11]],
  ['90', [12]],
  ['972', [12, 11]],
  ['4', [13, 12, 11]],
];

const at = (row: NumberRow, groups: number): PhoneEnd | null =>
  groups === 0 ? null : { end: row.ends[groups - 1] ?? 0, isPublic: isHotLine(joined(row, groups)) };

/** After a plus: Russian numbers of eleven digits, others by their country. */
function abroad(row: NumberRow): PhoneEnd | null {
  const first = joined(row, row.digits.length);
  const lengths = ABROAD.find(([code]) => first.startsWith(code))?.[1] ?? [];
  for (const length of lengths) {
    const groups = groupsOf(row, length);
    if (groups > 0) return at(row, groups);
  }
  for (let length = 15; length >= 9; length -= 1) {
    const groups = groupsOf(row, length);
    if (groups > 0) return at(row, groups);
  }
  return null;
}

const AREA = /^[78][34679]/;

/** 8 or 7, a code and a number: eleven digits however they are parted, as long as the code stands together. */
function withPrefix(row: NumberRow, near: Near): PhoneEnd | null {
  const groups = groupsOf(row, 11);
  if (groups === 0) return null;
  const all = joined(row, groups);
  if (isHotLine(all)) return at(row, groups);
  if (!AREA.test(all) || (groups === 1 && near.isNumbered)) return null;
  const [first = '', second = ''] = row.digits;
  const code = first.length > 1 ? first.length - 1 : second.length;
  const isSpelled = row.digits.slice(0, groups).every(({ length }) => length === 1);
  return code >= 3 || isSpelled || near.isPhone ? at(row, groups) : null;
}

const MOBILE = new Set([
  '10',
  '3,7',
  '3,3,4',
  '3,3,2,2',
  '3,2,2,3',
  '3,4,3',
  '3,2,3,2',
  '3,3,3,1',
  '6,4',
  '6,2,2',
  '3,1,2,2,2',
]);
/** What may follow a code of three, four or five digits. */
const LOCAL: Readonly<Record<number, ReadonlySet<string>>> = {
  3: new Set(['7', '3,4', '3,2,2', '2,2,3', '2,3,2']),
  4: new Set(['6', '2,4', '3,3', '2,2,2', '4,2']),
  5: new Set(['5', '1,4', '2,3', '3,2', '1,2,2', '2,1,2', '2,2,1']),
};
/** Told from other numbers by their shape alone, even with spaces. */
const CLEAR = new Set(['3,3,2,2', '4,2,2,2', '5,1,2,2']);

/** Ten digits: a mobile without its prefix, or a code with a number in a town. */
function withCode(row: NumberRow, near: Near, isBracketed: boolean): PhoneEnd | null {
  const groups = groupsOf(row, 10);
  if (groups === 0 || goesOn(row, groups)) return null;
  const all = joined(row, groups);
  const shape = shapeOf(row, groups);
  if (isHotLine(all) && shape !== '10') return at(row, groups);
  if (all.startsWith('9') && MOBILE.has(shape))
    return near.isNumbered && groups === 1 ? null : at(row, groups);
  const code = row.digits[0]?.length ?? 0;
  if (!/^[348]/.test(all) || LOCAL[code]?.has(shapeOf(row, groups, 1)) !== true) return null;
  const isParted = gapsOf(row, groups).some((gap) => gap.includes('-') || gap.includes(')'));
  return isBracketed || near.isPhone || isParted || CLEAR.has(shape) ? at(row, groups) : null;
}

/** Dates are written with dashes too: «12-03-21», «от 5-03-22». */
const isDay = ([day = '', month = '', year = '']: readonly string[], isDated: boolean): boolean =>
  (isDated || day.length === 2) &&
  Number(day) <= 31 &&
  Number(month) <= 12 &&
  Number(month) > 0 &&
  Number(year) <= 35 &&
  day.length < 3;

/** These have their numbers after them: «квартиры 1-20-40», «каб. 12-14-16». */
const LISTED = /^(?:дом|кв|каб|аудит|маршр|автоб|корп|столб|опор)/u;

/** «5-12-34», «22-15-20», «123-45-67». */
function inTown(row: NumberRow, near: Near): PhoneEnd | null {
  const [first = ''] = row.digits;
  if (first.length > 3 || shapeOf(row, 3, 1) !== '2,2') return null;
  const gaps = gapsOf(row, 3);
  if (!gaps.every((gap) => /^ ?- ?$/.test(gap)) || !isEven(gaps) || goesOn(row, 3)) return null;
  if (near.isInside) return null;
  if (near.isPhone) return at(row, 3);
  // «Дома 2-15-20» is a telephone at home, «дома 10-12-14» are houses.
  const isAtHome = near.word === 'дома' && first.length !== 2;
  const isListed = near.isStandard || (near.words === 0 && LISTED.test(near.word) && !isAtHome);
  return isListed || isDay(row.digits, near.isDated) ? null : at(row, 3);
}

const AFTER_CUE = [
  '3,2,2',
  '2,2,2',
  '1,2,2',
  '7',
  '6',
  '5',
  '3,4',
  '3,3',
  '2,3',
  '1,4',
  '2,4',
  '2,2,3',
  '2,1,2',
  '3,2',
];
const isEven = (gaps: readonly string[]): boolean =>
  gaps.every((gap) => gap.trim() === (gaps[0] ?? '').trim());

/** After «звонили» a round number or one in thousands is money: «просили 50 000». */
const isLikeMoney = (row: NumberRow, groups: number, { cue, words }: Near): boolean =>
  cue === 'call' &&
  (/0{3}$/.test(joined(row, groups)) ||
    (words > 1 && groups > 1 && gapsOf(row, groups).every((gap) => gap === ' ')));

/** Whatever has the length of a telephone after «тел.»; after «звоните» no date and nothing like money. */
function afterCue(row: NumberRow, near: Near): PhoneEnd | null {
  if (!near.isPhone || near.isInside) return null;
  for (const shape of AFTER_CUE) {
    const groups = groupsOfShape(row, shape);
    if (groups === 0 || !isEven(gapsOf(row, groups)) || goesOn(row, groups)) continue;
    const isDate =
      row.gaps[1] === '.' && Number(row.digits[1]) <= 12 && (near.words > 0 || near.cue === 'call');
    return isDate || isLikeMoney(row, groups, near) ? null : at(row, groups);
  }
  for (const total of [11, 10, 12, 7, 6]) {
    const groups = groupsOf(row, total);
    const isWhole = groups > 0 && !goesOn(row, groups) && (groups <= 2 || total >= 10);
    if (isWhole && gapsOf(row, groups).every((gap) => !gap.startsWith('.'))) return at(row, groups);
  }
  return null;
}

/** «215203 — мой телефон», «2-16-90 звонить вечером»: the word comes after. */
function isCalledAfter(pieces: Pieces, end: number): boolean {
  let at = end;
  for (let seen = 0; seen < 3; at += 1) {
    const { kind, text, norm } = pieces.at(at);
    if (kind === 'word') {
      const cue = cueOf(norm);
      if (cue === 'phone' || cue === 'call' || norm === 'спросить') return true;
      if (!/^(?:мой|это|мой|наш|номер|по|этому|можно)$/u.test(norm)) return false;
      seen += 1;
    } else if (kind !== 'space' && !/^[-,(:]$/.test(text)) return false;
  }
  return false;
}

/** «8 914 555-12-13/14»: another number that differs in the end. */
function variantEnd(pieces: Pieces, end: number): number {
  const isVariant =
    pieces.at(end).text === '/' &&
    pieces.at(end + 1).kind === 'number' &&
    pieces.at(end + 1).text.length === pieces.at(end - 1).text.length &&
    pieces.at(end - 1).text.length <= 4;
  return isVariant ? end + 2 : end;
}

function numbered(pieces: Pieces, from: number, given: Near): PhoneEnd | null {
  const row = rowAt(pieces, from);
  const strong = withPrefix(row, given) ?? withCode(row, given, false);
  if (strong !== null) return strong;
  const weak = inTown(row, given) ?? afterCue(row, given);
  if (weak !== null) return isMeasured(pieces, weak.end) ? null : weak;
  const cued = afterCue(row, { ...given, isPhone: !given.isNumbered, words: 0, cue: 'phone' });
  return cued !== null && !isMeasured(pieces, cued.end) && isCalledAfter(pieces, cued.end) ? cued : null;
}

/** A telephone that begins at a number, at a plus or at the bracket before a code. */
export function phoneAt(pieces: Pieces, from: number, near: Near): PhoneEnd | null {
  const sign = pieces.at(from).text;
  if (sign === '+') {
    const number = pieces.at(from + 1).kind === 'space' ? from + 2 : from + 1;
    return pieces.at(number).kind === 'number' ? abroad(rowAt(pieces, number)) : null;
  }
  if (sign === '(') return bracketed(pieces, from, near);
  if (pieces.at(from).kind !== 'number') return null;
  const found = numbered(pieces, from, near);
  return found === null ? null : { ...found, end: variantEnd(pieces, found.end) };
}

function bracketed(pieces: Pieces, from: number, near: Near): PhoneEnd | null {
  const isCode = pieces.at(from + 1).kind === 'number' && pieces.at(from + 2).text === ')';
  if (!isCode) return null;
  const row = rowAt(pieces, from + 1);
  const code = row.digits[0]?.length ?? 0;
  if (code < 3) return withPrefix(row, near);
  const rest = rowAt(pieces, (row.ends[1] ?? 1) - 1);
  const town = row.digits.length > 1 ? inTown(rest, { ...near, isPhone: true }) : null;
  return withPrefix(row, near) ?? withCode(row, near, true) ?? town;
}
