/**
 * Incidents, or reference rows, that one revision may hold: a page of the feed never splits a revision, so it
 * must not be large.
 */
export const CHANGES_PER_REVISION = 500;

/**
 * Bytes of rows as JSON that one revision may hold; a single row may be larger. Packed it is some 150 KB,
 * which a line of 64 kbit/s carries in 20 s.
 */
export const BYTES_PER_REVISION = 1024 * 1024;

/** Cuts changes, in their order, into parts that may be one revision each. */
export function* inRevisions<T>(
  changes: readonly T[],
  rowOf: (change: T) => unknown,
): Generator<readonly T[]> {
  let [part, bytes]: [T[], number] = [[], 0];
  for (const change of changes) {
    const size = bytesOf(rowOf(change));
    if (part.length === CHANGES_PER_REVISION || (part.length > 0 && bytes + size > BYTES_PER_REVISION)) {
      yield part;
      [part, bytes] = [[], 0];
    }
    part.push(change);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** Bytes of a row as JSON. */
export const bytesOf = (row: unknown): number => Buffer.byteLength(JSON.stringify(row ?? null));
