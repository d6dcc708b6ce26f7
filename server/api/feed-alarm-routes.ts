import { feedAlarmsSchema } from '#shared/protocol/feed-alarms.ts';
import { readFeedAlarms } from '#server/sync/feed-alarms.ts';
import type { Routes } from './api.ts';
import { sessionOf } from './authentication.ts';

/** Who swells the region's feed, for its administrators. */
export const feedAlarmRoutes: Routes = (api, { db, now }) => {
  const options = {
    config: { access: ['administrator'] },
    schema: { response: { 200: feedAlarmsSchema } },
  } as const;
  api.get('/api/v1/feed-alarms', options, async (request) => ({
    alarms: await readFeedAlarms(db, sessionOf(request).region.code, now()),
  }));
};
