import { weekdayOf } from '../time-zone.ts';
import type { PromiseRule, NamedTime } from './reading.ts';

/** A phrase of the plain text that names a time; `reading` is null where the words name none we take. */
export interface TimePhrase {
  readonly start: number;
  readonly end: number;
  readonly needs: PromiseRule['needs'];
  readonly reading: NamedTime | null;
}

/** Signs and words between two phrases that name one time: «завтра, 19 декабря, к 14:00». */
const BETWEEN = /^(?:[ ,(-]|в|около|ориентировочно|примерно|или|до|поздно|рано|уже|же|еще|прямо){1,6}$/u;

const SINCE = /^со? /;
const UNTIL = /^(?:до|по) /;

/** Parts phrases that overlap, the longest first, and joins those that name one time together. */
export function joinReadings(plain: string, found: readonly TimePhrase[]): TimePhrase[] {
  const joined: TimePhrase[] = [];
  for (const next of withoutOverlaps(found)) {
    const last = joined.at(-1);
    const one = last === undefined ? null : joinTwo(plain, last, next);
    if (one === null) joined.push(next);
    else joined.splice(-1, 1, one);
  }
  return joined;
}

function joinTwo(plain: string, one: TimePhrase, two: TimePhrase): TimePhrase | null {
  const isNear = two.start - one.end <= 18 && BETWEEN.test(plain.slice(one.end, two.start));
  if (!isNear || one.reading === null || two.reading === null) return null;
  const isEither =
    plain.slice(one.end, two.start) === ' или ' && (two.reading.day ?? 0) > (one.reading.day ?? Infinity);
  // «С сегодняшнего дня до 1 октября»: the last day is what is promised.
  const isRange = SINCE.test(plain.slice(one.start)) && UNTIL.test(plain.slice(two.start));
  const reading = isEither || isRange ? two.reading : together(one.reading, two.reading);
  if (reading === null) return null;
  const needs = one.reading.minute === undefined ? one.needs : two.needs;
  return { start: one.start, end: two.end, needs, reading };
}

/** One time of two that stand side by side: a day with its hour, a weekday with its week or its date. */
function together(one: NamedTime, two: NamedTime): NamedTime | null {
  if (one.instant !== undefined || two.instant !== undefined) return momentAndDay(one, two);
  if (one.day === null || two.day === null) {
    const [hour, day] = one.day === null ? [one, two] : [two, one];
    if (day.day === null || day.precision === 'period') return null;
    // «Завтра утром, с девяти до одиннадцати».
    if (day.minute !== undefined && (day.isPartOfDay !== true || hour.isPartOfDay === true)) return null;
    return { ...day, precision: 'hour', minute: hour.minute, isPartOfDay: hour.isPartOfDay };
  }
  if (one.minute !== undefined && two.minute !== undefined) return null;
  // «Завтра, 19 декабря», «сегодня до конца дня».
  if (one.isWeekday === true && weekdayOf(one.day) === weekdayOf(two.day))
    return one.minute === undefined ? two : { ...two, precision: 'hour', minute: one.minute };
  if (two.isWeekday === true && weekdayOf(one.day) === weekdayOf(two.day)) return one;
  if (one.day === two.day) return one.precision === 'period' ? two : one;
  const [week, day] = one.monday === undefined ? [two, one] : [one, two];
  if (week.monday !== undefined && day.day !== null && day.monday === undefined && day.precision === 'day')
    return { ...day, day: week.monday + weekdayOf(day.day) - 1 };
  // «В осенний период, ориентировочно в октябре»: the second says it more exactly.
  if (one.precision === 'period' && two.precision === 'period')
    return two.day < one.day && two.day >= (one.from ?? -Infinity) ? two : null;
  // «В следующем полугодии, до 12 января»: the day is what is promised.
  if (one.precision === two.precision) return null;
  return one.precision === 'day' ? one : two;
}

/** Reads a length of time beside today as a moment («сегодня за два часа»); any other day is the promise. */
function momentAndDay(one: NamedTime, two: NamedTime): NamedTime | null {
  const [moment, day] = one.instant === undefined ? [two, one] : [one, two];
  if (day.instant !== undefined || day.minute !== undefined) return null;
  return moment.day === day.day ? moment : day;
}

/** The longest phrases that do not overlap; of equal ones the earlier. */
function withoutOverlaps(found: readonly TimePhrase[]): TimePhrase[] {
  const isTaken = new Set<number>();
  const taken: TimePhrase[] = [];
  const isNothing = ({ reading }: TimePhrase): number => (reading === null ? 1 : 0);
  const longestFirst = found.toSorted(
    (a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start || isNothing(a) - isNothing(b),
  );
  for (const phrase of longestFirst) {
    // No longer one can lie within a shorter, so an overlap always covers one of the two ends.
    if (isTaken.has(phrase.start) || isTaken.has(phrase.end - 1)) continue;
    for (let at = phrase.start; at < phrase.end; at += 1) isTaken.add(at);
    taken.push(phrase);
  }
  return taken.toSorted((a, b) => a.start - b.start);
}
