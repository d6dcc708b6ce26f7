import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { Outbox } from './outbox.ts';
import { cancelParted, PARTED } from './parted.ts';
import { PAGE_SWITCHED_OFF } from './reply-delivery.ts';

/**
 * The id goes to the network as the key of repeats, so it follows from what is answered: approved once more
 * after the database was put back, a reply is no second one (RFC 9562, version 8).
 */
const DELIVERY_ID = sql`overlay(overlay(md5(concat_ws('/', f.root, f.reply, m.channel_id, m.thread))
  placing '8' from 13) placing '8' from 17)::uuid`;
/**
 * The database was put back to an earlier moment after the reply was approved, so it may have gone out: its
 * network is asked, from the moment of the approval on, before anything is published twice.
 */
const WAS_PUT_BACK = sql`coalesce(f.approved <= k.put_back_at, false)`;

/** Time to think better of an approved reply. */
export const UNDO_MS = 15_000;

/**
 * Makes a row for each author of an approved reply: of the incident and of those merged into it, one for each
 * thread. The row itself is the job, so nothing is lost between the two. It goes to the author's newest
 * message; of one second's, to the one with the higher number. Rows whose reply was published by hand
 * meanwhile have nothing left to do; nor has one whose message was parted again, until it is merged again.
 */
export async function makeDeliveries(
  { db, now: clock }: Pick<Outbox, 'db' | 'now'>,
  region: string,
): Promise<void> {
  const now = clock();
  await withScope(db, { region }, async (tx) => {
    await insertDeliveries(tx, region, now);
    await cancelParted(tx, region, now);
    await sql`update reply_send r set state = 'cancelled', changed_at = ${now} where region_id = ${region}
      and state in ('queued', 'waiting', 'needs_you', 'possibly_sent') and not exists (select from incident i
        where i.region_id = r.region_id and i.id = r.incident_id and i.step = 'publishing'
          and jsonb_array_length(i.row -> 'replies') - 1 = r.reply)`.execute(tx);
  });
}

/** See {@link makeDeliveries}: the rows of what was approved and has none yet. */
async function insertDeliveries(tx: ScopedTransaction, region: string, now: Instant): Promise<void> {
  await sql`with recursive family as (
      select i.id as root, i.id, jsonb_array_length(i.row -> 'replies') - 1 as reply,
        i.row -> 'replies' -> -1 ->> 'text' as text,
        (i.row -> 'replies' -> -1 ->> 'approvedAt')::bigint as approved
      from incident i
      where i.region_id = ${region} and i.step = 'publishing'
        and i.row -> 'replies' -> -1 ->> 'state' = 'approved'
      union
      select f.root, m.id, f.reply, f.text, f.approved from family f
        join incident m on m.region_id = ${region} and m.merged_into = f.id)
    insert into reply_send (region_id, id, channel_id, incident_id, reply, origin, thread, author, text,
      target,
      state, problem, not_before, changed_at)
    select distinct on (f.root, m.channel_id, m.thread) ${region}, ${DELIVERY_ID}, m.channel_id, f.root,
      f.reply, f.id, m.thread, m.author, f.text, m.target,
      case when not c.active then 'needs_you' when ${WAS_PUT_BACK} then 'possibly_sent'
        else 'queued' end,
      case when c.active then null else ${PAGE_SWITCHED_OFF} end, ${now}::bigint + ${UNDO_MS}::int,
      case when ${WAS_PUT_BACK} then f.approved else ${now}::bigint end
    from family f join sync_clock k on k.region_id = ${region}
      join channel_message m on m.region_id = ${region} and m.incident_id = f.id
      join channel c on c.region_id = ${region} and c.id = m.channel_id
    order by f.root, m.channel_id, m.thread, m.deleted_at is not null, m.at desc, length(m.key) desc,
      m.key desc
    on conflict (region_id, incident_id, reply, channel_id, thread) do update
      set state = excluded.state, problem = excluded.problem, origin = excluded.origin,
        target = excluded.target,
        not_before = excluded.not_before, changed_at = excluded.changed_at
      where reply_send.state = 'cancelled' and reply_send.problem = ${PARTED}`.execute(tx);
}
