import { sql, type Selectable } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { isDatabaseAway } from '#server/api/errors.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import type { ChannelEventTable } from '#server/store/channel-tables.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { albumOf, isComplete } from './album.ts';
import { noteTrouble, type Channels } from './channels.ts';
import { NotTaken, takeIn, type Taken } from './take-in.ts';

type StoredEvent = Selectable<ChannelEventTable>;

interface EventName {
  readonly channel_id: string;
  readonly key: string;
  readonly received_at: Instant;
}

async function settle(tx: ScopedTransaction, region: string, event: EventName, taken: Taken): Promise<void> {
  await tx
    .updateTable('channel_event')
    .set({ state: taken.state, reason: taken.reason, incident_id: taken.incident })
    .where('region_id', '=', region)
    .where('channel_id', '=', event.channel_id)
    .where('key', '=', event.key)
    .execute();
  if (taken.newSince === null) return;
  const isRecovered = event.key.startsWith('read:');
  const delay = event.received_at - taken.newSince;
  await tx
    .updateTable('channel')
    .set(({ eb }) => (isRecovered ? { recovered: eb('recovered', '+', 1) } : { delay_ms: delay }))
    .where('region_id', '=', region)
    .where('id', '=', event.channel_id)
    .execute();
}

/** An edit must not overtake what it edits. */
async function oneAfterAnother(tx: ScopedTransaction, region: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`channels:${region}`}, 0))`.execute(tx);
}

/** The oldest event of a region not taken in yet. */
async function nextEvent(tx: ScopedTransaction, region: string, now: Instant) {
  await oneAfterAnother(tx, region);
  return tx
    .selectFrom('channel_event')
    .selectAll()
    .where('region_id', '=', region)
    .where('state', '=', 'new')
    .where(isComplete(now))
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
}

/** Makes sense of a stored event and carries it into incidents. `isWanted`: by a person's word, past the rules. */
async function takeEvent(
  tx: ScopedTransaction,
  channels: Channels,
  region: string,
  event: StoredEvent,
  isWanted: boolean,
): Promise<Taken> {
  const channel = must(await channels.find(region, event.channel_id), 'the page of an event');
  const connector = must(channels.connector(channel.network), 'the connector of an event');
  const { rules } = channel;
  const { received_at: receivedAt } = event;
  const intake = { channel, rules, isWanted, receivedAt, now: channels.now(), facts: channels.facts };
  const parsed = connector.read(channel, event, await albumOf(tx, region, event));
  const taken = await takeIn(tx, intake, parsed);
  await settle(tx, region, event, taken);
  if (parsed.kind === 'skip' && parsed.trouble !== undefined) await noteTrouble(tx, channel, parsed.trouble);
  return taken;
}

async function takeNext(
  channels: Channels,
  region: string,
  failing: { event: EventName | null },
): Promise<boolean> {
  return withScope(channels.db, { region }, async (tx) => {
    const event = await nextEvent(tx, region, channels.now());
    failing.event = event ?? null;
    if (event === undefined) return false;
    await takeEvent(tx, channels, region, event, false);
    return true;
  });
}

/** Makes an incident of an event that the rules kept out of the queue. Gives the incident, or null when there is no message in it to take. */
export async function takeWanted(
  channels: Channels,
  region: string,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<string | null> {
  return withScope(channels.db, { region }, async (tx) => {
    await oneAfterAnother(tx, region);
    const event = await tx
      .selectFrom('channel_event')
      .selectAll()
      .where('region_id', '=', region)
      .where('channel_id', '=', id)
      .where('key', '=', key)
      .executeTakeFirst();
    if (event?.state !== 'logged') return event?.incident_id ?? null;
    return (await takeEvent(tx, channels, region, event, true)).incident;
  });
}

/** An event that cannot be taken in is kept with the reason and does not hold up those behind it. Words of the event stay out of it. */
const reasonOf = (error: unknown): string =>
  error instanceof NotTaken
    ? `refused:${error.message}`
    : `unreadable:${error instanceof Error ? error.name : ''}`;

/** Takes in what a region's pages have brought, until nothing is left or it is told to stop. Throws what the database throws when it is away. */
export async function drain(channels: Channels, region: string, stopping?: AbortSignal): Promise<void> {
  while (stopping?.aborted !== true) {
    await channels.storm.calm();
    const failing: { event: EventName | null } = { event: null };
    try {
      if (!(await withRetries(() => takeNext(channels, region, failing)))) return;
    } catch (error) {
      const { event } = failing;
      if (event === null || isDatabaseAway(error)) throw error;
      const taken: Taken = { state: 'failed', reason: reasonOf(error), incident: null, newSince: null };
      await withScope(channels.db, { region }, (tx) => settle(tx, region, event, taken));
    }
  }
}
