import { sql } from 'kysely';
import { CLOSED_STEPS, DUE_STEPS } from '#shared/domain/step.ts';
import type { Instant } from '#shared/domain/instant.ts';
import type { Control } from '#shared/report/ahead.ts';
import type { ScopedTransaction } from '#server/store/database.ts';
import { HAS_OPEN_PROMISE } from '#server/store/migrations/020-promised.ts';

/**
 * What open incidents owe that came before the end of a period: deadlines past at `asOf`, and promises; as `controlOfIncident` tells
 * it. Deadlines still to come are left out, for nothing counts them.
 */
export async function readControls(
  tx: ScopedTransaction,
  region: string,
  { before, asOf }: { readonly before: Instant; readonly asOf: Instant },
): Promise<readonly Control[]> {
  const { rows } = await sql<Control>`
    with owing as (
      select id from incident where region_id = ${region} and step = any(${[...DUE_STEPS]}::text[]) and due_at < ${asOf}
      union
      select id from incident where region_id = ${region} and ${sql.raw(HAS_OPEN_PROMISE)})
    select id, number, created_at as "createdAt", coalesce(agency, '') as agency,
      coalesce(group_name, '') as "group", coalesce(topic, '') as topic, coalesce(municipality, '') as municipality,
      case when step = any(${[...DUE_STEPS]}::text[]) then due_at end as "dueAt",
      (select min((promise->>'due')::bigint) from jsonb_array_elements(row->'promises') promise
        where promise->>'state' = 'open') as "promiseAt"
    from incident join owing using (id)
    where region_id = ${region} and created_at < ${before} and step <> all(${[...CLOSED_STEPS]}::text[])
    order by id`.execute(tx);
  return rows;
}
