import { sql } from 'kysely';
import { must } from '#shared/domain/must.ts';
import { isDatabaseAway } from '#server/api/errors.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import type { Channels } from './channels.ts';
import { NotTaken, takeIn, type Taken } from './take-in.ts';

interface EventName {
  readonly channel_id: string;
  readonly key: string;
}

async function settle(tx: ScopedTransaction, region: string, event: EventName, taken: Taken): Promise<void> {
  await tx
    .updateTable('channel_event')
    .set({ state: taken.state, reason: taken.reason, incident_id: taken.incident })
    .where('region_id', '=', region)
    .where('channel_id', '=', event.channel_id)
    .where('key', '=', event.key)
    .execute();
  if (!taken.isNew || !event.key.startsWith('read:')) return;
  await tx
    .updateTable('channel')
    .set(({ eb }) => ({ recovered: eb('recovered', '+', 1) }))
    .where('region_id', '=', region)
    .where('id', '=', event.channel_id)
    .execute();
}

/** The oldest event not taken in yet. An edit must not overtake what it edits, so a region's events go one after another. */
async function nextEvent(tx: ScopedTransaction, region: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`channels:${region}`}, 0))`.execute(tx);
  return tx
    .selectFrom('channel_event')
    .selectAll()
    .where('region_id', '=', region)
    .where('state', '=', 'new')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst();
}

async function takeNext(
  channels: Channels,
  region: string,
  failing: { event: EventName | null },
): Promise<boolean> {
  return withScope(channels.db, { region }, async (tx) => {
    const event = await nextEvent(tx, region);
    failing.event = event ?? null;
    if (event === undefined) return false;
    const channel = must(await channels.find(region, event.channel_id), 'the page of an event');
    const connector = must(channels.connector(channel.network), 'the connector of an event');
    const parsed = connector.read(channel, event);
    const intake = { channel, now: channels.now(), facts: channels.facts };
    await settle(tx, region, event, await takeIn(tx, intake, parsed));
    return true;
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
      const taken: Taken = { state: 'failed', reason: reasonOf(error), incident: null, isNew: false };
      await withScope(channels.db, { region }, (tx) => settle(tx, region, event, taken));
    }
  }
}
