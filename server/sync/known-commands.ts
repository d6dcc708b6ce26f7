import { sql } from 'kysely';
import { withScope, type Database } from '#server/store/database.ts';
import { scopeOf, type SyncSession } from './sync-session.ts';

/** Those of these commands of one's own that are decided here. */
export async function knownCommands(
  db: Database,
  session: SyncSession,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await withScope(db, scopeOf(session), (tx) =>
    sql<{ id: string }>`select id from sync_command where region_id = ${session.region}
      and actor = ${session.account} and id = any (${[...ids]}::uuid[])`.execute(tx),
  );
  return rows.map(({ id }) => id);
}
