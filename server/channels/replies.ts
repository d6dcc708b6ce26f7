import { sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import { openReply } from '#shared/domain/incident.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { ReplySendTable } from '#server/store/schema.ts';
import type { Selectable } from 'kysely';
import { lockIncidents } from '#server/sync/store-changes.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import type { Channels } from './channels.ts';
import type { Channel, Sent, Target } from './network.ts';
import { paceOf } from './pace.ts';
import { commandBySystem } from './system-command.ts';

type Row = Selectable<ReplySendTable>;

/** Time to think better of an approved reply. */
export const UNDO_MS = 15_000;
/** A sender that says nothing for so long is dead. */
const STUCK_MS = 60_000;
/** Before an unclear attempt is made again, where the network knows repeats. */
const AGAIN_MS = 30_000;

/** Approved replies to what came from a page get a row each; the row itself is the job, so nothing is lost between the two. */
export async function enqueueReplies(channels: Channels, region: string): Promise<void> {
  const now = channels.now();
  await withScope(channels.db, { region }, (tx) =>
    sql`insert into reply_send (region_id, id, channel_id, incident_id, reply, text, target, state, not_before, changed_at)
      select i.region_id, gen_random_uuid(), m.channel_id, i.id, jsonb_array_length(i.row -> 'replies') - 1,
        i.row -> 'replies' -> -1 ->> 'text', m.target, 'queued', ${now}::bigint + ${UNDO_MS}::int, ${now}
      from incident i join lateral (
        select channel_id, target from channel_message m
        where m.region_id = i.region_id and m.incident_id = i.id order by at desc limit 1) m on true
      join channel c on c.region_id = i.region_id and c.id = m.channel_id and c.active
      where i.region_id = ${region} and i.step = 'publishing' and i.row -> 'replies' -> -1 ->> 'state' = 'approved'
      on conflict (region_id, incident_id, reply) do nothing`.execute(tx),
  );
}

/** Rows of a sender that died while it was sending. */
async function revive(tx: ScopedTransaction, channels: Channels, region: string, now: number): Promise<void> {
  const { rows } = await sql<{ id: string; network: string }>`select r.id, c.network from reply_send r
    join channel c on c.region_id = r.region_id and c.id = r.channel_id
    where r.region_id = ${region} and r.state = 'sending' and r.changed_at <= ${now - STUCK_MS}
    for update of r skip locked`.execute(tx);
  for (const { id, network } of rows) {
    const state = channels.connector(network)?.knowsRepeats === true ? 'queued' : 'possibly_sent';
    await mark(tx, region, id, { state, changed_at: now });
  }
}

async function mark(tx: ScopedTransaction, region: string, id: string, fields: Partial<Row>): Promise<void> {
  const { target: _target, ...plain } = fields;
  await tx
    .updateTable('reply_send')
    .set(plain)
    .where('region_id', '=', region)
    .where('id', '=', id)
    .execute();
}

/** Whether the reply still waits for publication with these very words; somebody may have published it by hand. */
function isStillWanted(incident: Incident | undefined, row: Row): boolean {
  if (incident?.step.name !== 'publishing' || incident.replies.length - 1 !== row.reply) return false;
  const reply = openReply(incident);
  return reply?.state === 'approved' && reply.text === row.text;
}

/** The next reply of a page whose time has come, marked as being sent; null when there is none. */
async function claim(channels: Channels, region: string, page: string | null): Promise<Row | null> {
  const now = channels.now();
  return withScope(channels.db, { region }, async (tx) => {
    await revive(tx, channels, region, now);
    const row = await tx
      .selectFrom('reply_send')
      .selectAll()
      .where('region_id', '=', region)
      .where('state', 'in', ['queued', 'waiting'])
      .where('not_before', '<=', now)
      .$if(page !== null, (rows) => rows.where('channel_id', '=', page))
      .orderBy('not_before')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return null;
    const incident = (await lockIncidents(tx, region, [row.incident_id])).get(row.incident_id);
    const state = isStillWanted(incident, row) ? 'sending' : 'cancelled';
    await mark(tx, region, row.id, { state, changed_at: now, attempts: row.attempts + 1 });
    return { ...row, state };
  });
}

/** What the row becomes after an attempt. */
function outcomeOf(sent: Sent, knowsRepeats: boolean, now: number): Partial<Row> {
  switch (sent.kind) {
    case 'sent':
      return { state: 'sent', link: sent.link, problem: null };
    case 'wait':
      return { state: 'waiting', not_before: now + sent.ms, problem: sent.problem };
    case 'needs_you':
      return { state: 'needs_you', problem: sent.problem };
    case 'unclear':
      return knowsRepeats
        ? { state: 'waiting', not_before: now + AGAIN_MS, problem: sent.problem }
        : { state: 'possibly_sent', problem: sent.problem };
    default:
      return sent satisfies never;
  }
}

/** Writes down how an attempt ended; a reply that was sent is recorded as published. */
export async function finishReply(
  channels: Channels,
  channel: Channel,
  row: Row,
  sent: Sent,
  knowsRepeats: boolean,
): Promise<void> {
  const { region, id, name } = channel;
  await withRetries(() =>
    withScope(channels.db, { region }, async (tx) => {
      const now = channels.now();
      await mark(tx, region, row.id, { ...outcomeOf(sent, knowsRepeats, now), changed_at: now });
      if (sent.kind !== 'sent') return;
      const args = { at: now, link: sent.link, account: name, hasMedia: false };
      const command = { name: 'recordPublication' as const, args };
      const by = `channel:${id}`;
      // A refusal means that somebody recorded the publication by hand meanwhile: the step says so, nothing is left to do.
      await commandBySystem(tx, {
        region,
        incident: row.incident_id,
        by,
        command,
        now,
        facts: channels.facts,
      });
    }),
  );
  if (sent.kind === 'sent') await channels.setTrouble(channel, null);
  if (sent.kind === 'needs_you' && sent.trouble !== null) await channels.setTrouble(channel, sent.trouble);
}

/** Sends every reply of a region, or of one of its pages, whose time has come. */
export async function sendReplies(
  channels: Channels,
  region: string,
  page: string | null = null,
): Promise<void> {
  const next = (): Promise<Row | null> => claim(channels, region, page);
  for (let row = await next(); row !== null; row = await next()) {
    if (row.state === 'cancelled') continue;
    const channel = await channels.find(region, row.channel_id);
    const connector = channel === null ? null : channels.connector(channel.network);
    if (channel === null || connector === null) continue;
    const { id: key, text, target } = row;
    const reply = { key, text, target: target as unknown as Target };
    const sent = await connector.send(channel, reply, paceOf(channels.db, region));
    await finishReply(channels, channel, row, sent, connector.knowsRepeats);
  }
}

/** Takes a reply back that has not been sent. False when it is too late. */
export async function cancelReply(channels: Channels, region: string, id: string): Promise<boolean> {
  const { numUpdatedRows } = await withScope(channels.db, { region }, (tx) =>
    tx
      .updateTable('reply_send')
      .set({ state: 'cancelled', changed_at: channels.now() })
      .where('region_id', '=', region)
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'waiting', 'needs_you'])
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}
