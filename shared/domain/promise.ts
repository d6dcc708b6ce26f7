import { alternatives } from '#shared/text/alternatives.ts';
import { workingSpanOn, type CompiledCalendar } from './calendar.ts';
import { MS_PER_MINUTE, type Instant } from './instant.ts';
import { promiseRules, type PromiseContext, type PromisedTime } from './promise-rules.ts';
import { instantAtLocal, type DayNumber } from './time-zone.ts';

/** A dated promise found in a reply. `phrase` is as written, at `start` … `end` of the text. */
export type FoundPromise = {
  /** The last moment to keep it: closing time of the day, or the day's last minute when nobody works. */
  readonly due: Instant;
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
};

type Candidate = FoundPromise & { readonly length: number };

const FUTURE = new RegExp(
  String.raw`(?<!\p{L})(?:${alternatives(String.raw`
    будет будут будем верн(?:ем|у|ут) сообщ(?:им|ат|ит) ответ(?:им|ят|ит) да(?:дим|дут)(?!\p{L})
    направ(?:им|ят|ит) выполн(?:им|ят|ит) заверш(?:им|ат|ит) устран(?:им|ят|ит) очист(?:им|ят|ит)
    убер(?:ем|ут|ет) привез(?:ем|ут) (?:от)?ремонтиру(?:ем|ют) провед(?:ем|ут|ет) состоит(?:ся)? запланир
    планиру намечен срок обеща предоставим проинформиру свяж(?:емся|утся|ется) установ(?:им|ят|ит)
    замен(?:им|ят|ит) подготов(?:им|ят|ит) восстанов(?:им|ят|ит) нач(?:нем|нут|нет) постара долж(?:ен|на|ны)
    обеспеч(?:им|ат|ит) сдела(?:ем|ют|ет) рассмотр(?:им|ят|ит) отработа(?:ем|ют) подключ(?:им|ат|ит)
    вывез(?:ем|ут|ет) займ(?:емся|утся)
  `)})`,
  'u',
);
const PAST =
  /(?<!\p{L})(?:был|была|было|были|проведен[ыао]?|выполнен[ыао]?|устранен[ыао]?|завершен[ыао]?)(?!\p{L})/u;
const DEADLINE_WORD = /^(?:до|не\s+поз|в\s+срок|к(?:о)?\s)/u;

/**
 * Dated promises of a reply, in the order of the text: «до 30 декабря», «не позднее 30.12.2025», «завтра»,
 * «до конца недели», «в течение 3 рабочих дней» and their kin. Dates already past at `at`, and dates in
 * sentences that tell of the past, are no promises. Overlapping readings give one promise, of the longest
 * phrase; equal dates in one sentence («завтра, 26 декабря») give one.
 */
export function findPromises(text: string, at: Instant, calendar: CompiledCalendar): FoundPromise[] {
  const lower = text.toLowerCase().replaceAll('ё', 'е');
  const context: PromiseContext = { at, calendar };
  const candidates = promiseRules.flatMap((rule): Candidate[] =>
    [...lower.matchAll(rule.pattern)].flatMap((match): Candidate[] => {
      const sentence = sentenceAround(lower, match.index);
      if (rule.needsPromise && !speaksOfFuture(sentence, match[0])) {
        return [];
      }
      const time = rule.resolve(match, context);
      const due = time === null ? null : dueOf(time, context);
      if (due === null || due < at) {
        return [];
      }
      const phrase = text.slice(match.index, match.index + match[0].length).trimEnd();
      return [{ due, phrase, start: match.index, end: match.index + phrase.length, length: phrase.length }];
    }),
  );
  return withoutRepetitions(withoutOverlaps(candidates), lower);
}

/** The moment a promise for a day runs out: closing time, or the end of the day when nobody works. */
export function dueOnDay(day: DayNumber, calendar: CompiledCalendar): Instant {
  return workingSpanOn(calendar, day)?.to ?? endOfDay(day, calendar);
}

function dueOf(time: PromisedTime, { at, calendar }: PromiseContext): Instant | null {
  if ('instant' in time) {
    return time.instant;
  }
  try {
    const due = dueOnDay(time.day, calendar);
    // «До конца дня», written after closing time, still means this day.
    return due < at ? endOfDay(time.day, calendar) : due;
  } catch (error) {
    // «до 30.12.2099»: a date no calendar covers is a slip of the pen, not a control anyone can keep.
    if (error instanceof RangeError) {
      return null;
    }
    throw error;
  }
}

/** The last minute of a local day. */
function endOfDay(day: DayNumber, calendar: CompiledCalendar): Instant {
  return instantAtLocal(calendar.data.zone, day + 1, 0) - MS_PER_MINUTE;
}

function speaksOfFuture(sentence: string, phrase: string): boolean {
  if (FUTURE.test(sentence)) {
    return true;
  }
  return DEADLINE_WORD.test(phrase) && !PAST.test(sentence);
}

function sentenceAround(text: string, index: number): string {
  const ends = /[!?\n]|\.(?=\s+\p{L})/gu;
  let from = 0;
  for (const match of text.matchAll(ends)) {
    if (match.index >= index) {
      return text.slice(from, match.index);
    }
    from = match.index + 1;
  }
  return text.slice(from);
}

function withoutOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const taken: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.length - a.length || a.start - b.start)) {
    if (taken.every((other) => candidate.end <= other.start || other.end <= candidate.start)) {
      taken.push(candidate);
    }
  }
  return taken.toSorted((a, b) => a.start - b.start);
}

function withoutRepetitions(found: readonly Candidate[], lower: string): FoundPromise[] {
  const kept: FoundPromise[] = [];
  for (const { due, phrase, start, end } of found) {
    const last = kept.at(-1);
    const isSame = last?.due === due && sentenceAround(lower, last.start) === sentenceAround(lower, start);
    if (!isSame) {
      kept.push({ due, phrase, start, end });
    }
  }
  return kept;
}
