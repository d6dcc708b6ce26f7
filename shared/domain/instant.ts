/** A moment in time: integer milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A length of time in minutes; fractions are allowed where a formula says so. */
export type Minutes = number;

export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;
export const MINUTES_PER_DAY = 1440;

/**
 * The start of the minute a moment is in. Screens tell by it whether a row is over: what a person ends «now»
 * ends with it, or it would stand among the open ones until the next minute.
 */
export const startOfMinute = (at: Instant): Instant => Math.floor(at / MS_PER_MINUTE) * MS_PER_MINUTE;

/**
 * The range of moments that come from outside, in ms: 2000 to 2100. A date of 2100 is a typing error, not a
 * plan.
 */
export const INSTANTS = { from: 946_684_800_000, to: 4_102_444_800_000 } as const;

/**
 * Tells whether a moment may be one of the centre's work. Older rows may hold others: they are shown as none.
 */
export const isSensible = (at: Instant): boolean =>
  Number.isInteger(at) && at >= INSTANTS.from && at <= INSTANTS.to;
