import type { Migration } from '#server/store/migration.ts';

/** Where numbers of issued summaries begin, in periods that began before the database was put back. */
export const issueNumbers: Migration = {
  name: '040-issue-numbers',
  statements: [`alter table sync_clock add column issue_base int not null default 0`],
};
