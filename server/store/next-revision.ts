import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import type { ScopedTransaction } from './database.ts';

/**
 * Takes the region's next revision and holds its clock until the transaction ends, so revisions are gapless
 * and commit in order. To be called last but for the rows that carry the number, with nothing slow after it.
 */
export async function nextRevision(tx: ScopedTransaction, region: string): Promise<number> {
  const clock = await tx
    .updateTable('sync_clock')
    .set({ v: sql<number>`v + 1` })
    .where('region_id', '=', region)
    .returning('v')
    .executeTakeFirst();
  return must(clock, `region ${region} has a clock`).v;
}
