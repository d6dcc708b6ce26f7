import type { Near } from './near.ts';
import type { Pieces } from './pieces.ts';
import { gapsOf, goesOn, groupsOf, joined, shapeOf, type NumberRow } from './numbers.ts';

/** A telephone ends before a piece; `isPublic` is a hot line, which tells nobody and stays. */
export interface PhoneEnd {
  readonly end: number;
  readonly isPublic: boolean;
}

/** Free lines of authorities and firms, without the prefix. */
const HOT_LINE = /^[78]?80[04]\d{7}$/;
const isHotLine = (digits: string): boolean => HOT_LINE.test(digits);
/**
 * How many digits numbers of other countries have, by their beginnings; the rest are read as far as they go.
 */
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

export const phoneOf = (row: NumberRow, groups: number): PhoneEnd | null =>
  groups === 0 ? null : { end: row.ends[groups - 1] ?? 0, isPublic: isHotLine(joined(row, groups)) };

/** After a plus: Russian numbers of eleven digits, others by their country. */
export function abroad(row: NumberRow): PhoneEnd | null {
  const first = joined(row, row.digits.length);
  const lengths = ABROAD.find(([code]) => first.startsWith(code))?.[1] ?? [];
  for (const length of lengths) {
    const groups = groupsOf(row, length);
    if (groups > 0) return phoneOf(row, groups);
  }
  for (let length = 15; length >= 9; length -= 1) {
    const groups = groupsOf(row, length);
    if (groups > 0) return phoneOf(row, groups);
  }
  return null;
}

/** Codes of towns begin with 8, too: Архангельск, Чебоксары. Free lines, 800 and 804, are told before. */
const AREA = /^[78][346789]/;

/** «89 14 01 501 50»: a mobile number in groups of its writer's own. */
const isOddlyParted = (row: NumberRow, groups: number): boolean =>
  joined(row, groups).startsWith('89') &&
  groups < 7 &&
  row.digits.length === groups &&
  row.digits.some(({ length }) => length > 2);

/**
 * 8 or 7, a code and a number: eleven digits however they are parted, as long as the code stands together.
 */
export function withPrefix(row: NumberRow, near: Near): PhoneEnd | null {
  const groups = groupsOf(row, 11);
  if (groups === 0) return null;
  const all = joined(row, groups);
  if (isHotLine(all)) return phoneOf(row, groups);
  if (!AREA.test(all) || (groups === 1 && near.isNumbered)) return null;
  const [first = '', second = ''] = row.digits;
  const code = first.length > 1 ? first.length - 1 : second.length;
  const isSpelled = row.digits.slice(0, groups).every(({ length }) => length === 1);
  return code >= 3 || isSpelled || near.isPhone || isOddlyParted(row, groups) ? phoneOf(row, groups) : null;
}

/** Digits of a mobile number with its prefix; the code stands together. */
const MOBILE_DIGITS = 11;
const MOST_SIGNS = 3;

/** «8,914,302,17,45», «8 [914] 302 17 47»: a mobile number parted by whatever signs. */
export function withAnySigns(pieces: Pieces, from: number): PhoneEnd | null {
  let [at, digits, groups] = [from, '', 0];
  for (;;) {
    const { text } = pieces.at(at);
    const isCode = groups !== 1 || digits.length > 3 || text.length >= 3;
    digits += text;
    groups += 1;
    if (digits.length >= MOBILE_DIGITS || !isCode || !/^[78](?:9|$)/.test(digits)) break;
    let next = at + 1;
    while (next - at <= MOST_SIGNS && /^(?:space|sign)$/.test(pieces.at(next).kind)) next += 1;
    if (pieces.at(next).kind !== 'number') return null;
    at = next;
  }
  const isWhole = digits.length === MOBILE_DIGITS && /^[78]9/.test(digits) && groups > 2;
  return isWhole ? { end: at + 1, isPublic: false } : null;
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
/** Shapes of a number in a town, by the length of the code before it. */
const LOCAL: Readonly<Record<number, ReadonlySet<string>>> = {
  3: new Set(['7', '3,4', '3,2,2', '2,2,3', '2,3,2']),
  4: new Set(['6', '2,4', '3,3', '2,2,2', '4,2']),
  5: new Set(['5', '1,4', '2,3', '3,2', '1,2,2', '2,1,2', '2,2,1']),
};
/** Told from other numbers by their shape alone, even with spaces. */
const CLEAR = new Set(['3,3,2,2', '4,2,2,2', '5,1,2,2']);

/** Ten digits: a mobile without its prefix, or a code with a number in a town. */
export function withCode(row: NumberRow, near: Near, isBracketed: boolean): PhoneEnd | null {
  const groups = groupsOf(row, 10);
  if (groups === 0 || goesOn(row, groups)) return null;
  const all = joined(row, groups);
  const shape = shapeOf(row, groups);
  if (isHotLine(all) && shape !== '10' && !shape.startsWith('2,')) return phoneOf(row, groups);
  if (all.startsWith('9') && MOBILE.has(shape))
    return near.isNumbered && groups === 1 ? null : phoneOf(row, groups);
  const code = row.digits[0]?.length ?? 0;
  if (!/^[348]/.test(all) || LOCAL[code]?.has(shapeOf(row, groups, 1)) !== true) return null;
  const isParted = gapsOf(row, groups).some((gap) => gap.includes('-') || gap.includes(')'));
  return isBracketed || near.isPhone || isParted || CLEAR.has(shape) ? phoneOf(row, groups) : null;
}
