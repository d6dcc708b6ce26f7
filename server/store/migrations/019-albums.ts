import type { Migration } from '#server/store/migration.ts';

/** Events that bring one message in parts: a Telegram album is an event for each picture. */
export const albums: Migration = {
  name: '019-albums',
  statements: [
    `alter table channel_event add column album text`,
    `create index channel_event_album on channel_event (region_id, channel_id, album) where album is not null`,
  ],
};
