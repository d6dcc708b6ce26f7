import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { unhurried, type Database, type ScopedTransaction } from '#server/store/database.ts';
import { MIGRATIONS } from '#server/store/migrate.ts';
import { regionCodes } from '#server/store/add-region.ts';
import { writeBackup, type BackupRow } from './backup-file.ts';
import { withProgress } from './progress.ts';
import { BACKUP_TABLES, rowsAtOnce, type BackupTable } from './tables.ts';

/**
 * Writes the whole installation, all its regions as of one moment, to a file; work goes on meanwhile. `owner`
 * is the connection of the tables' owner: row-level security holds for it too, so regions are read one after
 * the other.
 */
export async function backUp(
  owner: Database,
  path: string,
  now: Instant,
  onProgress: (rows: number) => void = () => undefined,
): Promise<{ readonly rows: number; readonly regions: number }> {
  const regions = await regionCodes(owner);
  return owner
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await unhurried(tx);
      const head = {
        pult: 'backup',
        format: 1,
        at: now,
        migrations: MIGRATIONS.map(({ name }) => name),
      } as const;
      return {
        rows: await writeBackup(path, head, withProgress(everything(tx, regions), onProgress)),
        regions: regions.length,
      };
    });
}

async function* everything(tx: ScopedTransaction, regions: readonly string[]): AsyncGenerator<BackupRow> {
  for (const region of regions) {
    await sql`select set_config('pult.region', ${region}, true)`.execute(tx);
    for (const table of BACKUP_TABLES) yield* rowsOf(tx, table, region);
  }
}

/**
 * A cursor keeps memory flat whatever the size of the table. The region is named, because an owner sees more
 * than one region's rows: all of them if it is a superuser, else those of the four tables with the policy
 * `owner_reads`.
 */
async function* rowsOf(tx: ScopedTransaction, table: BackupTable, region: string): AsyncGenerator<BackupRow> {
  await sql`declare backup no scroll cursor for
    select row_to_json(t)::text as json from ${sql.table(table)} t
      where region_id = ${sql.lit(region)}`.execute(tx);
  const page = rowsAtOnce(table);
  for (;;) {
    const { rows } = await sql<{ json: string }>`fetch ${sql.lit(page)} from backup`.execute(tx);
    for (const { json } of rows) yield { table, json };
    if (rows.length < page) break;
  }
  await sql`close backup`.execute(tx);
}
