import type { Instant, Minutes } from '#shared/domain/instant.ts';
import { dateOfDay, localDayAt, type LocalDate } from '#shared/domain/time-zone.ts';
import type { Facts } from './facts.ts';
import { within, type Period } from './period.ts';
import { repeatsAmong } from './repeats.ts';
import { isFinished } from './steps.ts';

/** The few figures of a period that is only compared with. */
export interface Totals {
  readonly received: number;
  readonly answered: number;
  /** Finished in the period, whatever day the message came; of them solved. */
  readonly closed: number;
  readonly solved: number;
  /** Sum over the answers a working clock could be read of, and how many those are. */
  readonly workingSum: Minutes;
  readonly workingCount: number;
  readonly inTime: number;
  /** Answers that had a deadline. */
  readonly judged: number;
}

export type Span = Pick<Period, 'start' | 'end'>;

/**
 * What a summary asks about other periods. The console answers from its columns and the API from SQL, because a year of facts
 * would be too many to make one by one; {@link pastOf} is the plain answer that both are held to.
 */
export interface Past {
  totals(period: Span): Totals;
  /** Messages received, by {@link topicKey}. */
  topics(period: Span): ReadonlyMap<string, number>;
  /** Messages received, by local date. */
  days(period: Span): ReadonlyMap<LocalDate, number>;
  /** Ids of the messages received that repeat a closed question (repeats.ts). */
  repeats(period: Span): ReadonlySet<string>;
}

/** A topic is named within its group; no name holds this sign. */
export const topicKey = (group: string, topic: string): string => `${group}\u203A${topic}`;

export const groupOfKey = (key: string): string => key.slice(0, key.indexOf('\u203A'));

/** Counts anything by name. */
export function countBy<T>(items: Iterable<T>, keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The past read from facts. They must hold everything received or closed in the periods asked about, for repeats 90 days before. */
export function pastOf(facts: readonly Facts[], zone: string): Past {
  const received = (period: Span): Facts[] => facts.filter((one) => within(one.createdAt, period));
  const dateOf = (at: Instant): LocalDate => dateOfDay(localDayAt(zone, at));
  return {
    totals: (period) => totalsOf(received(period), closedIn(facts, period)),
    topics: (period) => countBy(received(period), (one) => topicKey(one.group, one.topic)),
    days: (period) => countBy(received(period), (one) => dateOf(one.createdAt)),
    repeats: (period) => repeatsAmong(facts, period),
  };
}

/** Finished in the period, whatever day the message came. */
export const closedIn = (facts: readonly Facts[], period: Span): Facts[] =>
  facts.filter((one) => isFinished(one) && one.closedAt !== null && within(one.closedAt, period));

/** Totals of what was received and what was closed. */
export function totalsOf(received: readonly Facts[], closed: readonly Facts[]): Totals {
  const answered = received.filter((one) => one.firstReplyAt !== null);
  const clocked = answered.filter((one) => one.workingMinutes !== null);
  return {
    received: received.length,
    answered: answered.length,
    closed: closed.length,
    solved: closed.filter((one) => one.outcome === 'solved').length,
    workingSum: clocked.reduce((sum, one) => sum + (one.workingMinutes ?? 0), 0),
    workingCount: clocked.length,
    inTime: answered.filter((one) => one.inTime === true).length,
    judged: answered.filter((one) => one.inTime !== null).length,
  };
}
