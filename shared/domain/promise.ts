import { alternatives } from '#shared/text/alternatives.ts';
import { workingSpanOn, type CompiledCalendar } from './calendar.ts';
import { MS_PER_MINUTE, type Instant } from './instant.ts';
import { promiseRules, type PromiseContext, type PromisedTime } from './promise-rules.ts';
import { sentencesOf, type Sentences } from './sentences.ts';
import { instantAtLocal, type DayNumber } from './time-zone.ts';

/** A dated promise found in a reply. `phrase` is as written, at `start` … `end` of the text. */
export type FoundPromise = {
  /** The last moment to keep it: closing time of the day, or the day's last minute when nobody works. */
  readonly due: Instant;
  readonly phrase: string;
  readonly start: number;
  readonly end: number;
};

/** Promises of one reply, and letters of the words that make one: more a command does not carry. */
export const PROMISE_LIMITS = { count: 20, phrase: 500 } as const;

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
 * phrase; equal dates in one sentence («завтра, 26 декабря») give one. At most {@link PROMISE_LIMITS} of
 * them.
 */
export function findPromises(text: string, at: Instant, calendar: CompiledCalendar): FoundPromise[] {
  const lower = lowerCase(text);
  const context: PromiseContext = { at, calendar };
  const sentences = sentencesOf(lower);
  const speaks = futureTest(sentences);
  const candidates = promiseRules.flatMap((rule): Candidate[] =>
    [...lower.matchAll(rule.pattern)].flatMap((match): Candidate[] => {
      if (rule.needsPromise && !speaks(sentences.at(match.index), match[0])) {
        return [];
      }
      const time = rule.resolve(match, context);
      const due = time === null ? null : dueOf(time, context);
      const phrase = text.slice(match.index, match.index + match[0].length).trimEnd();
      if (due === null || due < at || phrase.length > PROMISE_LIMITS.phrase) {
        return [];
      }
      return [{ due, phrase, start: match.index, end: match.index + phrase.length, length: phrase.length }];
    }),
  );
  return withoutRepetitions(withoutOverlaps(candidates), sentences).slice(0, PROMISE_LIMITS.count);
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

/** Lower case, «е» for «ё». */
const lowerCase = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/**
 * Tells whether the sentence around a phrase speaks of the future. Each sentence is read once, however many
 * dates stand in it.
 */
function futureTest(sentences: Sentences): (sentence: number, phrase: string) => boolean {
  const tenses = new Map<number, { readonly isFuture: boolean; readonly isPast: boolean }>();
  return (sentence, phrase) => {
    let tense = tenses.get(sentence);
    if (tense === undefined) {
      const text = sentences.text(sentence);
      tense = { isFuture: FUTURE.test(text), isPast: PAST.test(text) };
      tenses.set(sentence, tense);
    }
    return tense.isFuture || (DEADLINE_WORD.test(phrase) && !tense.isPast);
  };
}

/** The longest readings that do not overlap; of equal ones the earlier. */
function withoutOverlaps(candidates: readonly Candidate[]): Candidate[] {
  const isTaken = new Set<number>();
  const taken: Candidate[] = [];
  for (const candidate of candidates.toSorted((a, b) => b.length - a.length || a.start - b.start)) {
    // No longer one can lie within a shorter, so an overlap always covers one of the two ends.
    if (isTaken.has(candidate.start) || isTaken.has(candidate.end - 1)) continue;
    for (let at = candidate.start; at < candidate.end; at += 1) isTaken.add(at);
    taken.push(candidate);
  }
  return taken.toSorted((a, b) => a.start - b.start);
}

function withoutRepetitions(found: readonly Candidate[], sentences: Sentences): FoundPromise[] {
  const kept: FoundPromise[] = [];
  for (const { due, phrase, start, end } of found) {
    const last = kept.at(-1);
    const isSame = last?.due === due && sentences.at(last.start) === sentences.at(start);
    if (!isSame) {
      kept.push({ due, phrase, start, end });
    }
  }
  return kept;
}
