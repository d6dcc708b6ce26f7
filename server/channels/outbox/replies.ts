import { sql } from 'kysely';
import type { Incident } from '#shared/domain/incident.ts';
import { openReply } from '#shared/domain/incident.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { ReplySendTable } from '#server/store/channel-tables.ts';
import type { Selectable } from 'kysely';
import { lockIncidents } from '#server/sync/store-changes.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import type { Channels } from '#server/channels/channels.ts';
import { recordWhenDone } from './complete-reply.ts';
import type { Page, NetworkConnector, SendResult, ReplyTarget } from '#server/channels/networks/connector.ts';
import { paceOf } from '#server/channels/networks/pace.ts';
import { filesOfReply } from './reply-files.ts';
import { cancelParted, PARTED, partedOf } from './parted.ts';

type ReplyDelivery = Selectable<ReplySendTable>;

/** Time to think better of an approved reply. */
export const UNDO_MS = 15_000;
/** A sender that says nothing for so long is dead. */
const STUCK_MS = 60_000;
/** The problem of a reply whose page an administrator has switched off. */
const PAGE_OFF = 'pult:page_off';
/** Before an unclear attempt is made again, where the network knows repeats. */
const AGAIN_MS = 30_000;

/**
 * Approved replies get a row for each author: of the incident and of those merged into it, one for each
 * thread. The row itself is the job, so nothing is lost between the two. It goes to the author's newest
 * message; of one second's, to the one with the higher number. Rows whose reply was published by hand
 * meanwhile have nothing left to do; nor has one whose message was parted again, until it is merged again.
 */
export async function makeDeliveries(channels: Channels, region: string): Promise<void> {
  const now = channels.now();
  await withScope(channels.db, { region }, async (tx) => {
    await sql`with recursive family as (
        select i.id as root, i.id, jsonb_array_length(i.row -> 'replies') - 1 as reply,
          i.row -> 'replies' -> -1 ->> 'text' as text
        from incident i
        where i.region_id = ${region} and i.step = 'publishing' and i.row -> 'replies' -> -1 ->> 'state' = 'approved'
        union
        select f.root, m.id, f.reply, f.text from family f
          join incident m on m.region_id = ${region} and m.merged_into = f.id)
      insert into reply_send (region_id, id, channel_id, incident_id, reply, origin, thread, author, text, target,
        state, problem, not_before, changed_at)
      select distinct on (f.root, m.channel_id, m.thread) ${region}, gen_random_uuid(), m.channel_id, f.root, f.reply, f.id,
        m.thread, m.author, f.text, m.target, case when c.active then 'queued' else 'needs_you' end,
        case when c.active then null else ${PAGE_OFF} end, ${now}::bigint + ${UNDO_MS}::int, ${now}::bigint
      from family f join channel_message m on m.region_id = ${region} and m.incident_id = f.id
        join channel c on c.region_id = ${region} and c.id = m.channel_id
      order by f.root, m.channel_id, m.thread, m.deleted_at is not null, m.at desc, length(m.key) desc, m.key desc
      on conflict (region_id, incident_id, reply, channel_id, thread) do update
        set state = excluded.state, problem = excluded.problem, origin = excluded.origin, target = excluded.target,
          not_before = excluded.not_before, changed_at = excluded.changed_at
        where reply_send.state = 'cancelled' and reply_send.problem = ${PARTED}`.execute(tx);
    await cancelParted(tx, region, now, channels.facts);
    await sql`update reply_send r set state = 'cancelled', changed_at = ${now} where region_id = ${region}
      and state in ('queued', 'waiting', 'needs_you', 'possibly_sent') and not exists (select from incident i
        where i.region_id = r.region_id and i.id = r.incident_id and i.step = 'publishing'
          and jsonb_array_length(i.row -> 'replies') - 1 = r.reply)`.execute(tx);
  });
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

async function mark(
  tx: ScopedTransaction,
  region: string,
  id: string,
  fields: Partial<ReplyDelivery>,
): Promise<void> {
  const { target: _target, ...plain } = fields;
  await tx
    .updateTable('reply_send')
    .set(plain)
    .where('region_id', '=', region)
    .where('id', '=', id)
    .execute();
}

/** Whether the reply still waits for publication with these very words. */
function isStillWanted(incidents: ReadonlyMap<string, Incident>, row: ReplyDelivery): boolean {
  const incident = incidents.get(row.incident_id);
  if (incident?.step.name !== 'publishing' || incident.replies.length - 1 !== row.reply) return false;
  const reply = openReply(incident);
  return reply?.state === 'approved' && reply.text === row.text;
}

/** The next reply of a page whose time has come, marked as being sent; null when there is none. */
async function leaseDelivery(
  channels: Channels,
  region: string,
  page: string | null,
): Promise<ReplyDelivery | null> {
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
    const incidents = await lockIncidents(tx, region, [row.incident_id, row.origin]);
    const isParted = (await partedOf(tx, region, [row])).length > 0;
    const state = !isParted && isStillWanted(incidents, row) ? 'sending' : 'cancelled';
    const problem = isParted ? { problem: PARTED } : {};
    await mark(tx, region, row.id, { state, ...problem, changed_at: now, attempts: row.attempts + 1 });
    if (state === 'cancelled') {
      const { incident_id: id, reply, channel_id: page } = row;
      await recordWhenDone(tx, {
        region,
        incident: id,
        reply,
        by: `channel:${page}`,
        now,
        facts: channels.facts,
      });
    }
    return { ...row, state };
  });
}

