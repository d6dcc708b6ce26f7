import { alternatives } from '#shared/text/alternatives.ts';
import { workingSpanOn, type CompiledCalendar } from './calendar.ts';
import type { PromisePrecision } from './incident.ts';
import { MS_PER_MINUTE, type Instant } from './instant.ts';
import { joinReadings, type TimePhrase } from './promises/join-readings.ts';
import { plainReply } from './promises/plain-reply.ts';
import { dayOfWriting, type PromiseContext, type NamedTime } from './promises/reading.ts';
import { promiseRules } from './promises/rules.ts';
import { sensesOf, type SentenceSense } from './promises/sentence-sense.ts';
import { instantAtLocal, type DayNumber } from './time-zone.ts';

/** A dated promise found in a reply. `phrase` is as written, at `start` … `end` of the text. */
export type FoundPromise = {
  /** The last moment to keep it: closing time of the day, or the day's last minute when nobody works. */
  readonly due: Instant;
  readonly precision: PromisePrecision;
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
};

/** Promises of one reply, and letters of the words that make one: more a command does not carry. */
export const PROMISE_LIMITS = { count: 20, phrase: 500 } as const;

/** A date of this year that is past so lately is a slip or a fact, unless its verb tells of the future. */
const LATELY_DAYS = 60;

/** The promise found before: its sentence, its moment, and its day where it names one. */
interface LastPromise {
  readonly sense: SentenceSense | null;
  readonly due: Instant;
  readonly day: DayNumber | null;
}

/**
 * Dated promises of a reply, in the order of the text: «до 30 декабря», «к 14:00», «весной», «в течение 3
 * рабочих дней» and their kin. What is past at `at`, told of the past, asked of others, set by a contract or
 * bound to a condition is no promise. Overlapping readings give one promise, of the longest phrase; equal
 * moments in one sentence («завтра, 26 декабря») give one. At most {@link PROMISE_LIMITS} of them.
 */
export function findPromises(text: string, at: Instant, calendar: CompiledCalendar): FoundPromise[] {
  const { plain, startAt, endAt } = plainReply(text);
  const context: PromiseContext = { at, calendar };
  const senseAt = sensesOf(plain);
  const kept: FoundPromise[] = [];
  let last: LastPromise = { sense: null, due: 0, day: null };
  for (const found of joinReadings(plain, readingsIn(plain, context))) {
    if (found.reading === null) continue;
    const sense = senseAt(found.start);
    // «В ночь на 22 августа закроем, к 5 утра откроем»: the hour is of the day its sentence promised before.
    const day: DayNumber | null = found.reading.day ?? (sense.follows(last.sense) ? last.day : null);
    const due: Instant | null = isPromised(found, found.reading, sense)
      ? dueOf({ ...found.reading, day }, context)
      : null;
    const [start, end] = [startAt(found.start), endAt(found.end)];
    if (due === null || due < at || end - start > PROMISE_LIMITS.phrase) continue;
    if (sense === last.sense && due === last.due) continue;
    last = { sense, due, day: found.reading.precision === 'period' ? null : day };
    kept.push({ due, precision: found.reading.precision, phrase: text.slice(start, end), start, end });
    if (kept.length === PROMISE_LIMITS.count) break;
  }
  return kept;
}

/** Tells whether a text names any time, promised or past. */
export function namesTime(text: string, at: Instant, calendar: CompiledCalendar): boolean {
  return readingsIn(plainReply(text).plain, { at, calendar }).some(({ reading }) => reading !== null);
}

function readingsIn(plain: string, context: PromiseContext): TimePhrase[] {
  return promiseRules.flatMap(({ pattern, needs, read }) =>
    [...plain.matchAll(pattern)].map((match) => ({
      start: match.index,
      end: match.index + match[0].trimEnd().length,
      needs,
      reading: read(match.groups ?? {}, context),
    })),
  );
}

/** Words before a date that make it a name («ул. 9 Мая») or that of a paper («от 14 октября»). */
const NAMED = new RegExp(
  `(?:^|[^\\p{L}])(?:${alternatives(`
    ул пр проспект\\p{L}{0,2} проезд\\p{L}{0,2} пер переулк\\p{L}{1,2} пл
    мкр микрорайон\\p{L}{0,2} имени им от ст стать\\p{L}{1,2} п пункт\\p{L}{0,2} лет
  `)})_? ?["«]?\\d$`,
  'u',
);

/** «Улица 8 Марта» is named after a feast; «приедет на улицу 12 февраля» names the day. */
const FEASTS = '[19] мая|8 марта|[47] ноября|23 февраля|[12]2 июня|25 октября';
const FEAST_STREET = new RegExp(`(?:улиц|площад)\\p{L}{1,3} ["«]?(?:${FEASTS}|\\d+[^ ])`, 'u');

function isPromised({ start, end, needs }: TimePhrase, reading: NamedTime, sense: SentenceSense): boolean {
  if (sense.isAside(start) || sense.verdict === 'against') return false;
  if (NAMED.test(sense.upTo(start, 25))) return false;
  if (FEAST_STREET.test(sense.upTo(end - 1, end - start + 15))) return false;
  if (needs === 'no_verb') return sense.verdict === 'free';
  const verb = sense.nearest(start, end);
  if (verb?.isDenied === true || verb?.tense === 'past' || verb?.tense === 'imperative') return false;
  if (isLately(reading)) return false;
  if (verb?.tense === 'future') return true;
  if (sense.verdict === 'usual' || needs === 'future') return false;
  return verb === null || needs === 'nothing';
}

const isLately = ({ daysBack = LATELY_DAYS }: NamedTime): boolean => daysBack < LATELY_DAYS;

/** The moment a promise for a day runs out: closing time, or the end of the day when nobody works. */
export function dueOnDay(day: DayNumber, calendar: CompiledCalendar): Instant {
  return workingSpanOn(calendar, day)?.to ?? endOfDay(day, calendar);
}

function dueOf({ day, minute, instant }: NamedTime, context: PromiseContext): Instant | null {
  const { at, calendar } = context;
  if (instant !== undefined) return instant;
  try {
    if (minute !== undefined) return dueAtMinute(day, minute, context);
    if (day === null) return null;
    const due = dueOnDay(day, calendar);
    // «До конца дня», written after closing time, still means this day.
    return due < at ? endOfDay(day, calendar) : due;
  } catch (error) {
    // «до 30.12.2099»: a date no calendar covers is a slip of the pen, not a control anyone can keep.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** An hour without a day is today's or, when it is past, tomorrow's. */
function dueAtMinute(day: DayNumber | null, minute: number, context: PromiseContext): Instant {
  const { zone } = context.calendar.data;
  const onDay = (one: DayNumber): Instant => instantAtLocal(zone, one, minute * MS_PER_MINUTE);
  if (day !== null) return onDay(day);
  const now = onDay(dayOfWriting(context));
  return now < context.at ? onDay(dayOfWriting(context) + 1) : now;
}

/** The beginning of the last minute of a local day. */
export function endOfDay(day: DayNumber, calendar: CompiledCalendar): Instant {
  return instantAtLocal(calendar.data.zone, day + 1, 0) - MS_PER_MINUTE;
}
