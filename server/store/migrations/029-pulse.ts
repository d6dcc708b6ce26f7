import type { Migration } from '#server/store/migration.ts';

/** The one row that health writes (server/store/probe-writing.ts): reading alone goes on over a full disk. */
export const pulse: Migration = {
  name: '029-pulse',
  statements: [`create table pulse (id int primary key check (id = 1), at bigint not null)`],
};
