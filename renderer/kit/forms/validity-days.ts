import type { Instant } from '#shared/domain/instant.ts';
import { dateOfDay, dayOfDate, instantAtLocal, localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';

/** Something that holds from one moment until another. */
interface Validity {
  readonly validFrom?: Instant | undefined;
  readonly validTo?: Instant | undefined;
}

/** Validity as a form has it: local days, the last one inside; '' for none. */
export interface ValidityDays {
  readonly firstDay: string;
  readonly lastDay: string;
}

const dayAt = (zone: ZoneName, at: Instant | undefined): string =>
  at === undefined ? '' : dateOfDay(localDayAt(zone, at));

/** The days of something that is there, or of something new. */
export const validityDaysOf = (seen: Validity | null, zone: ZoneName): ValidityDays => ({
  firstDay: dayAt(zone, seen?.validFrom),
  lastDay: dayAt(zone, seen?.validTo === undefined ? undefined : seen.validTo - 1),
});

/**
 * Reads the days as moments, a field left out where there is none; a day that was not touched keeps its
 * moment to the minute, and what is no day is `NaN`, which no schema takes.
 */
export function readValidity(days: ValidityDays, seen: Validity | null, zone: ZoneName): Validity {
  const was = validityDaysOf(seen, zone);
  const moment = (
    typed: string,
    shift: 0 | 1,
    kept: { readonly day: string; readonly at: Instant | undefined },
  ): Instant | undefined => {
    if (typed === '' || typed === kept.day) return typed === '' ? undefined : kept.at;
    const day = dayOfDate(typed);
    return day === null ? Number.NaN : instantAtLocal(zone, day + shift, 0);
  };
  const validFrom = moment(days.firstDay, 0, { day: was.firstDay, at: seen?.validFrom });
  const validTo = moment(days.lastDay, 1, { day: was.lastDay, at: seen?.validTo });
  return {
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
  };
}
