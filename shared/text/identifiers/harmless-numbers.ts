import { isYear, type Code } from './codes.ts';
import { isPublic, type Near } from './near.ts';
import { isMeasured } from './numbers.ts';
import type { Pieces } from './pieces.ts';

const REACH = 4;

/** After words such as «обращение», «закон», «дом», «показания», «сумма», «ГОСТ». */
const isTold = ({ cue, words }: Near): boolean => isPublic(cue) && words < REACH;

/** `12.03.2021`, `12-03-21`, `2022-01-15`, with whatever after it. */
function startsWithDate({ parts }: Code): boolean {
  const [first = '', second = '', third = ''] = parts.map(({ text }) => text);
  const isTight = parts.slice(1, 3).every(({ gap }) => /^[-./]$/.test(gap));
  const [day, year] = isYear(first) ? [third, first] : [first, third];
  const isDay = /^\d\d?$/.test(day) && Number(day) > 0 && Number(day) <= 31;
  const isMonth = /^\d\d?$/.test(second) && Number(second) > 0 && Number(second) <= 12;
  return isTight && isDay && isMonth && (isYear(year) || /^\d\d$/.test(year));
}

/** `20220115`, `15012022` */
const isTightDate = (text: string): boolean =>
  /^(?:(?:19|20)\d\d(?:0\d|1[0-2])(?:[0-2]\d|3[01])|(?:[0-2]\d|3[01])(?:0\d|1[0-2])(?:19|20)\d\d)$/.test(
    text,
  );

/** `128 400`, `1 245 600`. */
const isInThousands = ({ parts, letters }: Code): boolean =>
  letters === 0 &&
  parts.length > 1 &&
  parts.length < 4 &&
  (parts[0]?.text.length ?? 0) <= 3 &&
  parts.slice(1).every(({ text, gap }) => text.length === 3 && (gap === ' ' || gap === '.'));

/** `10-12-14`, `9-00-18-00`: houses and hours have two digits, round numbers are told in passing. */
function isList({ parts }: Code): boolean {
  const numbers = parts.filter(({ isNumber }) => isNumber);
  const isShort = numbers.every(({ text }) => text.length <= 2);
  return numbers.length > 1 && (isShort || numbers.every(({ text }) => /^\d{1,2}[05]$|^\d\d00$/.test(text)));
}

/** `48.794668`, `0.0298` */
const isDecimal = ({ parts }: Code): boolean => parts.length === 2 && parts[1]?.gap === '.';

/** `3.1/2.1.0205-20`, `42.11.20.200`: a section, a standard or a class. */
function isSection({ parts }: Code): boolean {
  const [first, second, ...rest] = parts;
  if (rest.length === 0 || second?.gap !== '.') return false;
  const isClass = parts.slice(1).every(({ text, gap }) => gap === '.' && text.length <= 3);
  const last = parts.at(-1);
  const isStandard =
    last?.gap === '-' && /^(?:\d\d|(?:19|20)\d\d)$/.test(last.text) && second.text.length <= 2;
  return isClass || isStandard || ((first?.text.length ?? 3) <= 2 && second.text.length === 1);
}

/** `scan_20220115.jpg`, `79:01:0300012:145`, `3,14`, `5-6%`. */
function isPartOfOther(pieces: Pieces, { end }: Code): boolean {
  const [sign, next] = [pieces.at(end).text, pieces.at(end + 1)];
  if (sign === ':' || sign === '.')
    return next.kind === 'number' || (sign === '.' && /^[a-z]/u.test(next.norm));
  return sign === ',' && next.kind === 'number';
}

/** Tells whether a number is a sum, a date, a list or a part of something longer: by its own looks. */
export function looksHarmless(pieces: Pieces, code: Code): boolean {
  const last = code.parts.at(-1)?.text ?? '';
  return (
    isMeasured(pieces, code.end) ||
    startsWithDate(code) ||
    code.parts.some(({ text }) => isTightDate(text)) ||
    isDecimal(code) ||
    isSection(code) ||
    isInThousands(code) ||
    isList(code) ||
    last.endsWith('000') ||
    isPartOfOther(pieces, code)
  );
}

/**
 * A reason to leave a number that no word calls somebody's: it measures, dates or counts something, belongs
 * to a law, a case or a place, or has a year in it, as numbers of letters and contracts of firms do.
 */
export const isHarmless = (pieces: Pieces, code: Code, near: Near): boolean =>
  isTold(near) || code.parts.some(({ text }) => isYear(text)) || looksHarmless(pieces, code);
