import type { ColumnSpec } from './column-kinds.ts';
import type { Chunk } from './columns.ts';

/**
 * A value that follows from the rows of one chunk: made when first asked for, and again after a row of it has
 * changed.
 */
export function perChunk<S extends ColumnSpec, T>(make: (chunk: Chunk<S>) => T): (chunk: Chunk<S>) => T {
  const made = new WeakMap<Chunk<S>, { readonly version: number; readonly value: T }>();
  return (chunk) => {
    const known = made.get(chunk);
    if (known?.version === chunk.version) return known.value;
    const value = make(chunk);
    made.set(chunk, { version: chunk.version, value });
    return value;
  };
}
