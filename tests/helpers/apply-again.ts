import { sql } from 'kysely';
import type { Database } from '#server/store/database.ts';
import { applyMigrations } from '#server/store/migrate.ts';
import type { Migration } from '#server/store/migration.ts';

/** Applies a migration to rows as they were before it; whatever came after it has been applied already. */
export const applyAgain = (owner: Database, migration: Migration): Promise<void> =>
  owner.transaction().execute(async (tx) => {
    await sql`delete from migration where name = ${migration.name}`.execute(tx);
    await applyMigrations([migration], (statement) => sql.raw(statement).execute(tx));
  });
