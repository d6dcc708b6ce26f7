import type { Incident, PromiseControl } from '../incident.ts';
import { plainReply } from './plain-reply.ts';
import { firstFrom, sentencesOf } from './sentences.ts';

/** So many letters around a promise's words are looked through for its sentence, and quoted at most. */
const REACH = 160;

/** The open promise of an incident that falls due first; null where none is open. */
export function nearestPromise({ promises }: Incident): PromiseControl | null {
  let nearest: PromiseControl | null = null;
  for (const promise of promises)
    if (promise.state === 'open' && promise.due < (nearest?.due ?? Infinity)) nearest = promise;
  return nearest;
}

/**
 * Gives the sentence of the published reply that makes a promise, as it was written; the promise's own words
 * where the reply was changed since they were found in it.
 */
export function promiseQuote(
  { replies }: Pick<Incident, 'replies'>,
  { id, phrase }: Pick<PromiseControl, 'id' | 'phrase'>,
): string {
  const made = replies.flatMap((reply) =>
    reply.publishedAt === null ? [] : reply.promises.map(() => reply.text),
  );
  return sentenceAround(made[id] ?? '', phrase);
}

function sentenceAround(text: string, phrase: string): string {
  const found = text.indexOf(phrase);
  if (found === -1 || phrase === '') return phrase;
  const [from, to] = [Math.max(0, found - REACH), Math.min(text.length, found + phrase.length + REACH)];
  const { plain, startAt, endAt } = plainReply(text.slice(from, to));
  const sentences = sentencesOf(plain);
  const placeOf = (at: number): number => firstFrom(plain.length, (place) => endAt(place + 1) > at - from);
  const first = sentences.start(sentences.at(placeOf(found)));
  const last = sentences.at(placeOf(found + phrase.length - 1));
  const end = sentences.start(last) + sentences.text(last).length;
  const quote = text.slice(from + startAt(first), from + endAt(end)).trim();
  return `${first === 0 && from > 0 ? '…' : ''}${quote}${end === plain.length && to < text.length ? '…' : ''}`;
}
