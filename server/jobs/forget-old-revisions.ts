import { setTimeout as sleep } from 'node:timers/promises';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { forgetRevisions, REVISION_DAYS } from '#server/sync/put-back.ts';
import type { RegionJob } from './job.ts';

/** Small enough that nobody waits for it. */
const BATCH = 5000;
const BETWEEN_MS = 200;

/** Removes the marks of revisions that no console's journal reaches back to. */
export const forgetOldRevisions: RegionJob = {
  name: 'forget-old-revisions',
  cron: '41 * * * *',
  each: 'region',
  run: async ({ db, now }, region, signal) => {
    const before = now() - REVISION_DAYS * MS_PER_DAY;
    while ((await forgetRevisions(db, region, before, BATCH)) === BATCH) {
      signal.throwIfAborted();
      await sleep(BETWEEN_MS);
    }
  },
};
