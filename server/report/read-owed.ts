import { sql } from 'kysely';
import { CLOSED_STEPS, DUE_STEPS } from '#shared/domain/step.ts';
import { NEAREST, type Control, type Owed, type OwedMoments } from '#shared/report/facts/controls.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { HAS_OPEN_PROMISE } from '#server/store/migrations/020-promised.ts';

const DUE = sql`${[...DUE_STEPS]}::text[]`;
const CLOSED = sql`${[...CLOSED_STEPS]}::text[]`;

/** Reads what open incidents owe. */
export async function readOwed(tx: ScopedTransaction, region: string, moments: OwedMoments): Promise<Owed> {
  return { overdue: await overdue(tx, region, moments), ...(await promised(tx, region, moments)) };
}

async function overdue(
  tx: ScopedTransaction,
  region: string,
  { before, asOf }: OwedMoments,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ agency: string; count: number }>`
    select coalesce(agency, '') as agency, count(*) as count from incident
    where region_id = ${region} and step = any(${DUE}) and due_at < ${asOf} and created_at < ${before}
    group by 1`.execute(tx);
  return new Map(rows.map(({ agency, count }) => [agency, count]));
}

async function promised(
  tx: ScopedTransaction,
  region: string,
  { before, asOf, until }: OwedMoments,
): Promise<Omit<Owed, 'overdue'>> {
  const { rows } = await sql<Control & { promised: number; late: number }>`
    select id, number, created_at as "createdAt", coalesce(agency, '') as agency,
      coalesce(group_name, '') as "group", coalesce(topic, '') as topic,
      coalesce(municipality, '') as municipality,
      case when step = any(${DUE}) then due_at end as "dueAt", promise_at as "promiseAt",
      count(*) over () as promised, count(*) filter (where promise_at < ${asOf}) over () as late
    from incident, lateral (
      select min((promise->>'due')::bigint) as promise_at from jsonb_array_elements(row->'promises') promise
      where promise->>'state' = 'open') nearest
    where region_id = ${region} and ${sql.raw(HAS_OPEN_PROMISE)} and created_at < ${before}
      and step <> all(${CLOSED}) and promise_at < ${until}
    order by promise_at, id limit ${NEAREST}`.execute(tx);
  const [first] = rows;
  const nearest = rows.map((row) => {
    const { promised: _promised, late: _late, ...control } = row;
    return control;
  });
  return { promised: first?.promised ?? 0, promisedLate: first?.late ?? 0, nearest };
}
