import { sql } from 'kysely';
import { StartupError } from '#server/process/startup-error.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { GRANTS, grantStatements } from '#server/store/grants.ts';
import { applyMigrations, MIGRATIONS, MIGRATION_TABLE } from '#server/store/migrate.ts';
import type { Migration } from '#server/store/migration.ts';
import { API_ROLE } from '#server/store/api-role-name.ts';
import type { BackupHead } from './backup-file.ts';

/**
 * Makes the empty tables as they were when the backup was written, for its rows fit no others. Gives the
 * migrations that came since; none where the backup is of this program, whose tables stay as they are.
 */
export async function startTables(tx: ScopedTransaction, head: BackupHead): Promise<readonly Migration[]> {
  const since = migrationsSince(head);
  if (since.length === 0) return since;
  await dropTables(tx);
  const run = (statement: string) => sql.raw(statement).execute(tx);
  await run(MIGRATION_TABLE);
  await applyMigrations(MIGRATIONS.slice(0, head.migrations.length), run);
  return since;
}

/** Brings the restored rows up to date with what {@link startTables} gave. */
export async function finishTables(tx: ScopedTransaction, since: readonly Migration[]): Promise<void> {
  if (since.length === 0) return;
  const run = (statement: string) => sql.raw(statement).execute(tx);
  await applyMigrations(since, run);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(tx);
  for (const { name } of rows) for (const statement of grantStatements(API_ROLE, name)) await run(statement);
}

function migrationsSince({ migrations }: BackupHead): readonly Migration[] {
  const here = MIGRATIONS.map(({ name }) => name);
  const isOlder = migrations.length > 0 && migrations.every((name, at) => name === here[at]);
  if (isOlder) return MIGRATIONS.slice(migrations.length);
  throw new StartupError(
    'bad_backup',
    `The backup was made at ${migrations.at(-1) ?? 'no version'}, ` +
      `this program works at ${here.at(-1) ?? 'none'}.`,
    'Restore with the program that made the backup, or with a newer one.',
  );
}

/** Takes away our tables, and functions other than those of extensions: migrations make them. */
async function dropTables(tx: ScopedTransaction): Promise<void> {
  const tables = [...Object.keys(GRANTS), 'migration'];
  await sql.raw(`drop table if exists ${tables.join(', ')} cascade`).execute(tx);
  const { rows } = await sql<{ signature: string }>`
    select p.oid::regprocedure::text as signature from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proowner = current_user::regrole
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`.execute(tx);
  for (const { signature } of rows) await sql.raw(`drop function ${signature} cascade`).execute(tx);
}
