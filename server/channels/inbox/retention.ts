import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { withScope } from '#server/store/database.ts';
import type { Channels } from '#server/channels/channels.ts';

/** Small enough that nobody waits for it. */
const BATCH = 500;
const BETWEEN_MS = 200;

/**
 * Removes one batch of a region's raw events older than this; gives how many there were. What was not read
 * yet stays.
 */
async function removeBatch(channels: Channels, region: string, before: number): Promise<number> {
  const { numAffectedRows = 0n } = await withScope(channels.db, { region }, (tx) =>
    sql`delete from channel_event where (region_id, channel_id, key) in (
      select region_id, channel_id, key from channel_event
      where region_id = ${region} and received_at < ${before} and state <> 'new'
      order by received_at limit ${BATCH} for update skip locked)`.execute(tx),
  );
  return Number(numAffectedRows);
}

/**
 * Removes raw events older than so many days in all regions, batch by batch. Messages, incidents and replies
 * stay: an event is only how they came. Throws what the database throws.
 */
export async function removeOldEvents(
  channels: Channels,
  days: number,
  stopping?: AbortSignal,
): Promise<void> {
  const before = channels.now() - days * MS_PER_DAY;
  const { rows } = await sql<{ region_id: string }>`select region_id from region_heads()`.execute(
    channels.db,
  );
  for (const { region_id: region } of rows) {
    for (let removed = BATCH; removed === BATCH && stopping?.aborted !== true;) {
      removed = await removeBatch(channels, region, before);
      channels.removedEvents += removed;
      if (removed === BATCH) await sleep(BETWEEN_MS);
    }
  }
}
