/** Number of leaps kept between two measurements, the last ones: each more doubles the work to tell them. */
export const LEAPS_KEPT = 10;
/** The size of a jump that is not noticed, at both ends of the time between two measurements, ms. */
const TOLERANCE_MS = 2000;

/**
 * Tells leaps forward that were settings of the clock from those that were sleeps of the machine, by
 * `drift`: how much further ahead of the centre's the clock is than when it was measured last. Only settings
 * add to that. Gives by how much each leap set the clock, 0 for a sleep; all are sleeps where no choice of
 * them fits.
 */
export function settingsAmong(leaps: readonly number[], drift: number): readonly number[] {
  let best: readonly number[] = leaps.map(() => 0);
  let error = TOLERANCE_MS;
  for (let choice = 0; choice < 2 ** leaps.length; choice += 1) {
    const settings = leaps.map((leap, index) => (Math.floor(choice / 2 ** index) % 2 === 1 ? leap : 0));
    const off = Math.abs(drift - settings.reduce((sum, by) => sum + by, 0));
    if (off < error) [best, error] = [settings, off];
  }
  return best;
}
