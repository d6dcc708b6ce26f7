import { sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { StartupError } from '#server/process/startup-error.ts';
import { regionCodes } from '#server/store/add-region.ts';
import { unhurried, type Database, type ScopedTransaction } from '#server/store/database.ts';
import type { Migration } from '#server/store/migration.ts';
import { goOnAfterRestore } from './after-restore.ts';
import { readBackup, type BackupRow } from './backup-file.ts';
import { finishTables, startTables } from './older-tables.ts';
import { withProgress } from './progress.ts';
import { BACKUP_TABLES, rowsAtOnce, type BackupTable } from './tables.ts';

const regionRow = z.object({ region_id: z.string() });

/**
 * Brings a backup back into an installation that has no region yet: all of it or nothing. Every region gets a
 * new epoch, so consoles offer again what they had sent after the backup was made; their commands' ids keep
 * anything from happening twice. A backup of an older program goes into the tables of its time, which are
 * then brought up to date as that installation's would have been.
 */
export async function restoreBackup(
  owner: Database,
  path: string,
  now: Instant,
  onProgress: (rows: number) => void = () => undefined,
): Promise<{ readonly rows: number; readonly regions: number }> {
  if ((await regionCodes(owner)).length > 0) {
    throw new StartupError(
      'not_empty',
      'This installation has regions already; a backup is restored into an empty one only.',
      'Give an empty folder: --data DIR (or an empty database in DATABASE_URL).',
    );
  }
  return owner.transaction().execute(async (tx) => {
    await unhurried(tx);
    let rows = 0;
    let since: readonly Migration[] = [];
    const backup = readBackup(path, async (head) => {
      since = await startTables(tx, head);
    });
    let part = 0;
    for await (const page of pagesOf(withProgress(backup, onProgress))) {
      if (page.table === 'region') await enter(tx, await regionOfPart(tx, page.json, part++));
      rows += await insert(tx, page.table, page.json);
    }
    await finishTables(tx, since);
    return { rows, regions: await goOnAfterRestore(tx, now) };
  });
}

interface Page {
  readonly table: BackupTable;
  readonly json: readonly string[];
}

/** Neighbouring rows of one table, some hundreds at a time. */
async function* pagesOf(rows: AsyncIterable<BackupRow>): AsyncGenerator<Page> {
  let table: BackupTable | null = null;
  let json: string[] = [];
  for await (const row of rows) {
    const next = BACKUP_TABLES.find((name) => name === row.table);
    if (next === undefined)
      throw new StartupError(
        'bad_backup',
        `The backup holds "${row.table}", which is no table.`,
        'Restore with the program that made it.',
      );
    if (table !== null && (next !== table || json.length >= rowsAtOnce(table))) {
      yield { table, json };
      json = [];
    }
    table = next;
    json.push(row.json);
  }
  if (table !== null && json.length > 0) yield { table, json };
}

/**
 * The region that a part of the backup is of; each part begins with the row of its region. Until November
 * 2026 a backup of several regions held the rows of all at the head of each part, in the order of the parts.
 */
async function regionOfPart(tx: ScopedTransaction, json: readonly string[], part: number): Promise<string> {
  const codes = json.map((row) => regionRow.parse(JSON.parse(row)).region_id);
  const { rows } = await sql<{
    code: string;
  }>`select code from unnest(${codes}::text[]) code order by code`.execute(tx);
  return must(rows[rows.length === 1 ? 0 : part], 'there are as many parts as regions').code;
}

/** Inserts those rows that are of the region entered; gives how many they were. */
async function insert(tx: ScopedTransaction, table: BackupTable, rows: readonly string[]): Promise<number> {
  const name = sql.table(table);
  // The numbers of the audit log are kept as they were: they are its order.
  const overriding = table === 'audit' ? sql`overriding system value` : sql``;
  const { numAffectedRows = 0n } = await sql`
    insert into ${name} ${overriding}
    select * from jsonb_populate_recordset(null::${name}, ${`[${rows.join(',')}]`}::jsonb)
    where region_id = current_setting('pult.region', true)`.execute(tx);
  return Number(numAffectedRows);
}

const enter = (tx: ScopedTransaction, region: string) =>
  sql`select set_config('pult.region', ${region}, true)`.execute(tx);
