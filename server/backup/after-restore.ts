import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { goOnAbove } from '#server/sync/put-back.ts';
import { BACKUP_TABLES } from './tables.ts';

/**
 * Sees to it that restored regions go on and do not begin again: each gets a new epoch, and counters go on
 * above what they had given. Gives how many regions there are.
 */
export async function goOnAfterRestore(tx: ScopedTransaction, now: Instant): Promise<number> {
  const regions = await tx.selectFrom('region').select('region_id').execute();
  const counters = await identityColumns(tx);
  const highest = new Map<string, number>();
  for (const { region_id: region } of regions) {
    await sql`select set_config('pult.region', ${region}, true)`.execute(tx);
    await sql`update region set epoch = gen_random_uuid() where region_id = ${region}`.execute(tx);
    await goOnAbove(tx, region, now);
    await lookForReplies(tx, region, now);
    await keepMailIn(tx, region);
    // Regions are seen one at a time, and a counter is of them all.
    for (const counter of counters) {
      const last = await lastOf(tx, counter);
      highest.set(counter.table, Math.max(highest.get(counter.table) ?? 0, last));
    }
  }
  for (const { table, column } of counters)
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}),
      ${(highest.get(table) ?? 0) + 1}::bigint, false)`.execute(tx);
  return regions.length;
}

interface Counter {
  readonly table: string;
  readonly column: string;
}

/** Columns that PostgreSQL numbers. Rows of a backup bring their numbers along, which moves no counter. */
async function identityColumns(tx: ScopedTransaction): Promise<readonly Counter[]> {
  const { rows } = await sql<Counter>`select table_name as table, column_name as column
    from information_schema.columns
    where table_schema = 'public' and is_identity = 'YES'
      and table_name = any (${[...BACKUP_TABLES]})`.execute(tx);
  return rows;
}

async function lastOf(tx: ScopedTransaction, { table, column }: Counter): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(${sql.ref(column)}) as last from ${sql.table(table)}`.execute(tx);
  return rows[0]?.last ?? 0;
}

/**
 * Replies that waited to be sent when the backup was made were sent since, or not: their networks are asked
 * before anything is published twice.
 */
async function lookForReplies(tx: ScopedTransaction, region: string, now: Instant): Promise<void> {
  await sql`update reply_send set state = 'possibly_sent', changed_at = ${now}
    where region_id = ${region} and state in ('queued', 'waiting', 'sending')`.execute(tx);
}

/**
 * A copy of an installation must not write to hundreds of people beside the one they work with: an
 * administrator switches mail and bots on again.
 */
async function keepMailIn(tx: ScopedTransaction, region: string): Promise<void> {
  await tx
    .updateTable('mail_setting')
    .set({ is_on: false, bots_on: false })
    .where('region_id', '=', region)
    .execute();
}
