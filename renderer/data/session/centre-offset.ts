import type { Instant } from '#shared/domain/instant.ts';

const STORED = 'pult.centre-offset';

/** Keeps by how much the centre's clock differs from this workstation's, ms, as it was measured last. */
export function keepCentreOffset(ms: number): void {
  localStorage.setItem(STORED, String(ms));
}

/**
 * The centre's clock now, by the last measurement at this workstation: for what is asked before a local copy
 * is open. Without one the workstation's clock is believed.
 */
export function centreNow(): Instant {
  const offset = Number(localStorage.getItem(STORED));
  return Date.now() + (Number.isFinite(offset) ? offset : 0);
}
