import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import type { FactRow } from './facts.ts';
import { within, type Period } from './period.ts';
import { isFinished, isTaken } from './steps.ts';

/** How long after its closing a question that comes again counts as a repeat. */
export const REPEAT_DAYS = 90;
const SOON = REPEAT_DAYS * MS_PER_DAY;

/** What a repeat is told by. */
export type RepeatFacts = Pick<
  FactRow,
  'id' | 'createdAt' | 'closedAt' | 'step' | 'group' | 'topic' | 'authorKey' | 'placeKey'
>;

/** What makes two messages the same question. `topic` is whatever tells topics apart, null for a message without one. */
export interface Question<T> {
  readonly topic: T | null;
  /** 0 = says nothing: where the author is hidden (observers) only the address speaks. */
  readonly authorKey: number;
  readonly placeKey: number;
}

/** The closings of one topic, by author and by address. */
interface Closings {
  readonly byAuthor: Map<number, Instant[]>;
  readonly byPlace: Map<number, Instant[]>;
}

/**
 * Messages that repeat a question already closed: same topic, and the same author or the same address, within
 * {@link REPEAT_DAYS} days after the closing. First all messages are asked about, then all closings told; closings of questions
 * that nobody asks about are forgotten at once.
 */
export class RepeatFinder<T, Id> {
  readonly #asked: { readonly id: Id; readonly at: Instant; readonly lists: readonly Instant[][] }[] = [];
  readonly #topics = new Map<T, Closings>();

  ask(id: Id, { topic, authorKey, placeKey }: Question<T>, at: Instant): void {
    if (topic === null) return;
    const { byAuthor, byPlace } = this.#closingsOf(topic);
    const lists: Instant[][] = [];
    if (authorKey !== 0) lists.push(listOf(byAuthor, authorKey));
    if (placeKey !== 0) lists.push(listOf(byPlace, placeKey));
    if (lists.length > 0) this.#asked.push({ id, at, lists });
  }

  close({ topic, authorKey, placeKey }: Question<T>, at: Instant): void {
    const closings = topic === null ? undefined : this.#topics.get(topic);
    closings?.byAuthor.get(authorKey)?.push(at);
    closings?.byPlace.get(placeKey)?.push(at);
  }

  repeats(): readonly Id[] {
    for (const { byAuthor, byPlace } of this.#topics.values())
      for (const lists of [byAuthor, byPlace]) for (const list of lists.values()) list.sort((a, b) => a - b);
    return this.#asked
      .filter(({ at, lists }) => lists.some((closings) => isSoonAfter(closings, at)))
      .map(({ id }) => id);
  }

  #closingsOf(topic: T): Closings {
    let closings = this.#topics.get(topic);
    if (closings === undefined)
      this.#topics.set(topic, (closings = { byAuthor: new Map(), byPlace: new Map() }));
    return closings;
  }
}

function listOf(lists: Map<number, Instant[]>, key: number): Instant[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}

/** Whether the last closing before `at` is soon enough before it. */
function isSoonAfter(closings: readonly Instant[], at: Instant): boolean {
  let [low, high] = [0, closings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((closings[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const last = closings[low - 1];
  return last !== undefined && at - last <= SOON;
}

/** Whose closings a period's repeats may follow. */
export const closingsBefore = ({ start, end }: Period): Pick<Period, 'start' | 'end'> => ({
  start: start - SOON,
  end,
});

/** Ids of the messages received in the period and taken to work that repeat a question; the plain way to {@link RepeatFinder}. */
export function repeatsAmong(facts: readonly RepeatFacts[], period: Period): ReadonlySet<string> {
  const finder = new RepeatFinder<string, string>();
  for (const one of facts)
    if (within(one.createdAt, period) && isTaken(one)) finder.ask(one.id, questionOf(one), one.createdAt);
  for (const one of facts)
    if (isFinished(one) && one.closedAt !== null) finder.close(questionOf(one), one.closedAt);
  return new Set(finder.repeats());
}

/** A topic is named within its group. */
const questionOf = ({ group, topic, authorKey, placeKey }: RepeatFacts): Question<string> => ({
  topic: topic === '' ? null : `${group}\u203A${topic}`,
  authorKey,
  placeKey,
});
