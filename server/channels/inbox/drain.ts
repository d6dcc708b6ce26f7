import { sql } from 'kysely';
import type { Instant } from '#shared/domain/instant.ts';
import { isDatabaseAway } from '#server/process/database-away.ts';
import { withScope, type ScopedTransaction } from '#server/store/database.ts';
import { withRetries } from '#server/sync/database-trouble.ts';
import { isComplete } from './album.ts';
import type { Inbox } from './inbox.ts';
import { failedResult, takeEvents, type InboxEvent } from './take-events.ts';

/**
 * Events read in one transaction: enough that its cost is shared, few enough that nobody waits for its locks
 * noticeably.
 */
const BATCH = 100;
/** While networks call in a storm, their calls come first. */
const IN_STORM = 10;
/** Characters of events read together; the first one is read however long it is. */
const MAX_LENGTH = 2 * 1024 ** 2;

/** An edit must not overtake what it edits. */
async function holdRegionLock(tx: ScopedTransaction, region: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`channels:${region}`}, 0))`.execute(tx);
}

/** The oldest events of a region not taken in yet. */
async function nextEvents(
  tx: ScopedTransaction,
  region: string,
  now: Instant,
  count: number,
): Promise<InboxEvent[]> {
  const oldest = tx
    .selectFrom('channel_event')
    .selectAll()
    .where('region_id', '=', region)
    .where('state', '=', 'new')
    .where(isComplete(now))
    .orderBy('seq')
    .limit(count)
    .forUpdate();
  // Of a value kept compressed apart, its length is known without fetching it.
  const measured = tx
    .selectFrom(oldest.as('oldest'))
    .selectAll()
    .select(sql<number>`sum(octet_length(raw)) over (order by seq) - octet_length(raw)`.as('ahead'));
  return tx
    .selectFrom(measured.as('measured'))
    .selectAll()
    .where('ahead', '<', MAX_LENGTH)
    .orderBy('seq')
    .execute();
}

/**
 * Takes in the next events, at most so many, and gives how many there were; `seen` is told them before
 * anything is made of them.
 */
async function takeNext(
  inbox: Inbox,
  region: string,
  count: number,
  seen: (events: readonly InboxEvent[]) => void,
): Promise<number> {
  return withScope(inbox.db, { region }, async (tx) => {
    await holdRegionLock(tx, region);
    const events = await nextEvents(tx, region, inbox.now(), count);
    seen(events);
    if (events.length > 0) await takeEvents(tx, inbox, region, events);
    return events.length;
  });
}

/**
 * Makes an incident of an event that the rules kept out of the queue. Gives the incident, or null when there
 * is no message in it to take.
 */
export async function takeWanted(
  inbox: Inbox,
  region: string,
  { id, key }: { readonly id: string; readonly key: string },
): Promise<string | null> {
  return withScope(inbox.db, { region }, async (tx) => {
    await holdRegionLock(tx, region);
    const event = await tx
      .selectFrom('channel_event')
      .selectAll()
      .where('region_id', '=', region)
      .where('channel_id', '=', id)
      .where('key', '=', key)
      .forUpdate()
      .executeTakeFirst();
    if (event?.state !== 'logged') return event?.incident_id ?? null;
    const [taken] = await takeEvents(tx, inbox, region, [event], true);
    return taken?.incident ?? null;
  });
}

/** Keeps an event that the database refused, with the reason, unless another process made something of it. */
async function keepFailed(
  inbox: Inbox,
  region: string,
  { channel_id: id, key }: InboxEvent,
  error: unknown,
): Promise<void> {
  const { state, reason } = failedResult(error);
  await withScope(inbox.db, { region }, (tx) =>
    tx
      .updateTable('channel_event')
      .set({ state, reason })
      .where('region_id', '=', region)
      .where('channel_id', '=', id)
      .where('key', '=', key)
      .where('state', '=', 'new')
      .execute(),
  );
}

/**
 * Takes in what a region's pages have brought, until nothing is left or it is told to stop. When the database
 * refuses a batch, smaller ones find the event it refuses; that one is kept as failed. Throws what the
 * database throws when it is away.
 */
export async function drain(inbox: Inbox, region: string, stopping?: AbortSignal): Promise<void> {
  let count = BATCH;
  while (stopping?.aborted !== true) {
    const most = (await inbox.load.calm()) ? count : Math.min(count, IN_STORM);
    let events: readonly InboxEvent[] = [];
    const seen = (found: readonly InboxEvent[]): void => void (events = found);
    try {
      const taken = await withRetries(() => takeNext(inbox, region, most, seen));
      if (taken === 0) return;
      count = Math.min(BATCH, count * 2);
    } catch (error) {
      const [first] = events;
      if (first === undefined || isDatabaseAway(error)) throw error;
      if (events.length === 1) await keepFailed(inbox, region, first, error);
      count = Math.max(1, Math.floor(events.length / 2));
    }
  }
}
