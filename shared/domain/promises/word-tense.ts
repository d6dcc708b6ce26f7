import { alternatives } from '#shared/text/alternatives.ts';
import {
  FUTURE_WORDS,
  NO_PARTICIPLES,
  NO_VERBS,
  PARTICIPLE_ENDINGS,
  PAST_LIKE_NOUNS,
  PERFECTIVE_VERBS,
  PREFIXES,
  PRESENT_ENDINGS,
} from './tense-words.ts';

/** The time a verb speaks of. */
export type Tense = 'future' | 'past' | 'present' | 'imperative';

const PERFECTIVE = new RegExp(`^(?:${alternatives(PERFECTIVE_VERBS)})`, 'u');
const PREFIXED = new RegExp(`^(?:${alternatives(PREFIXES)})`, 'u');
const PRESENT = new RegExp(
  `^(?:ве[дз]|нес|ид|ед|ищ|учат)\\p{L}{2,3}|(?:${alternatives(PRESENT_ENDINGS)})(?:ся)?$`,
  'u',
);
const PARTICIPLE = new RegExp(`(?:${alternatives(PARTICIPLE_ENDINGS)})[аоы]?$`, 'u');
const NOUN = new RegExp(
  `^(?:\\p{L}{2,12}(?:ител|ател|ятел)|${alternatives(PAST_LIKE_NOUNS)})(?:а|о|и)?$`,
  'u',
);
const PAST =
  /[аеиоуыяю]л[аои]?(?:с[ья])?$|[^аеиоуыэюя]л[аои]с[ья]$|(?:ш[её]?л|в[её]з|н[её]с|мог)(?:ла|ло|ли)?$/u;
const SHORT_PAST: ReadonlySet<string> = new Set(['шел', 'шла', 'шло', 'шли', 'вел', 'вез', 'нес']);
const IMPERATIVE = /(?:[аеиоуыэюя]йте|ите|ьте)(?:сь)?$/u;
const FINITE = /(?:[иею]м|[иеуюая]т)(?:ся|сь)?$/u;
const THIRD_PERSON = /[аяуюеи]т(?:ся)?$/u;

/**
 * Tells the tense of a word from its looks, small letters, «е» for «ё»; null of a word that is no verb.
 * `hasWill` says that «будет» or «будут» stands in the sentence: participles tell of the future then.
 */
export function tenseOf(word: string, hasWill: boolean): Tense | null {
  if (word.length < 3 || NO_VERBS.has(word)) return null;
  if (FUTURE_WORDS.has(word)) return 'future';
  if (PARTICIPLE.test(word) && !NO_PARTICIPLES.has(word.slice(word.lastIndexOf('-') + 1)))
    return hasWill ? null : 'past';
  if (PERFECTIVE.test(word)) {
    if (PAST.test(word)) return 'past';
    return IMPERATIVE.test(word) ? 'imperative' : 'future';
  }
  if (SHORT_PAST.has(word)) return 'past';
  if (word.length < 4) return null;
  if (PAST.test(word) && !NOUN.test(word)) return 'past';
  if (IMPERATIVE.test(word)) return 'imperative';
  if (word.length < 5 || !FINITE.test(word)) return null;
  if (PREFIXED.test(word) && !PRESENT.test(word)) return 'future';
  return THIRD_PERSON.test(word) ? 'present' : null;
}
