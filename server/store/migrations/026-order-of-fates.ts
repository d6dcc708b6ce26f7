import type { Migration } from '#server/store/migration.ts';

/**
 * A message remembers which event last edited, deleted or restored it, so that an older one read again
 * changes nothing. A page says for how long an author's words at one place are one case. Events that could
 * not be read are counted whenever somebody looks at the pages.
 */
export const orderOfFates: Migration = {
  name: '026-order-of-fates',
  statements: [
    `alter table channel_message add column fate_seq bigint not null default 0`,
    `alter table channel add column together_hours int not null default 72`,
    `create index channel_event_unread on channel_event (region_id, channel_id) where state in ('failed', 'unknown')`,
  ],
};
