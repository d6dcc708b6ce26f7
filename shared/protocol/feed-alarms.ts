import { z } from 'zod';

/** An account, page, partner or import that swelled the region's feed beyond the bound of a day. */
export const feedAlarmSchema = z.object({
  /** As events name who acts: an account's id, `channel:…`, `partner:…`, `import`. */
  actor: z.string(),
  kind: z.enum(['account', 'channel', 'partner', 'import']),
  /** Of the account, the page or the partner; the id where it is gone. */
  name: z.string(),
  /** When it was noticed, and when the bound had been passed. */
  at: z.int(),
  since: z.int(),
  /** Bytes of rows as JSON within 24 hours, and how many of them are no alarm. */
  bytes: z.int(),
  limit: z.int(),
});
export type FeedAlarm = z.infer<typeof feedAlarmSchema>;

/** `GET /api/v1/feed-alarms`, for administrators: those of the last 24 hours, newest first. */
export const feedAlarmsSchema = z.object({ alarms: z.array(feedAlarmSchema) });
