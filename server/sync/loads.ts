import { sql } from 'kysely';
import { MS_PER_HOUR, type Instant } from '#shared/domain/instant.ts';
import { LOAD_HOURS, MOST_LOADS, type LoadRows, type SettingsLoad } from '#shared/protocol/loads.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

/** The commands of loads that may still be taken back: those that were carried out. */
const recent = (region: string, now: Instant) => sql`
  from sync_command where region_id = ${region} and name like 'saveRecords@%'
    and status in ('applied', 'merged') and recorded_at > ${now - LOAD_HOURS * MS_PER_HOUR}`;

/** Files of settings loaded lately, the newest first. What takes another back is no file. */
export async function readLoads(
  tx: ScopedTransaction,
  region: string,
  now: Instant,
): Promise<SettingsLoad[]> {
  const { rows } = await sql<SettingsLoad>`
    with commands as materialized (
      select incident_id as id, args, actor, recorded_at ${recent(region, now)} and incident_id is not null)
    select c.id, min(c.args ->> 'kind') as kind, min(c.args ->> 'file') as file, min(c.actor) as actor,
      min(c.recorded_at) as at, sum(jsonb_array_length(c.args -> 'rows'))::int as rows,
      exists (select from commands b where b.args ->> 'takesBack' = c.id::text) as "isTakenBack"
    from commands c where c.args ->> 'takesBack' is null and c.args ->> 'file' <> ''
    group by c.id order by min(c.recorded_at) desc limit ${MOST_LOADS}`.execute(tx);
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** The rows of one load, in their order; null when there is none that may be taken back. */
export async function readLoadRows(
  tx: ScopedTransaction,
  region: string,
  id: string,
  now: Instant,
): Promise<LoadRows | null> {
  const { rows } = await sql<{ args: LoadRows }>`
    select args ${recent(region, now)} and incident_id = ${id} order by v`.execute(tx);
  const [first] = rows;
  return first === undefined ? null : { kind: first.args.kind, rows: rows.flatMap(({ args }) => args.rows) };
}
