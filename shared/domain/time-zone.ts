import { must } from './must.ts';
import { MS_PER_DAY, MS_PER_MINUTE, type Instant } from './instant.ts';

/** An IANA zone name, for example `Asia/Vladivostok`. Its history is the runtime's own (Intl). */
export type ZoneName = string;

/** A local calendar date as `YYYY-MM-DD`. */
export type LocalDate = string;

/** Days since 1970-01-01 on the local calendar; one number a date, no time of day in it. */
export type DayNumber = number;

/** A moment as people in the zone read it. `weekday` is 1 for Monday … 7 for Sunday. */
export type LocalTime = {
  readonly day: DayNumber;
  readonly date: LocalDate;
  readonly weekday: number;
  readonly msOfDay: number;
};

/** Offsets are exact between these moments; outside, the nearest known offset is used. */
const KNOWN_FROM: Instant = Date.UTC(2000, 0, 1);
const KNOWN_TO: Instant = Date.UTC(2045, 0, 1);

/** Shorter than any pair of clock changes on record (the shortest, around Ramadan, is about four weeks). */
const SAMPLE_MS = 14 * MS_PER_DAY;

type Transitions = {
  /** `from[i]` is the first moment at which `offsetMs[i]` holds; `from[0]` is -Infinity. */
  readonly from: readonly Instant[];
  readonly offsetMs: readonly number[];
};

const transitionsByZone = new Map<ZoneName, Transitions>();

function offsetReader(zone: ZoneName): (at: Instant) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const wholeSecond = Math.floor(at / 1000) * 1000;
    const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
    for (const { type, value } of format.formatToParts(wholeSecond)) {
      parts[type] = Number(value);
    }
    const get = (type: Intl.DateTimeFormatPartTypes): number =>
      must(parts[type], `${type} in a formatted date`);
    const local = Date.UTC(
      get('year'),
      get('month') - 1,
      get('day'),
      get('hour'),
      get('minute'),
      get('second'),
    );
    return local - wholeSecond;
  };
}

function readTransitions(zone: ZoneName): Transitions {
  const offsetAt = offsetReader(zone);
  const from = [Number.NEGATIVE_INFINITY];
  let current = offsetAt(KNOWN_FROM);
  const offsetMs = [current];
  for (let low = KNOWN_FROM; low < KNOWN_TO; low += SAMPLE_MS) {
    const next = offsetAt(low + SAMPLE_MS);
    if (next === current) {
      continue;
    }
    let before = low;
    let after = low + SAMPLE_MS;
    while (after - before > 1000) {
      const middle = before + Math.floor((after - before) / 2000) * 1000;
      if (offsetAt(middle) === current) {
        before = middle;
      } else {
        after = middle;
      }
    }
    from.push(after);
    offsetMs.push(next);
    current = next;
  }
  return { from, offsetMs };
}

function transitionsOf(zone: ZoneName): Transitions {
  let known = transitionsByZone.get(zone);
  if (known === undefined) {
    known = readTransitions(zone);
    transitionsByZone.set(zone, known);
  }
  return known;
}

/**
 * Tells whether the runtime knows the zone. For schemas: everything else here throws RangeError on an unknown
 * zone.
 */
export function isKnownZone(zone: ZoneName): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Milliseconds to add to UTC to get local time at that moment (east is positive). */
export function zoneOffsetMs(zone: ZoneName, at: Instant): number {
  const { from, offsetMs } = transitionsOf(zone);
  let low = 0;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (must(from[middle], 'transition') <= at) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return must(offsetMs[low], 'offset of a transition');
}

/** The local day number at a moment; the cheap part of {@link localTimeAt}. */
export function localDayAt(zone: ZoneName, at: Instant): DayNumber {
  return Math.floor((at + zoneOffsetMs(zone, at)) / MS_PER_DAY);
}

/** The local date and time of day at a moment. */
export function localTimeAt(zone: ZoneName, at: Instant): LocalTime {
  const local = at + zoneOffsetMs(zone, at);
  const day = Math.floor(local / MS_PER_DAY);
  return { day, date: dateOfDay(day), weekday: weekdayOf(day), msOfDay: local - day * MS_PER_DAY };
}

/**
 * The moment at which the zone's clocks show `msOfDay` on `day`.
 * A time that happens twice (clocks put back) means the first; one that is skipped means as much later.
 */
export function instantAtLocal(zone: ZoneName, day: DayNumber, msOfDay: number): Instant {
  const local = day * MS_PER_DAY + msOfDay;
  const before = zoneOffsetMs(zone, local - MS_PER_DAY);
  const after = zoneOffsetMs(zone, local + MS_PER_DAY);
  if (before === after || zoneOffsetMs(zone, local - before) === before) {
    return local - before;
  }
  return zoneOffsetMs(zone, local - after) === after ? local - after : local - before;
}

/** 1 for Monday … 7 for Sunday. Day 0 was a Thursday. */
export function weekdayOf(day: DayNumber): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** 0001-01-01 and 9999-12-31: what four digits of a year can say. */
const DATED = { first: -719_162, last: 2_932_896 } as const;

/** `YYYY-MM-DD` of a day number; the nearest date that can be written for one beyond those. */
export function dateOfDay(day: DayNumber): LocalDate {
  const dated = Math.min(Math.max(day, DATED.first), DATED.last);
  return new Date(dated * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The day number of `YYYY-MM-DD`, or `null` when there is no such date (2025-02-30, 25-1-1). */
export function dayOfDate(date: LocalDate): DayNumber | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (match === null) {
    return null;
  }
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const day = ms / MS_PER_DAY;
  return dateOfDay(day) === date ? day : null;
}

/** `YYYY-MM-DD HH:MM:SS` in the zone: the registry's own way to write a moment (columns F, R, S, …). */
export function formatLocalTimestamp(zone: ZoneName, at: Instant): string {
  const local = at + zoneOffsetMs(zone, at);
  return new Date(local).toISOString().slice(0, 19).replace('T', ' ');
}

/** Reads `YYYY-MM-DD HH:MM[:SS]` (or with `T`) as local time of the zone; `null` when it is not one. */
export function parseLocalTimestamp(zone: ZoneName, text: string): Instant | null {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim());
  const day = match === null ? null : dayOfDate(match[1] ?? '');
  if (match === null || day === null) {
    return null;
  }
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? '0')];
  if (hours > 23 || minutes > 59 || seconds > 59) {
    return null;
  }
  return instantAtLocal(zone, day, (hours * 60 + minutes) * MS_PER_MINUTE + seconds * 1000);
}
