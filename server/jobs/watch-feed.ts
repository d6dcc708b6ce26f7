import { noteSwelling } from '#server/sync/feed-alarms.ts';
import type { RegionJob } from './job.ts';

/** Notices who swells the feed so that consoles on slow lines do not come along any more. */
export const watchFeed: RegionJob = {
  name: 'watch-feed',
  cron: '*/10 * * * *',
  each: 'region',
  run: async ({ db, now, feedAlarms }, region) => {
    feedAlarms.count += await noteSwelling(db, region, now());
  },
};
