import { REGULATION_ID, regulationOf, regulationSchema, type Regulation } from '#shared/domain/regulation.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { readReferenceRows, upsertReference } from './reference.ts';

/**
 * Changes some of a region's rules, tells every console, and gives all of them as they are now. Throws
 * ZodError on a value beyond its range.
 */
export async function changeRegulation(
  tx: ScopedTransaction,
  region: string,
  change: Readonly<Record<string, unknown>>,
): Promise<Regulation> {
  const [stored] = await readReferenceRows(tx, region, 'regulation');
  if (Object.keys(change).length === 0) return regulationOf(stored?.row);
  const regulation = regulationSchema.parse({ ...regulationOf(stored?.row), ...change });
  await upsertReference(tx, region, [{ kind: 'regulation', id: REGULATION_ID, row: regulation }]);
  return regulation;
}
