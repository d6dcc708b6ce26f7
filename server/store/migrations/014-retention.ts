import type { Migration } from '#server/store/migration.ts';

/** Raw events are cleaned by their age. */
export const retention: Migration = {
  name: '014-retention',
  statements: [`create index channel_event_age on channel_event (region_id, received_at)`],
};
