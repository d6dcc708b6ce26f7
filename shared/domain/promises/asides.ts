import { alternatives } from '#shared/text/alternatives.ts';
import { tenseOf } from './word-tense.ts';

/** Where a clause that tells of the past begins and ends in its sentence. */
export interface Aside {
  readonly start: number;
  readonly end: number;
}

const CASES = '(?:ий|ый|ая|ее|ое|ие|ые|его|ого|ей|ой|ему|ому|им|ым|их|ых|ую|ими|ыми|ем|ом)(?:ся)?';
/** Beginnings of participles of the past whose date still lies ahead: it is planned. */
const PLANNED = `(?!${alternatives(`
  (?:за)?планир намечен назначен перенес отложен предусмотрен заказан рассчитан включен внесен ожида
`)})`;
const PARTICIPLE = `${PLANNED}\\p{L}{2,24}(?:вш|нн|[аеоуы]т)${CASES}`;
const RELATIVE = '(?:(?:\\p{L}{1,3}|из-за) )?котор\\p{L}{1,3}|как';
/** «…, начатую по договору от 3 марта, …», «…, о которых вы писали 1 октября, …». */
const CLAUSE = new RegExp(
  `, (?:(?:${RELATIVE})(?!\\p{L})|${PARTICIPLE}(?!\\p{L}))[^,;()]{0,200}(?=,|[.!?;]?$)`,
  'gu',
);
const WORD = /\p{L}+/gu;
const BEGINS_WITH_PARTICIPLE = new RegExp(`^, ${PARTICIPLE}(?!\\p{L})`, 'u');

/**
 * Finds the participial and relative clauses of a sentence of plain text that tell of the past alone: what
 * they name is no promise and says nothing of the promise around them.
 */
export function asidesOf(sentence: string): Aside[] {
  return [...sentence.matchAll(CLAUSE)].flatMap(({ 0: clause, index }) =>
    isPast(clause) ? [{ start: index, end: index + clause.length }] : [],
  );
}

function isPast(clause: string): boolean {
  const hasWill = /(?<!\p{L})буд[еу]т(?!\p{L})/u.test(clause);
  const tenses = new Set(Array.from(clause.matchAll(WORD), ([word]) => tenseOf(word, hasWill)));
  return !hasWill && !tenses.has('future') && (tenses.has('past') || BEGINS_WITH_PARTICIPLE.test(clause));
}

/** Gives a sentence without its asides. */
export function withoutAsides(sentence: string, asides: readonly Aside[]): string {
  let [text, from] = ['', 0];
  for (const { start, end } of asides) {
    text += sentence.slice(from, start);
    from = end;
  }
  return text + sentence.slice(from);
}
