import { sql } from 'kysely';
import type { ScopedTransaction } from '#server/store/database.ts';
import { lockIncidents } from '#server/sync/store-changes.ts';
import { recordWhenDone } from './complete-reply.ts';

/**
 * The problem of a reply to an author whose message is no longer part of the one that was answered: its merge
 * was taken back.
 */
export const PARTED = 'pult:parted';

/** A reply to one author, as far as it is judged here. */
interface ToAuthor {
  readonly id: string;
  readonly incident_id: string;
  readonly origin: string;
  readonly reply: number;
  readonly channel_id: string;
}

/**
 * Which of these rows' messages have been parted from the incident that was answered, by themselves or with
 * one they were merged into.
 */
export async function partedOf<R extends ToAuthor>(
  tx: ScopedTransaction,
  region: string,
  rows: readonly R[],
): Promise<readonly R[]> {
  const merged = rows.filter(({ origin, incident_id: root }) => origin !== root);
  if (merged.length === 0) return [];
  const { rows: whole } = await sql<{ id: string; root: string }>`with recursive up as (
      select i.id as origin, i.id, i.merged_into from incident i
      where i.region_id = ${region} and i.id = any(${merged.map(({ origin }) => origin)}::uuid[])
      union
      select up.origin, p.id, p.merged_into from up join incident p on p.region_id = ${region}
        and p.id = up.merged_into)
    select origin as id, id as root from up`.execute(tx);
  const families = new Set(whole.map(({ id, root }) => `${id} ${root}`));
  return merged.filter(({ origin, incident_id: root }) => !families.has(`${origin} ${root}`));
}

/**
 * Takes back what waits for an author whose message was parted: it must hold up neither him nor the
 * publication to the others.
 */
export async function cancelParted(tx: ScopedTransaction, region: string, now: number): Promise<void> {
  const { rows } = await sql<ToAuthor>`select id, incident_id, origin, reply, channel_id from reply_send
    where region_id = ${region} and state in ('queued', 'waiting', 'needs_you')
      and origin <> incident_id`.execute(tx);
  const parted = await partedOf(tx, region, rows);
  if (parted.length === 0) return;
  await lockIncidents(
    tx,
    region,
    parted.map(({ incident_id: id }) => id),
  );
  await sql`update reply_send set state = 'cancelled', problem = ${PARTED}, changed_at = ${now}
    where region_id = ${region} and id = any(${parted.map(({ id }) => id)}::uuid[])
      and state in ('queued', 'waiting', 'needs_you')`.execute(tx);
  for (const { incident_id: incident, reply, channel_id: page } of parted)
    await recordWhenDone(tx, { region, incident, reply, by: `channel:${page}`, now });
}
