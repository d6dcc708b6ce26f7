import { sql } from 'kysely';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import type { Instant } from '#shared/domain/instant.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import { lockIncidents } from '#server/sync/store-changes.ts';
import { recordWhenDone } from './complete-reply.ts';
import type { Outbox } from './outbox.ts';
import { PARTED, partedOf } from './parted.ts';
import { markDelivery, type ReplyDelivery } from './reply-delivery.ts';

/** A sender that says nothing for so long is dead. */
const STUCK_MS = 60_000;

/** Gives back the rows of a sender that died while it was sending. */
async function revive(tx: ScopedTransaction, outbox: Outbox, region: string, now: number): Promise<void> {
  const { rows } = await sql<{ id: string; network: string }>`select r.id, c.network from reply_send r
    join channel c on c.region_id = r.region_id and c.id = r.channel_id
    where r.region_id = ${region} and r.state = 'sending' and r.changed_at <= ${now - STUCK_MS}
    for update of r skip locked`.execute(tx);
  for (const { id, network } of rows) {
    const state = outbox.pages.connector(network)?.knowsRepeats === true ? 'queued' : 'possibly_sent';
    await markDelivery(tx, region, id, { state, changed_at: now });
  }
}

/** Tells whether the reply still waits for publication with these very words. */
function isStillWanted(incidents: ReadonlyMap<string, Incident>, row: ReplyDelivery): boolean {
  const incident = incidents.get(row.incident_id);
  if (incident?.step.name !== 'publishing' || incident.replies.length - 1 !== row.reply) return false;
  const reply = openReply(incident);
  return reply?.state === 'approved' && reply.text === row.text;
}

/** Locks the next row whose time has come and that no other process holds. */
async function nextDue(
  tx: ScopedTransaction,
  region: string,
  pageId: string | null,
  now: Instant,
): Promise<ReplyDelivery | undefined> {
  return tx
    .selectFrom('reply_send')
    .selectAll()
    .where('region_id', '=', region)
    .where('state', 'in', ['queued', 'waiting'])
    .where('not_before', '<=', now)
    .$if(pageId !== null, (rows) => rows.where('channel_id', '=', pageId))
    .orderBy('not_before')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/**
 * Takes the next reply of a region, or of one of its pages, whose time has come and marks it as being sent;
 * null when there is none. One that nobody wants any more is cancelled and given as such.
 */
export async function leaseDelivery(
  outbox: Outbox,
  region: string,
  pageId: string | null,
): Promise<ReplyDelivery | null> {
  const now = outbox.now();
  return withScope(outbox.db, { region }, async (tx) => {
    await revive(tx, outbox, region, now);
    const row = await nextDue(tx, region, pageId, now);
    if (row === undefined) return null;
    const incidents = await lockIncidents(tx, region, [row.incident_id, row.origin]);
    const isParted = (await partedOf(tx, region, [row])).length > 0;
    const state = !isParted && isStillWanted(incidents, row) ? 'sending' : 'cancelled';
    const problem = isParted ? { problem: PARTED } : {};
    await markDelivery(tx, region, row.id, {
      state,
      ...problem,
      changed_at: now,
      attempts: row.attempts + 1,
    });
    if (state === 'cancelled') {
      const { incident_id: id, reply, channel_id: page } = row;
      await recordWhenDone(tx, {
        region,
        incident: id,
        reply,
        by: `channel:${page}`,
        now,
      });
    }
    return { ...row, state };
  });
}

/** Says again and again that the sender lives: files may take longer than {@link STUCK_MS}. */
export function keepLease(outbox: Outbox, { region_id: region, id }: ReplyDelivery): Disposable {
  const renew = (): Promise<unknown> =>
    withScope(outbox.db, { region }, (tx) =>
      tx
        .updateTable('reply_send')
        .set({ changed_at: outbox.now() })
        .where('region_id', '=', region)
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .execute(),
    ).catch(() => undefined);
  const timer = setInterval(() => void renew(), STUCK_MS / 4);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
