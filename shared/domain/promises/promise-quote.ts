import type { Incident, PromiseControl, Reply } from '../incident.ts';
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

type Named = Pick<PromiseControl, 'id'>;

/** The published reply that made a promise: controls are numbered in the order of publication. */
const makerOf = ({ replies }: Pick<Incident, 'replies'>, { id }: Named): Reply | undefined =>
  replies.flatMap((reply) => (reply.publishedAt === null ? [] : reply.promises.map(() => reply)))[id];

/** The agency whose reply made a promise; '' for the centre's own reply. */
export const madeBy = (incident: Pick<Incident, 'replies'>, promise: Named): string =>
  makerOf(incident, promise)?.agency ?? '';

/**
 * Gives the sentence of the published reply that makes a promise, as it was written; the promise's own words
 * where the reply was changed since they were found in it.
 */
export function promiseQuote(
  incident: Pick<Incident, 'replies'>,
  promise: Named & Pick<PromiseControl, 'phrase'>,
): string {
  return sentenceAround(makerOf(incident, promise)?.text ?? '', promise.phrase);
}

function sentenceAround(text: string, phrase: string): string {
  const found = text.indexOf(phrase);
  if (found === -1 || phrase === '') return phrase;
  const from = Math.max(0, found - REACH);
  const to = Math.min(text.length, found + phrase.length + REACH);
  const { plain, startAt, endAt } = plainReply(text.slice(from, to));
  const sentences = sentencesOf(plain);
  const placeOf = (at: number): number => firstFrom(plain.length, (place) => endAt(place + 1) > at - from);
  const first = sentences.start(sentences.at(placeOf(found)));
  const last = sentences.at(placeOf(found + phrase.length - 1));
  const end = sentences.start(last) + sentences.text(last).length;
  const quote = text.slice(from + startAt(first), from + endAt(end)).trim();
  const before = first === 0 && from > 0 ? '…' : '';
  return `${before}${quote}${end === plain.length && to < text.length ? '…' : ''}`;
}