/** What the row becomes after an attempt. */
function outcomeOf(sent: SendResult, knowsRepeats: boolean, now: number): Partial<ReplyDelivery> {
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
export async function finishDelivery(
  channels: Channels,
  channel: Page,
  row: ReplyDelivery,
  sent: SendResult,
  knowsRepeats: boolean,
): Promise<void> {
  const { region, id } = channel;
  const { incident_id: incident, reply } = row;
  await withRetries(() =>
    withScope(channels.db, { region }, async (tx) => {
      const now = channels.now();
      await lockIncidents(tx, region, [incident]);
      await mark(tx, region, row.id, { ...outcomeOf(sent, knowsRepeats, now), changed_at: now });
      const by = `channel:${id}`;
      if (sent.kind === 'sent')
        await recordWhenDone(tx, { region, incident, reply, by, now, facts: channels.facts });
    }),
  );
  if (sent.kind === 'sent') await channels.setTrouble(channel, null);
  if (sent.kind === 'needs_you' && sent.trouble !== null) await channels.setTrouble(channel, sent.trouble);
}

/** A page that was switched off after its reply was queued says nothing more. */
const OFF: SendResult = { kind: 'needs_you', problem: PAGE_OFF, trouble: null };

/** A sender says that it lives: files may take longer than {@link STUCK_MS}. */
function keepAlive(channels: Channels, { region_id: region, id }: ReplyDelivery): Disposable {
  const say = (): Promise<unknown> =>
    withScope(channels.db, { region }, (tx) =>
      tx
        .updateTable('reply_send')
        .set({ changed_at: channels.now() })
        .where('region_id', '=', region)
        .where('id', '=', id)
        .where('state', '=', 'sending')
        .execute(),
    ).catch(() => undefined);
  const timer = setInterval(() => void say(), STUCK_MS / 4);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** One attempt to send a reply with its files. */
async function attempt(
  channels: Channels,
  channel: Page,
  connector: NetworkConnector,
  row: ReplyDelivery,
): Promise<SendResult> {
  if (!channel.active) return OFF;
  const found = await filesOfReply(channels, row);
  if (!found.ok) return found.sent;
  const { id: key, text, target } = row;
  const reply = { key, text, target: target as unknown as ReplyTarget, files: found.files };
  using _alive = keepAlive(channels, row);
  return await connector.send(channel, reply, paceOf(channels.db, channel.region));
}

/** Sends every reply of a region, or of one of its pages, whose time has come. */
export async function sendDueReplies(
  channels: Channels,
  region: string,
  page: string | null = null,
): Promise<void> {
  const next = (): Promise<ReplyDelivery | null> => leaseDelivery(channels, region, page);
  for (let row = await next(); row !== null; row = await next()) {
    if (row.state === 'cancelled') continue;
    const channel = await channels.find(region, row.channel_id);
    const connector = channel === null ? null : channels.connector(channel.network);
    if (channel === null || connector === null) continue;
    const sent = await attempt(channels, channel, connector, row);
    await finishDelivery(channels, channel, row, sent, connector.knowsRepeats);
  }
}
