import type { Migration } from '#server/store/migration.ts';

/**
 * Of two indexes that begin with the same columns, a planner that knows nothing of a table yet takes either,
 * and the wrong one reads a page's every row for each that is looked up. A storm comes sooner than statistics
 * do, so no two begin alike.
 */
export const channelLookups: Migration = {
  name: '021-channel-lookups',
  statements: [
    `drop index channel_event_log`,
    `create index channel_event_log on channel_event (channel_id, seq)`,
    `drop index channel_message_thread`,
    `create index channel_message_thread on channel_message (region_id, thread, at)`,
  ],
};
