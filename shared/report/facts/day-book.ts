import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { dateOfDay, dayOfDate, type DayNumber, type LocalDate } from '#shared/domain/time-zone.ts';
import { endingsOf, type EndingFacts, type Ending } from './endings.ts';
import type { Facts } from './facts.ts';
import type { Carried, Past, Totals } from './past.ts';
import type { Period } from './period.ts';
import { isFinished, isMerged, isRejected } from './steps.ts';

/** The sums that one local day adds to every period it lies in. */
export const DAY_SUMS = [
  'received',
  'answered',
  'workingSum',
  'workingCount',
  'inTime',
  'judged',
  'closed',
  'solved',
  'rejected',
  'merged',
  'gone',
  'reopened',
  'enteredLater',
] as const satisfies readonly (keyof Totals | 'gone')[];
/** `gone`: left work that day, by whatever step. */
export type DaySums = Record<(typeof DAY_SUMS)[number], number>;

/** The facts from which an incident's entries follow. */
export type Entered = Pick<
  Facts,
  'createdAt' | 'firstReplyAt' | 'workingMinutes' | 'inTime' | 'enteredLater' | keyof EndingFacts
>;

const noSums = (): DaySums => ({
  received: 0,
  answered: 0,
  workingSum: 0,
  workingCount: 0,
  inTime: 0,
  judged: 0,
  closed: 0,
  solved: 0,
  rejected: 0,
  merged: 0,
  gone: 0,
  reopened: 0,
  enteredLater: 0,
});

const NONE: Readonly<DaySums> = noSums();

function addTo(sums: DaySums, more: Readonly<DaySums>, times: 1 | -1 = 1): void {
  for (const name of DAY_SUMS) sums[name] += times * more[name];
}

/**
 * A summary's periods are whole local days, and what it compares are sums; so an incident is entered once, on
 * the day it came and on every day it left work or came back, and any period, a year to date too, is a sum
 * over its days. Books of parts add up to the book of all.
 */
export class DayBook implements Pick<Past, 'totals' | 'carried' | 'days'> {
  readonly #days = new Map<DayNumber, DaySums>();

  /** Enters one incident, or with -1 strikes what was entered of it. */
  enter(row: Entered, dayOf: (at: Instant) => DayNumber, times: 1 | -1 = 1): void {
    const came = this.#on(dayOf(row.createdAt));
    came.received += times;
    if (row.firstReplyAt !== null) {
      came.answered += times;
      came.workingSum += times * (row.workingMinutes ?? 0);
      if (row.workingMinutes !== null) came.workingCount += times;
      if (row.inTime !== null) came.judged += times;
      if (row.inTime === true) came.inTime += times;
    }
    for (const ending of endingsOf(row)) this.#enterEnding(ending, dayOf, times);
    for (const at of row.enteredLater) this.#on(dayOf(at)).enteredLater += times;
  }

  #enterEnding(ending: Ending, dayOf: (at: Instant) => DayNumber, times: 1 | -1): void {
    const left = this.#on(dayOf(ending.closedAt));
    left.gone += times;
    if (isFinished(ending)) left.closed += times;
    if (isFinished(ending) && ending.outcome === 'solved') left.solved += times;
    if (isRejected(ending)) left.rejected += times;
    if (isMerged(ending)) left.merged += times;
    if (ending.reopenedAt !== null) this.#on(dayOf(ending.reopenedAt)).reopened += times;
  }

  /** Adds sums in the order of {@link DAY_SUMS}. */
  addDay(day: DayNumber, sums: readonly number[]): void {
    const known = this.#on(day);
    DAY_SUMS.forEach((name, at) => {
      known[name] += sums[at] ?? 0;
    });
  }

  /**
   * Adds a part's book, or with -1 takes it out again. Sums are of whole numbers, so nothing is left of it.
   */
  add(other: DayBook, times: 1 | -1 = 1): void {
    for (const [day, sums] of other.#days) addTo(this.#on(day), sums, times);
  }

  entries(): Iterable<readonly [DayNumber, Readonly<DaySums>]> {
    return this.#days;
  }

  totals(period: Period): Totals {
    const sums = noSums();
    for (const day of daysOf(period)) addTo(sums, this.#days.get(day) ?? NONE);
    const { gone: _, ...totals } = sums;
    return totals;
  }

  /** Nobody leaves work before coming (facts.ts), so that what came and has not left is in work. */
  carried({ from, to }: Period): Carried {
    const [first, last] = [dayOf(from), dayOf(to)];
    let [carriedIn, carriedOut] = [0, 0];
    for (const [day, { received, gone, reopened }] of this.#days) {
      if (day < first) carriedIn += received - gone + reopened;
      if (day <= last) carriedOut += received - gone + reopened;
    }
    return { carriedIn, carriedOut };
  }

  days(period: Period): ReadonlyMap<LocalDate, number> {
    const counts = new Map<LocalDate, number>();
    for (const day of daysOf(period)) {
      const { received } = this.#days.get(day) ?? NONE;
      if (received > 0) counts.set(dateOfDay(day), received);
    }
    return counts;
  }

  #on(day: DayNumber): DaySums {
    let sums = this.#days.get(day);
    if (sums === undefined) this.#days.set(day, (sums = noSums()));
    return sums;
  }
}

const dayOf = (date: LocalDate): DayNumber => must(dayOfDate(date), 'a date');

function* daysOf({ from, to }: Period): Iterable<DayNumber> {
  const last = dayOf(to);
  for (let day = dayOf(from); day <= last; day += 1) yield day;
}
