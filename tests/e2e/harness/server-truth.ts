import { join } from 'node:path';
import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import { connect, withScope, type ScopedTransaction } from '#server/store/database.ts';
import { ownerUrlOf, readConfig } from '#server/store/embedded/cluster-config.ts';

const REGION = 'eao';

/** Reads the tables of an installation, beside the API. */
export interface ServerTruth {
  readonly clock: number;
  /** Revisions that nothing carries, or that lie past the clock. */
  readonly missingRevisions: readonly number[];
  /** Incidents whose number of events, version or order of events do not agree. */
  readonly tornIncidents: readonly string[];
  /** Clients whose commands are not numbered 1, 2, … up to their count. */
  readonly tornClients: readonly string[];
  /** Decided commands: id -> how many incidents' events name it, and its stored status. */
  readonly commands: ReadonlyMap<
    string,
    { readonly status: string; readonly incidents: number; readonly seq: number; readonly client: string }
  >;
  /** Texts of notes that are in some incident more than once. */
  readonly doubledNotes: readonly string[];
}

/** The owner's address of the embedded database of a data folder. */
export function ownerUrl(dataDir: string): string {
  return ownerUrlOf(must(readConfig(join(dataDir, 'postgres.json')), `a database in ${dataDir}`));
}

const MISSING = sql<{ v: number }>`
  with seen as (
    select v from incident union select v from event union select v from change_log union select v
      from sync_command
    union select v from sync_replay union select v from reference)
  select g.v::int as v from generate_series(1, (select v from sync_clock)) as g(v) where g.v not in (select v
    from seen)
  union all select v::int from seen where v > (select v from sync_clock)`;

const TORN_INCIDENTS = sql<{ id: string }>`
  select i.id from incident i left join lateral (
    select count(*) as n, max(e.n) as last, min(e.n) as first, bool_and(e.v <= i.v) as not_ahead from event e
    where e.region_id = i.region_id and e.incident_id = i.id) e on true
  where e.n <> i.version or e.last - e.first + 1 <> e.n or not e.not_ahead
    or (i.row ->> 'version')::int <> i.version`;

const TORN_CLIENTS = sql<{ id: string }>`
  select s.client_id as id from sync_client s left join lateral (
    select count(*) as n, coalesce(max(c.seq), 0) as last from (
      select seq from sync_command where client_id = s.client_id union all select seq from sync_replay
        where client_id = s.client_id) c) c on true
  where c.n <> s.last_seq or c.last <> s.last_seq`;

const COMMANDS = sql<{ id: string; status: string; incidents: number; seq: number; client: string }>`
  select c.id, c.status, c.seq, c.client_id as client, (select count(distinct e.incident_id)::int
    from event e where e.command_id = c.id) as incidents
  from sync_command c`;

const DOUBLED = sql<{ text: string }>`
  select note ->> 'text' as text from incident i cross join lateral jsonb_array_elements(i.row -> 'notes') as
    note
  where note ->> 'text' like 'заметка %' group by 1 having count(*) > 1`;

async function readTruth(tx: ScopedTransaction): Promise<ServerTruth> {
  const [clock] = (await sql<{ v: number }>`select v::int as v from sync_clock`.execute(tx)).rows;
  const commands = (await COMMANDS.execute(tx)).rows;
  return {
    clock: must(clock, 'a clock').v,
    missingRevisions: (await MISSING.execute(tx)).rows.map(({ v }) => v),
    tornIncidents: (await TORN_INCIDENTS.execute(tx)).rows.map(({ id }) => id),
    tornClients: (await TORN_CLIENTS.execute(tx)).rows.map(({ id }) => id),
    commands: new Map(commands.map((row) => [row.id, row])),
    doubledNotes: (await DOUBLED.execute(tx)).rows.map(({ text }) => text),
  };
}

/** Reads the demo region's tables in one snapshot. */
export async function serverTruth(dataDir: string): Promise<ServerTruth> {
  const db = connect(ownerUrl(dataDir), 1);
  try {
    return await withScope(db, { region: REGION }, readTruth);
  } finally {
    await db.destroy();
  }
}
