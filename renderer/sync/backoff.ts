const BASE_MS = 500;
const CEILING_MS = 60_000;

/**
 * Exponential backoff with full jitter, so that a hundred consoles do not come back in the same second.
 * `attempt` counts from 1.
 */
export const backoffMs = (attempt: number, random: () => number): number =>
  Math.round(random() * Math.min(CEILING_MS, BASE_MS * 2 ** attempt));

/** Anything between the two, evenly. */
export const between = (low: number, high: number, random: () => number): number =>
  Math.round(low + random() * (high - low));
