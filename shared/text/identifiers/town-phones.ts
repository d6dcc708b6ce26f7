import { phoneOf, type PhoneEnd } from './full-phones.ts';
import type { Near } from './near.ts';
import { gapsOf, goesOn, groupsOf, groupsOfShape, joined, shapeOf, type NumberRow } from './numbers.ts';

/** Dates are written with dashes too: «12-03-21», «от 5-03-22». */
const isDay = ([day = '', month = '', year = '']: readonly string[], isDated: boolean): boolean =>
  (isDated || day.length === 2) &&
  Number(day) <= 31 &&
  Number(month) <= 12 &&
  Number(month) > 0 &&
  Number(year) <= 35 &&
  day.length < 3;

/** These have their numbers after them: «квартиры 1-20-40», «каб. 12-14-16». */
const LISTED =
  /^(?:дом|кв|каб|аудит|маршр|автоб|корп|столб|опор|(?:школ|сад|этаж|подъезд|участк)(?:ы|и|ах)$)/u;

/** «Дома 2 12 14»: houses rise, and not far. */
function isRising({ digits }: NumberRow): boolean {
  const [first = 0, second = 0, third = 0] = digits.map(Number);
  return second > first && third > second && third - second <= LONGEST_STEP * 2;
}

const LONGEST_STEP = 6;

/** «Дома 12-14-16»: three numbers of two digits that go up by little are houses or flats. */
function isStairs({ digits }: NumberRow): boolean {
  const [first = 0, second = 0, third = 0] = digits.map(Number);
  const steps = [second - first, third - second];
  return first > 9 && steps.every((step) => step > 0 && step <= LONGEST_STEP);
}

/** «Охрана 356-604»: six digits in halves, which no range of prices has. */
function inHalves(row: NumberRow, near: Near): PhoneEnd | null {
  const [first = '', second = ''] = row.digits;
  const isRound = /[05]$/.test(first) && /[05]$/.test(second);
  // «Советская 105-107»
  const isNear = Math.abs(Number(second) - Number(first)) <= LONGEST_STEP * 3;
  const isFree = near.cue === null && !near.isInside && !near.isDated && !goesOn(row, 2);
  const isPair = shapeOf(row, 2) === '3,3' && row.gaps[1] === '-';
  return isPair && isFree && !isRound && !isNear ? phoneOf(row, 2) : null;
}

/** «5-12-34», «22-15-20», «123-45-67», «40-0-05», «2 24 02». */
function inThree(row: NumberRow, near: Near): PhoneEnd | null {
  const [first = ''] = row.digits;
  const rest = shapeOf(row, 3, 1);
  const isVillage = rest === '1,2' && first.length === 2;
  if (first.length > 3 || (rest !== '2,2' && !isVillage) || goesOn(row, 3) || near.isInside) return null;
  const gaps = gapsOf(row, 3);
  const isSpaced = first.length === 1 && gaps.every((gap) => gap === ' ') && row.digits.length === 3;
  const isDashed = gaps.every((gap) => /^ ?- ?$/.test(gap)) && isEven(gaps);
  if (!isDashed && !(isSpaced && near.cue === null && !isRising(row))) return null;
  return near.isPhone || !isOther(row, near, isVillage) ? phoneOf(row, 3) : null;
}

/** Houses, flats, days and sizes are written as telephones are. */
function isOther(row: NumberRow, near: Near, isVillage: boolean): boolean {
  // «Дома 2-15-20» is a telephone at home, «дома 10-12-14» are houses.
  const isAtHome = /^(?:дома?|домашн.*)$/u.test(near.word) && row.digits[0]?.length !== 2;
  const isListed = near.isStandard || (near.words === 0 && LISTED.test(near.word) && !isAtHome);
  // «Больница: 22-3-12»: days are seldom written so.
  return isListed || isStairs(row) || (isDay(row.digits, near.isDated) && (!isVillage || near.isDated));
}

/** A telephone of a town or a village that needs no word before it. */
export const inTown = (row: NumberRow, near: Near): PhoneEnd | null =>
  inThree(row, near) ?? inHalves(row, near);

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
export function afterCue(row: NumberRow, near: Near): PhoneEnd | null {
  if (!near.isPhone || near.isInside) return null;
  // «9 12 33 44 55 6»: a mobile number in groups of its writer's own.
  const whole = row.digits[0]?.startsWith('9') === true ? groupsOf(row, 10) : 0;
  if (whole > 2 && whole === row.digits.length) return phoneOf(row, whole);
  for (const shape of AFTER_CUE) {
    const groups = groupsOfShape(row, shape);
    if (groups === 0 || !isEven(gapsOf(row, groups)) || goesOn(row, groups)) continue;
    const isDate =
      row.gaps[1] === '.' && Number(row.digits[1]) <= 12 && (near.words > 0 || near.cue === 'call');
    const isPriced = near.isPriced && groups === 1;
    return isDate || isPriced || isLikeMoney(row, groups, near) ? null : phoneOf(row, groups);
  }
  for (const total of [11, 10, 12, 7, 6]) {
    const groups = groupsOf(row, total);
    const isWhole = groups > 0 && !goesOn(row, groups) && (groups <= 2 || total >= 10);
    if (isWhole && gapsOf(row, groups).every((gap) => !gap.startsWith('.'))) return phoneOf(row, groups);
  }
  return null;
}
