import type { Instant, Minutes } from '#shared/domain/instant.ts';
import { dateOfDay, localDayAt, type LocalDate } from '#shared/domain/time-zone.ts';
import type { Facts } from './facts.ts';
import { within, type Period } from './period.ts';
import { repeatsAmong } from './repeats.ts';
import { countBy } from './statistics.ts';
import { isClosedBy, isFinished, isMerged, isRejected } from './steps.ts';

/** The few figures of a period that is only compared with. */
export interface Totals {
  readonly received: number;
  readonly answered: number;
  /** Finished in the period, whatever day the message came; of them solved. */
  readonly closed: number;
  readonly solved: number;
  /** Put out of work in the period, whatever day the message came. */
  readonly rejected: number;
  readonly merged: number;
  /** Sum over the answers a working clock could be read of, and how many those are. */
  readonly workingSum: Minutes;
  readonly workingCount: number;
  readonly inTime: number;
  /** Answers that had a deadline. */
  readonly judged: number;
}

/** Incidents in work when a period began, and when it ended. */
export interface Carried {
  readonly carriedIn: number;
  readonly carriedOut: number;
}

/**
 * What a summary asks beyond the messages received in its period. The console and the API answer from sums by
 * day (day-book.ts), because years of facts would be too many to go through one by one; {@link pastOf} is the
 * plain answer that both are held to.
 */
export interface Past {
  totals(period: Period): Totals;
  carried(period: Period): Carried;
  /** Messages received, by {@link topicKey}. */
  topics(period: Period): ReadonlyMap<string, number>;
  /** Messages received, by local date. */
  days(period: Period): ReadonlyMap<LocalDate, number>;
  /** Those of the messages received in the period that repeat a closed question (repeats.ts). */
  repeats(received: readonly Facts[], period: Period): ReadonlySet<Facts>;
}

/** A topic is named within its group; no name holds this sign. */
export const topicKey = (group: string, topic: string): string => `${group}\u203A${topic}`;

export const groupOfKey = (key: string): string => key.slice(0, key.indexOf('\u203A'));

/**
 * The past read from facts. They must hold everything received or closed in the periods asked about, for
 * repeats 90 days before.
 */
export function pastOf(facts: readonly Facts[], zone: string): Past {
  const received = (period: Period): Facts[] => facts.filter((one) => within(one.createdAt, period));
  const inWork = (at: Instant): number =>
    facts.filter((one) => one.createdAt < at && !isClosedBy(one, at)).length;
  const dateOf = (at: Instant): LocalDate => dateOfDay(localDayAt(zone, at));
  return {
    totals: (period) => totalsOf(received(period), outIn(facts, period)),
    carried: ({ start, end }) => ({ carriedIn: inWork(start), carriedOut: inWork(end) }),
    topics: (period) => countBy(received(period), (one) => topicKey(one.group, one.topic)),
    days: (period) => countBy(received(period), (one) => dateOf(one.createdAt)),
    repeats: (ours, period) => repeatsAmong(ours, facts, period),
  };
}

/** Out of work since a moment in the period, whatever day the message came. */
export const outIn = (facts: readonly Facts[], period: Period): Facts[] =>
  facts.filter((one) => one.closedAt !== null && within(one.closedAt, period));

/** Finished in the period, whatever day the message came. */
export const closedIn = (facts: readonly Facts[], period: Period): Facts[] =>
  outIn(facts, period).filter(isFinished);

/** Totals of what was received and what was put out of work. */
export function totalsOf(received: readonly Facts[], out: readonly Facts[]): Totals {
  const answered = received.filter((one) => one.firstReplyAt !== null);
  const clocked = answered.filter((one) => one.workingMinutes !== null);
  const closed = out.filter(isFinished);
  return {
    received: received.length,
    answered: answered.length,
    closed: closed.length,
    solved: closed.filter((one) => one.outcome === 'solved').length,
    rejected: out.filter(isRejected).length,
    merged: out.filter(isMerged).length,
    workingSum: clocked.reduce((sum, one) => sum + (one.workingMinutes ?? 0), 0),
    workingCount: clocked.length,
    inTime: answered.filter((one) => one.inTime === true).length,
    judged: answered.filter((one) => one.inTime !== null).length,
  };
}
