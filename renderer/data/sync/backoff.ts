const BASE_MS = 500;
const CEILING_MS = 60_000;

/**
 * Milliseconds of exponential backoff with full jitter, so that a hundred consoles do not come back in the
 * same second. `attempt` counts from 1; `draw` is uniform in [0, 1).
 */
export const backoffMs = (attempt: number, draw: number): number =>
  Math.round(draw * Math.min(CEILING_MS, BASE_MS * 2 ** attempt));

/** A whole number from `low` to `high`, evenly by `draw`, which is uniform in [0, 1). */
export const between = (low: number, high: number, draw: number): number =>
  Math.round(low + draw * (high - low));
