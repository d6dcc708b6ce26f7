import { alternatives } from '#shared/text/alternatives.ts';
import { shinglesOf, similarity } from '#shared/text/shingles.ts';
import { searchTerms, tokenise } from '#shared/text/tokens.ts';
import { findPromises, namesTime } from '../promise.ts';
import { tenseOf } from '../promises/word-tense.ts';
import { replyBody } from '../same-reply.ts';
import { atEach, ofWhole, type CheckedContext, type ReplyWarning } from './reply-warning.ts';

/** Replies that share so much are the same one. */
const SAME = 0.8;
/** Words of a message from which it can be told whether a reply speaks of the same. */
const FEWEST_TERMS = 3;
/** Different words of a reply from which a likeness means something. */
const FEWEST_WORDS = 8;

const VAGUE = new RegExp(
  `(?<!\\p{L})(?:${alternatives(`
    в_ближайшее_время в_самое_ближайшее_время в_кратчайшие_сроки в_кратчайший_срок по_мере_возможности
    в_рабочем_порядке в_ближайшие_дни на_днях
  `).replaceAll('_', ' ')})(?!\\p{L})`,
  'giu',
);
/** Words for whoever does the work. */
const RESPONSIBLE = new RegExp(
  `(?<!\\p{L})(?:${alternatives(`
    администрац управлени департамент министерств комитет отдел подрядчик подрядн бригад специалист управляющ
    компани водоканал оператор мастер служб больниц поликлиник школ дорожник энергетик сотрудник коммунальщик
    перевозчик учрежден предприят фонд инспекц участ мы(?!\\p{L}) ук(?!\\p{L}) мку мбу гбу ооо ао(?!\\p{L})
  `)})`,
  'iu',
);

/** Warns where a reply does not tell what is done, when and by whom. */
export function checkSubstance(reply: string, { at, calendar }: CheckedContext): ReplyWarning[] {
  const words = tokenise(reply).map(({ norm }) => norm);
  const hasWill = words.includes('будет') || words.includes('будут');
  const tenses = new Set(words.map((word) => tenseOf(word, hasWill)));
  const isDated = findPromises(reply, at, calendar).length > 0;
  const undated = atEach('undated_promise', reply, VAGUE);
  const isUndated = !isDated && (tenses.has('future') || undated.length > 0);
  const vague = isUndated ? undated : [];
  return [
    ...(tenses.has('future') || tenses.has('past') || hasWill ? [] : [ofWhole('no_measure')]),
    ...(isUndated && vague.length === 0 ? [ofWhole('undated_promise')] : vague),
    ...(isUndated || isDated || namesTime(reply, at, calendar) ? [] : [ofWhole('no_date')]),
    ...(RESPONSIBLE.test(reply) ? [] : [ofWhole('no_responsible')]),
  ];
}

/** The fingerprint of what a reply says, whomever it greets. */
export const bodyPrint = (text: string): Uint32Array => shinglesOf(replyBody(text));

/** Warns of a reply that answers another message, or was given before. */
export function checkAgainstOthers(
  reply: string,
  { message, earlier, others }: CheckedContext,
): ReplyWarning[] {
  const terms = searchTerms(reply);
  const asked = searchTerms(message);
  const own = new Set(terms);
  const isStrange = asked.length >= FEWEST_TERMS && !asked.some((term) => own.has(term));
  const isSaid = (print: Uint32Array, prints: readonly Uint32Array[]): boolean =>
    terms.length >= FEWEST_WORDS && prints.some((other) => similarity(print, other) >= SAME);
  const isRepeated = isSaid(shinglesOf(reply), earlier.map(shinglesOf));
  return [
    ...(isRepeated ? [ofWhole('repeated')] : []),
    ...(!isRepeated && isSaid(bodyPrint(reply), others) ? [ofWhole('as_others')] : []),
    ...(isStrange ? [ofWhole('off_topic')] : []),
  ];
}
