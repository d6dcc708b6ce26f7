/** A moment in time: integer milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** A length of time in minutes; fractions are allowed where a formula says so. */
export type Minutes = number;

export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;
export const MS_PER_DAY = 86_400_000;
export const MINUTES_PER_DAY = 1440;
