import type { Instant } from '#shared/domain/instant.ts';
import { dateOfDay, dayOfDate, instantAtLocal, localDayAt, type ZoneName } from '#shared/domain/time-zone.ts';

/** Something that holds from one moment until another; an end that is left out or null is open. */
interface Validity {
  readonly validFrom?: Instant | null | undefined;
  readonly validTo?: Instant | null | undefined;
}

interface ReadValidity {
  readonly validFrom?: Instant;
  readonly validTo?: Instant;
}

/** Validity as a form has it: local days, the last one inside; '' for none. */
export interface ValidityDays {
  readonly firstDay: string;
  readonly lastDay: string;
}

const dayAt = (zone: ZoneName, at: Instant | null): string =>
  at === null ? '' : dateOfDay(localDayAt(zone, at));

/** The days of something that is there, or of something new. */
export function validityDaysOf(seen: Validity | null, zone: ZoneName): ValidityDays {
  const validTo = seen?.validTo ?? null;
  return {
    firstDay: dayAt(zone, seen?.validFrom ?? null),
    lastDay: dayAt(zone, validTo === null ? null : validTo - 1),
  };
}

/**
 * Reads the days as moments, a field left out where there is none; a day that was not touched keeps its
 * moment to the minute, and what is no day is `NaN`, which no schema takes.
 */
export function readValidity(days: ValidityDays, seen: Validity | null, zone: ZoneName): ReadValidity {
  const was = validityDaysOf(seen, zone);
  const moment = (
    typed: string,
    shift: 0 | 1,
    kept: { readonly day: string; readonly at: Instant | null | undefined },
  ): Instant | undefined => {
    if (typed === '' || typed === kept.day) return typed === '' ? undefined : (kept.at ?? undefined);
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
