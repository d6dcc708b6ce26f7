import type { Migration } from '#server/store/migration.ts';

/** Pages that have to be asked, and replies whose end is looked up in the network. */
export const polling: Migration = {
  name: '017-polling',
  statements: [
    `alter table channel
      add column reception text not null default 'callback' check (reception in ('callback', 'poll')),
      add column position text, add column polled_by text, add column polled_until bigint not null default 0`,
    `alter table reply_send add column looked_at bigint`,
  ],
};
