import { sql } from 'kysely';
import { withScope } from '#server/store/database.ts';
import type { Outbox } from './outbox.ts';
import { cancelParted, PARTED } from './parted.ts';
import { PAGE_SWITCHED_OFF } from './reply-delivery.ts';

/** Time to think better of an approved reply. */
export const UNDO_MS = 15_000;

/**
 * Makes a row for each author of an approved reply: of the incident and of those merged into it, one for each
 * thread. The row itself is the job, so nothing is lost between the two. It goes to the author's newest
 * message; of one second's, to the one with the higher number. Rows whose reply was published by hand
 * meanwhile have nothing left to do; nor has one whose message was parted again, until it is merged again.
 */
export async function makeDeliveries(
  { db, now: clock, facts }: Pick<Outbox, 'db' | 'now' | 'facts'>,
  region: string,
): Promise<void> {
  const now = clock();
  await withScope(db, { region }, async (tx) => {
    await sql`with recursive family as (
        select i.id as root, i.id, jsonb_array_length(i.row -> 'replies') - 1 as reply,
          i.row -> 'replies' -> -1 ->> 'text' as text
        from incident i
        where i.region_id = ${region} and i.step = 'publishing'
          and i.row -> 'replies' -> -1 ->> 'state' = 'approved'
        union
        select f.root, m.id, f.reply, f.text from family f
          join incident m on m.region_id = ${region} and m.merged_into = f.id)
      insert into reply_send (region_id, id, channel_id, incident_id, reply, origin, thread, author, text,
        target,
        state, problem, not_before, changed_at)
      select distinct on (f.root, m.channel_id, m.thread) ${region}, gen_random_uuid(), m.channel_id, f.root,
        f.reply, f.id,
        m.thread, m.author, f.text, m.target, case when c.active then 'queued' else 'needs_you' end,
        case when c.active then null else ${PAGE_SWITCHED_OFF} end, ${now}::bigint + ${UNDO_MS}::int,
          ${now}::bigint
      from family f join channel_message m on m.region_id = ${region} and m.incident_id = f.id
        join channel c on c.region_id = ${region} and c.id = m.channel_id
      order by f.root, m.channel_id, m.thread, m.deleted_at is not null, m.at desc, length(m.key) desc,
        m.key desc
      on conflict (region_id, incident_id, reply, channel_id, thread) do update
        set state = excluded.state, problem = excluded.problem, origin = excluded.origin,
          target = excluded.target,
          not_before = excluded.not_before, changed_at = excluded.changed_at
        where reply_send.state = 'cancelled' and reply_send.problem = ${PARTED}`.execute(tx);
    await cancelParted(tx, region, now, facts);
    await sql`update reply_send r set state = 'cancelled', changed_at = ${now} where region_id = ${region}
      and state in ('queued', 'waiting', 'needs_you', 'possibly_sent') and not exists (select from incident i
        where i.region_id = r.region_id and i.id = r.incident_id and i.step = 'publishing'
          and jsonb_array_length(i.row -> 'replies') - 1 = r.reply)`.execute(tx);
  });
}
