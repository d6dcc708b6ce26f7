import { sql } from 'kysely';
import { agencySchema } from '#shared/domain/directory.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { readableOf } from '#shared/domain/readable.ts';
import { RECORD_RULES, type RecordKind } from '#shared/domain/records/record-rules.ts';
import type { AgencyWork, Surroundings } from '#shared/domain/records/surroundings.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { IS_CLOSED_SQL } from './is-closed-sql.ts';
import { readReferenceRows } from './reference.ts';

/**
 * Gives what the judge of a record looks at and holds up other settings of the region until the transaction
 * ends: two agencies saved at one moment would not know of each other, and both be called the same.
 */
export async function lockSurroundings(
  tx: ScopedTransaction,
  region: string,
  kind: RecordKind,
  id: string,
  at: Instant,
): Promise<Surroundings | null> {
  if (RECORD_RULES[kind].judge === null) return null;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`settings of ${region}`}, 0))`.execute(tx);
  const rows = await readReferenceRows(tx, region, 'agency');
  const agencies = readableOf(
    agencySchema,
    rows.map(({ row }) => row),
  );
  return {
    at,
    agencies: new Map(agencies.map((agency) => [agency.id, agency])),
    work: await readAgencyWork(tx, region, id, at),
  };
}

/** Counts what hangs on an agency now. */
export async function readAgencyWork(
  tx: ScopedTransaction,
  region: string,
  agency: string,
  at: Instant,
): Promise<AgencyWork> {
  const { rows } = await sql<AgencyWork>`select
    (select count(*)::int from incident
      where region_id = ${region} and agency = ${agency} and not ${sql.raw(IS_CLOSED_SQL)}) as incidents,
    (select count(*)::int from reference
      where region_id = ${region} and kind = 'route' and not deleted and row ->> 'agency' = ${agency}
        and coalesce((row ->> 'validTo')::bigint > ${at}::bigint, true)) as routes`.execute(tx);
  return must(rows[0], 'a row of counts');
}
