/** Mean of the numbers, or null when there are none. */
export function mean(values: ArrayLike<number>): number | null {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? 0;
  return values.length === 0 ? null : sum / values.length;
}

/** The numbers, smallest first; typed arrays sort many times faster than a comparison does. */
export const ascending = (values: readonly number[]): Float64Array => new Float64Array(values).sort();

/** Median: the middle value, or the mean of the two middle ones; null when there are none. */
export const median = (values: readonly number[]): number | null => middleOf(ascending(values));

/** The median of numbers that are in order. */
export function middleOf(sorted: ArrayLike<number>): number | null {
  if (sorted.length === 0) return null;
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

/** Part of the whole from 0 to 1; 0 of nothing is 0. */
export const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/**
 * How often each key occurs, most first; equal counts go by the Russian alphabet, so that the order never
 * wavers.
 */
export function tally<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
): readonly { readonly key: string; readonly count: number }[] {
  return ranked(countBy(items, keyOf));
}

/** How many there are of which something is true. */
export function countOf<T>(items: Iterable<T>, test: (item: T) => boolean): number {
  let count = 0;
  for (const item of items) if (test(item)) count += 1;
  return count;
}

/** Counts anything by name. */
export function countBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, number> {
  // Counters, so that an item costs one look-up and not two.
  const counters = new Map<K, { count: number }>();
  for (const item of items) {
    const key = keyOf(item);
    const counter = counters.get(key);
    if (counter === undefined) counters.set(key, { count: 1 });
    else counter.count += 1;
  }
  return new Map(Array.from(counters, ([key, { count }]) => [key, count]));
}

/** See {@link tally}. */
export const ranked = (
  counts: ReadonlyMap<string, number>,
): readonly { readonly key: string; readonly count: number }[] =>
  Array.from(counts, ([key, count]) => ({ key, count })).toSorted(
    (a, b) => b.count - a.count || byAlphabet.compare(a.key, b.key),
  );

const byAlphabet = new Intl.Collator('ru');
