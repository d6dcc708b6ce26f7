import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { isLastingAt, type EndingFacts, type OutOfWork } from './endings.ts';
import type { FactRow } from './facts.ts';
import type { Period } from './period.ts';

/** How long after its closing a question that comes again counts as a repeat. */
export const REPEAT_DAYS = 90;
const SOON = REPEAT_DAYS * MS_PER_DAY;

/** The facts a repeat is told by. */
export type RepeatFacts = Pick<
  FactRow,
  'id' | 'createdAt' | 'group' | 'topic' | 'authorKey' | 'placeKey' | keyof EndingFacts
>;

/**
 * The features two messages share when they ask the same question. `topic` is whatever tells topics apart,
 * null for a message without one.
 */
export interface Question<T> {
  readonly topic: T | null;
  /** 0 = says nothing: where the author is hidden (observers) only the address speaks. */
  readonly authorKey: number;
  readonly placeKey: number;
}

/** The closings of one topic, by author and by address. */
interface Closings {
  readonly byAuthor: Map<number, OutOfWork[]>;
  readonly byPlace: Map<number, OutOfWork[]>;
}

/**
 * Messages that repeat a question already closed: same topic, and the same author or the same address, within
 * {@link REPEAT_DAYS} days after the closing, while the incident was still closed. What became of it after
 * the message came changes nothing: a month that is over keeps its repeats. First all messages are asked
 * about, then all closings told; closings of questions that nobody asks about are forgotten at once.
 */
export class RepeatFinder<T, M> {
  readonly #messages: {
    readonly message: M;
    readonly at: Instant;
    readonly lists: readonly OutOfWork[][];
  }[] = [];
  readonly #topics = new Map<T, Closings>();

  ask(message: M, { topic, authorKey, placeKey }: Question<T>, at: Instant): void {
    if (topic === null) return;
    const { byAuthor, byPlace } = this.#closingsOf(topic);
    const lists: OutOfWork[][] = [];
    if (authorKey !== 0) lists.push(listOf(byAuthor, authorKey));
    if (placeKey !== 0) lists.push(listOf(byPlace, placeKey));
    if (lists.length > 0) this.#messages.push({ message, at, lists });
  }

  close({ topic, authorKey, placeKey }: Question<T>, closing: OutOfWork): void {
    const closings = topic === null ? undefined : this.#topics.get(topic);
    closings?.byAuthor.get(authorKey)?.push(closing);
    closings?.byPlace.get(placeKey)?.push(closing);
  }

  repeats(): readonly M[] {
    return this.#messages
      .filter(({ at, lists }) => lists.some((closings) => isSoonAfter(closings, at)))
      .map(({ message }) => message);
  }

  #closingsOf(topic: T): Closings {
    let closings = this.#topics.get(topic);
    if (closings === undefined)
      this.#topics.set(topic, (closings = { byAuthor: new Map(), byPlace: new Map() }));
    return closings;
  }
}

function listOf(lists: Map<number, OutOfWork[]>, key: number): OutOfWork[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}

/**
 * Tells whether one of the closings came soon enough before `at`. They are not put in order for this: most
 * of those at hand did, so that one of the first tells.
 */
const isSoonAfter = (closings: readonly OutOfWork[], at: Instant): boolean =>
  closings.some((closing) => isLastingAt(closing, at) && at - closing.closedAt <= SOON);

/** Whose closings a period's repeats may follow. */
export const closingsBefore = ({ start, end }: Period): Pick<Period, 'start' | 'end'> => ({
  start: start - SOON,
  end,
});

/** A topic is named within its group (`topicKey`). */
export const repeatQuestionOf = ({ group, topic, authorKey, placeKey }: RepeatFacts): Question<string> => ({
  topic: topic === '' ? null : `${group}\u203A${topic}`,
  authorKey,
  placeKey,
});
