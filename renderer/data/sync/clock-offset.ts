import type { Instant } from '#shared/domain/instant.ts';

export interface ClockSample {
  /** When the answer arrived, by this workstation's clock. */
  readonly at: Instant;
  readonly serverTime: Instant;
  readonly roundTripMs: number;
}

/**
 * API's clock minus ours, from the sample that took the shortest way: half of its round trip is all it can be
 * wrong by. Only times shown and stamped use it, never an order.
 */
export function clockOffset(samples: readonly ClockSample[]): number {
  const [best] = samples.toSorted((a, b) => a.roundTripMs - b.roundTripMs);
  return best === undefined ? 0 : Math.round(best.serverTime + best.roundTripMs / 2 - best.at);
}
