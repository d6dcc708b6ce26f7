/**
 * JSON with the keys of every object in order, so that equal values give equal text wherever they were
 * stored.
 */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Tells whether two values say the same as JSON. */
export const sameJson = (a: unknown, b: unknown): boolean =>
  Object.is(a, b) || sortedJson(a) === sortedJson(b);
