import { sql } from 'kysely';
import { withScope, type Database } from '#server/store/database.ts';
import { scopeOf, type SyncSession } from './sync-session.ts';

/**
 * Gives those of these commands of one's own that are in effect here. One that was refused or held meanwhile
 * is offered again: its author is told the stored outcome.
 */
export async function knownCommands(
  db: Database,
  session: SyncSession,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await withScope(db, scopeOf(session), (tx) =>
    sql<{ id: string }>`select id from sync_command where region_id = ${session.region}
      and actor = ${session.account} and id = any (${[...ids]}::uuid[])
      and status in ('applied', 'merged')`.execute(tx),
  );
  return rows.map(({ id }) => id);
}
