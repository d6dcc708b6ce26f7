import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { MS_PER_DAY, type Instant } from '#shared/domain/instant.ts';
import { withScope, type Database } from '#server/store/database.ts';
import type { RegionJob } from './job.ts';

/** Small enough that nobody waits for it. */
const BATCH = 500;
const BETWEEN_MS = 200;

/**
 * Removes one batch of a region's raw events older than this; gives how many there were. What was not read
 * yet stays.
 */
async function removeBatch(db: Database, region: string, before: Instant): Promise<number> {
  const { numAffectedRows = 0n } = await withScope(db, { region }, (tx) =>
    sql`delete from channel_event where (region_id, channel_id, key) in (
      select region_id, channel_id, key from channel_event
      where region_id = ${region} and received_at < ${before} and state <> 'new'
      order by received_at limit ${BATCH} for update skip locked)`.execute(tx),
  );
  return Number(numAffectedRows);
}

/**
 * Removes raw events of networks older than `eventDays`, batch by batch. Messages, incidents and replies
 * stay: an event is only how they came.
 */
export const removeOldEvents: RegionJob = {
  name: 'remove-old-events',
  cron: '7 * * * *',
  each: 'region',
  run: async ({ db, now, removedEvents, eventDays }, region, signal) => {
    const before = now() - eventDays * MS_PER_DAY;
    for (let removed = BATCH; removed === BATCH;) {
      signal.throwIfAborted();
      removed = await removeBatch(db, region, before);
      removedEvents.count += removed;
      if (removed === BATCH) await sleep(BETWEEN_MS);
    }
  },
};
