import { MS_PER_MINUTE, type Instant } from './instant.ts';

/** Two clocks that are set right still differ by a little. */
const TOLERANCE_MS = 2 * MS_PER_MINUTE;

/** The moment and the reason of an entry about something that had happened before it. */
export interface EnteredLater {
  readonly at: Instant;
  readonly reason: string;
}

/** The moment an act counts from. */
export interface MomentOfAct {
  readonly at: Instant;
  /** The moment the workstation's clock had named, where it cannot be true: the act counts as entered now. */
  readonly claimed: Instant | null;
}

/**
 * Gives the moment of an act that came with a workstation's moment `claimed`. It happened after everything
 * its author could see of the incident (`known`: the last moment of that) and not after `now`. Anything else
 * is a clock that is wrong, or a hand that dates back: the act is taken for what it is for certain, entered
 * now, and keeps what was claimed.
 */
export function momentOfAct(claimed: Instant, known: Instant, now: Instant): MomentOfAct {
  const earliest = Math.min(known, now);
  const isBelievable = claimed >= earliest - TOLERANCE_MS && claimed <= now + TOLERANCE_MS;
  if (!isBelievable) return { at: now, claimed };
  return { at: Math.min(Math.max(claimed, earliest), now), claimed: null };
}
