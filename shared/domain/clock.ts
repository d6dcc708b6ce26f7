import { workingMarks, yearsWithoutHolidays, type CompiledCalendar } from './calendar.ts';
import { MINUTES_PER_DAY, MS_PER_MINUTE, type Instant, type Minutes } from './instant.ts';

/**
 * Time to the first reply by both clocks. They differ by an order of magnitude on evening messages, so
 * neither is ever shown without its name.
 */
export type Clocks = {
  /**
   * Whole minutes by the registry's rule of marks (column I); null where a year in between has no production
   * calendar.
   */
  readonly workingMinutes: Minutes | null;
  /** Elapsed minutes, fractional (column H, where it is a fraction of a day). */
  readonly wallMinutes: Minutes;
};

/**
 * Both clocks of an incident. A reply earlier than the message (a clock set wrong at the source) counts as
 * none: zero.
 */
export function clocksOf(calendar: CompiledCalendar, created: Instant, firstReply: Instant): Clocks {
  return {
    workingMinutes:
      firstReply > created && yearsWithoutHolidays(calendar, created, firstReply).length > 0
        ? null
        : workingMarks(calendar, created, firstReply),
    wallMinutes: Math.max(0, firstReply - created) / MS_PER_MINUTE,
  };
}

/** Minutes as the registry writes durations: a fraction of a day. */
export function dayFraction(minutes: Minutes): number {
  return minutes / MINUTES_PER_DAY;
}
