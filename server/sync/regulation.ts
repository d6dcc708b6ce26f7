import { REGULATION_ID, regulationOf, regulationSchema, type Regulation } from '#shared/domain/regulation.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { readReferenceRows, upsertReference } from './reference.ts';

/** Reads a region's rules. */
export async function readRegulation(tx: ScopedTransaction, region: string): Promise<Regulation> {
  const [stored] = await readReferenceRows(tx, region, 'regulation');
  return regulationOf(stored?.row);
}

/**
 * Changes some of a region's rules, tells every console, and gives all of them as they are now. Throws
 * ZodError on a value beyond its range.
 */
export async function changeRegulation(
  tx: ScopedTransaction,
  region: string,
  change: Readonly<Record<string, unknown>>,
): Promise<Regulation> {
  const before = await readRegulation(tx, region);
  if (Object.keys(change).length === 0) return before;
  const regulation = regulationSchema.parse({ ...before, ...change });
  await upsertReference(tx, region, [{ kind: 'regulation', id: REGULATION_ID, row: regulation }]);
  return regulation;
}
