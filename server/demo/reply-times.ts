import type { Minutes } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import type { Random } from './random.ts';

const LEAST = 4;
const MOST = 1500;

/**
 * Reply times with a long right tail and exactly the given mean: the rest of the rounding is spread a minute
 * at a time.
 */
export function replyTimes(count: number, mean: Minutes, random: Random): readonly Minutes[] {
  const raw = Array.from({ length: count }, () => Math.exp(4.62 + 0.85 * normal(random)));
  const scale = (mean * count) / raw.reduce((sum, value) => sum + value, 0);
  const times = raw.map((value) => Math.max(LEAST, Math.min(MOST, Math.round(value * scale))));
  let excess = times.reduce((sum, value) => sum + value, 0) - mean * count;
  for (let index = 0; excess !== 0; index = (index + 1) % count) {
    const value = must(times[index], 'a time');
    const step = Math.sign(excess);
    if (value - step < LEAST) continue;
    times[index] = value - step;
    excess -= step;
  }
  return times;
}

/**
 * Deals the times out so that the slowest gets the longest: `slowness` says how slow each is, in any unit.
 */
export function dealTimes(times: readonly Minutes[], slowness: readonly number[]): readonly Minutes[] {
  const sorted = times.toSorted((a, b) => a - b);
  const order = slowness.map((_, index) => index).toSorted((a, b) => (slowness[a] ?? 0) - (slowness[b] ?? 0));
  const dealt: Minutes[] = [];
  order.forEach((index, rank) => (dealt[index] = must(sorted[rank], 'a time')));
  return dealt;
}

/** Standard normal by Box and Muller. */
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
