import type { Piece, Pieces } from './pieces.ts';
import { wordList } from './word-list.ts';

/** Groups of digits in a row, with the signs between them. */
export interface NumberRow {
  readonly digits: readonly string[];
  /** The sign before each group; '' for the first. */
  readonly gaps: readonly string[];
  /** The piece after each group. */
  readonly ends: readonly number[];
  /** Lengths of the groups, each with a comma after it: `3,2,2,`. */
  readonly shape: string;
}

/** Eleven digits, each for itself, and a code's brackets; more is no number of anybody. */
const MOST_GROUPS = 12;
const LONGEST_GAP = 4;
const GAPS = new Set([' ', '-', '№', '.', '(', ')', '/', '_', '*', '·', '•', '~', '=', '\\', '|']);

/** All groups up to where a row breaks; each row is a part of it. */
interface Run {
  readonly groups: ReadonlyMap<number, number>;
  readonly digits: readonly string[];
  readonly gaps: readonly string[];
  readonly ends: readonly number[];
}

/** A run is read once, however many of its groups are looked at. */
const runs = new WeakMap<Pieces, Run>();

/** The row of digit groups that begins at a number. */
export function rowAt(pieces: Pieces, from: number): NumberRow {
  let run = runs.get(pieces);
  if (run?.groups.has(from) !== true) {
    run = readRun(pieces, from);
    runs.set(pieces, run);
  }
  const first = run.groups.get(from) ?? 0;
  const digits = run.digits.slice(first, first + MOST_GROUPS);
  const gaps = ['', ...run.gaps.slice(first + 1, first + MOST_GROUPS)];
  let shape = '';
  for (const { length } of digits) shape += `${length},`;
  return { digits, gaps, ends: run.ends.slice(first, first + MOST_GROUPS), shape };
}

function readRun(pieces: Pieces, from: number): Run {
  const groups = new Map([[from, 0]]);
  const digits = [pieces.at(from).text];
  const gaps = [''];
  const ends = [from + 1];
  for (let at = from + 1; ; at += 1) {
    let gap = '';
    for (; gap.length < LONGEST_GAP && isGap(pieces.at(at)); at += 1) gap += pieces.at(at).text.slice(0, 2);
    const next = pieces.at(at);
    if (next.kind !== 'number') return { groups, digits, gaps, ends };
    groups.set(at, digits.length);
    digits.push(next.text);
    gaps.push(gap);
    ends.push(at + 1);
  }
}

/** Pictures between groups part them as dashes do. */
const isGap = ({ kind, text }: Piece): boolean =>
  kind === 'space' ||
  (kind === 'sign' && (GAPS.has(text) || /^[\p{Extended_Pictographic}→►▪■●…]$/u.test(text)));

/** How many groups a shape such as `3,2,2` has when a row begins with it; 0 when it does not. */
export const groupsOfShape = (row: NumberRow, shape: string): number =>
  row.shape.startsWith(`${shape},`) ? shape.split(',').length : 0;

/** How many groups make exactly so many digits; 0 when none do. */
export function groupsOf({ digits }: NumberRow, total: number): number {
  let sum = 0;
  for (const [index, { length }] of digits.entries()) {
    sum += length;
    if (sum === total) return index + 1;
    if (sum > total) return 0;
  }
  return 0;
}

export const joined = ({ digits }: NumberRow, groups: number): string => digits.slice(0, groups).join('');

/** Lengths of the first groups, as `3,2,2`. */
export const shapeOf = ({ digits }: NumberRow, groups: number, from = 0): string =>
  digits
    .slice(from, groups)
    .map(({ length }) => length)
    .join(',');

export const gapsOf = ({ gaps }: NumberRow, groups: number): readonly string[] => gaps.slice(1, groups);

/** True when the number goes on after so many groups, as «11-22-33-44». */
export const goesOn = ({ gaps }: NumberRow, groups: number): boolean => /^[-/.]$/.test(gaps[groups] ?? '');

const UNITS = wordList(
  `руб* р тыс* т млн млрд миллион* коп копе* процент* м км куб* квт* гкал гвт вт шт штук* раз раза лет год
  года году годов гг дн дней дня день час часа часов часам мин минут* сек секунд* метр* литр* л кг тонн*
  человек* чел жител* подпис подписи подписей подписями градус* мм см га соток сотн* квартир* дом дома
  домов семей семьи семьям кубов этаж* числа жильц* собственник* абонентов`,
);

/** Tells whether what stands right after a number says that it counts or measures something. */
export function isMeasured(pieces: Pieces, end: number): boolean {
  const at = pieces.at(end).kind === 'space' ? end + 1 : end;
  const { kind, norm } = pieces.at(at);
  if (kind === 'sign') return norm === '%' || norm === '₽' || norm === '°' || norm === '$' || norm === '€';
  if (kind !== 'word') return false;
  const isShort = pieces.at(at + 1).text === '.' || pieces.at(at + 1).text === ':';
  const next = pieces.at(at + (pieces.at(at + 2).kind === 'space' ? 3 : 2));
  // «45 кв. м» is an area, «40012877 кв. 5» is not; «7 т. 8914…» begins a telephone, «123456 г. Бира» a town.
  if (norm === 'кв') return /^(?:м|км|метр.*)$/u.test((isShort ? next : pieces.at(at + 2)).norm);
  if (norm === 'т' && isShort) return next.kind !== 'number' && next.text !== '+';
  if (norm === 'г') return pieces.at(end - 1).text.length <= 4;
  return UNITS.test(norm);
}
