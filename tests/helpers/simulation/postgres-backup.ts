import { sql } from 'kysely';
import { withScope, type Database } from '#server/store/database.ts';
import type { WayBack } from './region.ts';

/** Tables of the sync protocol, those first that others name. */
const TABLES = [
  'sync_clock',
  'revision',
  'incident',
  'event',
  'change_log',
  'sync_client',
  'sync_command',
  'sync_replay',
  'reference',
] as const;

/** Sums for summaries: a copy of the database has them, a backup of `npm run backup` does not. */
const FACTS = ['incident_fact', 'fact_day', 'fact_topic', 'fact_clock'] as const;

/** One region at one moment: its rows, as JSON by table, and its epoch. */
export interface RegionBackup {
  readonly epoch: string;
  readonly rows: ReadonlyMap<string, string>;
}

/** Keeps the rows of a region. */
export const keepRegion = (owner: Database, region: string): Promise<RegionBackup> =>
  withScope(owner, { region }, async (tx) => {
    const kept = new Map<string, string>();
    for (const table of [...TABLES, ...FACTS]) {
      const { rows } = await sql<{ rows: string }>`select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as rows
        from ${sql.table(table)} t where region_id = ${region}`.execute(tx);
      kept.set(table, rows[0]?.rows ?? '[]');
    }
    const home = tx.selectFrom('region').select('epoch').where('region_id', '=', region);
    return { ...(await home.executeTakeFirstOrThrow()), rows: kept };
  });

/** Puts the rows of a region back as they were kept, in place of those that are there. */
export const putRegionBack = (
  owner: Database,
  region: string,
  { epoch, rows: kept }: RegionBackup,
  way: WayBack,
): Promise<void> =>
  withScope(owner, { region }, async (tx) => {
    for (const table of [...TABLES, ...FACTS].toReversed())
      await sql`delete from ${sql.table(table)} where region_id = ${region}`.execute(tx);
    for (const table of way === 'copy' ? [...TABLES, ...FACTS] : TABLES)
      await sql`insert into ${sql.table(table)} select * from
        jsonb_populate_recordset(null::${sql.table(table)}, ${kept.get(table) ?? '[]'}::jsonb)`.execute(tx);
    await tx.updateTable('region').set({ epoch }).where('region_id', '=', region).execute();
  });
