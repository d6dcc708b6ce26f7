import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { errorCode } from '#server/process/startup-error.ts';
import type { Database } from './database.ts';

/** A reason why nothing that people do can be stored. */
export type WriteObstacle = 'database_away' | 'disk_full' | 'read_only' | 'too_slow';

/** Longer than this the probe does not ask PostgreSQL to work, ms. */
const PATIENCE_MS = '4000';
/**
 * Rows that a memory of 64 kB spills into a file of a megabyte. An update finds room within its page on a
 * full disk, so only a file that grows shows whether there is any; a temporary one costs no write-ahead log,
 * no lock and nothing to clean up.
 */
const SPILLED_ROWS = 50_000;

function obstacleOf(error: unknown): WriteObstacle {
  switch (errorCode(error)) {
    case '53100':
      return 'disk_full';
    // read_only_sql_transaction; a standby that is still recovering cannot number transactions.
    case '25006':
    case '55000':
      return 'read_only';
    // statement_timeout, lock_timeout.
    case '57014':
    case '55P03':
      return 'too_slow';
    default:
      return 'database_away';
  }
}

/**
 * Finds out whether PostgreSQL takes writes now, by writing: a file grows where the tables lie, and a row is
 * committed. Gives null when it does.
 */
export async function probeWriting(db: Database, now: Instant): Promise<WriteObstacle | null> {
  try {
    await db.transaction().execute(async (tx) => {
      await sql`select set_config('statement_timeout', ${PATIENCE_MS}, true),
        set_config('lock_timeout', ${PATIENCE_MS}, true), set_config('work_mem', '64kB', true),
        set_config('temp_tablespaces', '', true)`.execute(tx);
      await sql`select count(*) from generate_series(1, ${sql.lit(SPILLED_ROWS)})`.execute(tx);
      await tx
        .insertInto('pulse')
        .values({ id: 1, at: now })
        .onConflict((oc) => oc.column('id').doUpdateSet({ at: now }))
        .execute();
    });
    return null;
  } catch (error) {
    return obstacleOf(error);
  }
}
