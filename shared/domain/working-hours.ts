import { z } from 'zod';
import type { Minutes } from './instant.ts';

const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const stretch = z.object({ from: timeOfDay, to: timeOfDay });

/** Hours as they are typed: they may end before they begin, which a judge tells by name. */
export const typedHoursSchema = stretch.extend({ break: stretch.optional() });

/**
 * Working hours of one day, local time, `to` not included; `24:00` is the end of the day. The break lies
 * inside and does not count.
 */
export const workingHoursSchema = typedHoursSchema
  .refine((hours) => hours.from < hours.to, { message: 'hours must end after they begin' })
  .refine(isBreakInside, { message: 'the break must lie inside the hours' });
/** See {@link workingHoursSchema}. */
export type WorkingHours = Readonly<z.infer<typeof workingHoursSchema>>;

/** True where there is no break, or one that leaves work before and after it. */
export function isBreakInside({ from, to, break: rest }: z.infer<typeof typedHoursSchema>): boolean {
  return rest === undefined || (from < rest.from && rest.from < rest.to && rest.to < to);
}

/** Minutes since midnight of a time of day. */
export const minutesOfTime = (time: string): Minutes => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Time of day of minutes since midnight, up to `24:00`. */
export const timeOfMinutes = (minutes: Minutes): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

const lengthOf = ({ from, to }: { readonly from: string; readonly to: string }): Minutes =>
  minutesOfTime(to) - minutesOfTime(from);

/** Minutes of work in a day with these hours. */
export const minutesWorked = (hours: WorkingHours): Minutes =>
  lengthOf(hours) - (hours.break === undefined ? 0 : lengthOf(hours.break));
