/**
 * The id and all that it leads to by one field of the rows, itself first; null when they go round in a ring.
 * An id without a row ends the chain.
 */
export function chainOf<T>(
  id: string,
  rows: ReadonlyMap<string, T>,
  next: (row: T) => string | undefined,
): readonly string[] | null {
  const chain: string[] = [];
  let now: string | undefined = id;
  while (now !== undefined) {
    if (chain.includes(now)) return null;
    chain.push(now);
    const row = rows.get(now);
    now = row === undefined ? undefined : next(row);
  }
  return chain;
}
