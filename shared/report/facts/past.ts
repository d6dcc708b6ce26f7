import type { Minutes } from '#shared/domain/instant.ts';
import type { LocalDate } from '#shared/domain/time-zone.ts';
import { endingsOf, type Ending } from './endings.ts';
import type { Facts } from './facts.ts';
import { within, type Period } from './period.ts';
import { isFinished } from './steps.ts';

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
  /** Taken back into work in the period, however it had left it. */
  readonly reopened: number;
  /** Acts entered in the period that had happened before they were. */
  readonly enteredLater: number;
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
 * Answers to a summary's questions beyond the messages received in its period. The console and the API answer
 * from sums by day (day-book.ts), because years of facts would be too many to go through one by one; tests
 * hold both to the plain answer (tests/fixtures/report-oracles.ts).
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

/** Times the incident left work in the period, whatever day it came and whatever became of it since. */
export const outIn = (row: Facts, period: Period): readonly Ending[] =>
  endingsOf(row).filter(({ closedAt }) => within(closedAt, period));

/** Those by which it was finished as solved. */
export const solvedIn = (row: Facts, period: Period): readonly Ending[] =>
  outIn(row, period).filter((ending) => isFinished(ending) && ending.outcome === 'solved');
