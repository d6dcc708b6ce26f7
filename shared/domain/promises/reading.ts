import { calendarDayAt, workingHoursOn, type CompiledCalendar } from '../calendar.ts';
import type { PromisePrecision } from '../incident.ts';
import type { Instant, Minutes } from '../instant.ts';
import { weekdayOf, type DayNumber } from '../time-zone.ts';

/** The context a phrase is read in: the moment the reply was written and the calendar of the region. */
export type PromiseContext = { readonly at: Instant; readonly calendar: CompiledCalendar };

/** The time a phrase names; of two that stand side by side the more exact one names the day. */
export type NamedTime = {
  readonly precision: PromisePrecision;
  /** The last day that is meant; null where an hour alone is named. */
  readonly day: DayNumber | null;
  /** Minutes since midnight. */
  readonly minute?: Minutes | undefined;
  /** A moment that no day says: «через два часа». */
  readonly instant?: Instant | undefined;
  /** A part of a day («утром»): an hour beside it says more exactly. */
  readonly isPartOfDay?: boolean | undefined;
  /** The first day of a period that is named: a period beside it that lies outside is another thought. */
  readonly from?: DayNumber | undefined;
  /** Monday of the week that is named: a weekday beside it is one of that week. */
  readonly monday?: DayNumber | undefined;
  /** A weekday: a date beside it says which week is meant. */
  readonly isWeekday?: boolean | undefined;
  /** Days since the same date of this year, where the next year's is taken because it is past. */
  readonly daysBack?: number | undefined;
};

/**
 * One way to say a time. `needs` says what its sentence must tell: nothing that speaks against a promise;
 * not of what is usual, either; plainly of the future. `no_verb` is a phrase that says itself what its time
 * is («срок — 3 дня»). Patterns see plain text (`plain-reply.ts`).
 */
export type PromiseRule = {
  readonly pattern: RegExp;
  readonly needs: 'nothing' | 'no_habit' | 'future' | 'no_verb';
  readonly read: (groups: Groups, context: PromiseContext) => NamedTime | null;
};

/** Named groups of a match; one that is not there is undefined. */
export type Groups = Readonly<Record<string, string | undefined>>;

/** Makes a rule's pattern: whole words only. */
export const wholeWords = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}.])${source}(?!\\p{L})`, 'gu');

/** The local day the reply was written on. */
export const dayOfWriting = ({ at, calendar }: PromiseContext): DayNumber => calendarDayAt(calendar, at);

/** Finds the last working day of a week, Friday as a rule; Sunday when none of it is left. */
export function lastWorkingDayOfWeek(day: DayNumber, { calendar }: PromiseContext): DayNumber {
  const sunday = day + 7 - weekdayOf(day);
  for (let candidate = sunday; candidate >= day; candidate -= 1) {
    if (workingHoursOn(calendar.data, candidate) !== null) return candidate;
  }
  return sunday;
}
