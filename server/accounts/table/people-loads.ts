import { sql } from 'kysely';
import { MS_PER_HOUR, type Instant } from '#shared/domain/instant.ts';
import { LOAD_HOURS, MOST_LOADS, type SettingsLoad } from '#shared/protocol/loads.ts';
import type { ScopedTransaction } from '#server/store/database.ts';

const recent = (region: string, now: Instant) => sql`
  from audit where region_id = ${region} and at > ${now - LOAD_HOURS * MS_PER_HOUR}`;

/** Tables of people that were loaded within a day, the newest first; the audit log knows them. */
export async function listPeopleLoads(
  tx: ScopedTransaction,
  region: string,
  now: Instant,
): Promise<SettingsLoad[]> {
  const { rows } = await sql<SettingsLoad>`
    with loads as materialized (
      select id as line, at, actor, detail ${recent(region, now)} and action = 'people_loaded')
    select l.detail ->> 'id' as id, 'account' as kind, l.detail ->> 'file' as file, l.actor, l.at,
      (l.detail ->> 'added')::int + (l.detail ->> 'changed')::int as rows,
      exists (select from loads b where b.detail ->> 'takesBack' = l.detail ->> 'id') as "isTakenBack"
    from loads l where l.detail ->> 'takesBack' is null
    order by l.at desc, l.line desc limit ${MOST_LOADS}`.execute(tx);
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}

/** A line of a load: what it made of somebody. */
export interface LoadLine {
  readonly account: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The lines of a load that may still be taken back, in their order. */
export async function readLoadLines(
  tx: ScopedTransaction,
  region: string,
  load: string,
  now: Instant,
): Promise<readonly LoadLine[]> {
  const { rows } = await sql<LoadLine>`
    select detail ->> 'account' as account, action, detail ${recent(region, now)}
      and detail ->> 'load' = ${load}
    order by id`.execute(tx);
  return rows;
}

/** Those among these people who have done something themselves since a moment: they came in. */
export async function findComers(
  tx: ScopedTransaction,
  region: string,
  accounts: readonly string[],
  since: Instant,
): Promise<ReadonlySet<string>> {
  if (accounts.length === 0) return new Set();
  const rows = await tx
    .selectFrom('audit')
    .select('actor')
    .distinct()
    .where('region_id', '=', region)
    .where('actor', 'in', accounts)
    .where('at', '>=', since)
    .where('action', '!=', 'login_failed')
    .where('action', '!=', 'login_limited')
    .execute();
  return new Set(rows.map(({ actor }) => actor));
}
