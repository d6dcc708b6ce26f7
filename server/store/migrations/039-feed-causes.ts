import type { Migration } from '#server/store/migration.ts';

/**
 * Who made a change of the feed, and how large the row is that it sends to every console; when a revision was
 * given. So it can be told by whom the feed swells, and which revisions are old.
 */
export const feedCauses: Migration = {
  name: '039-feed-causes',
  statements: [
    `alter table change_log add column actor text, add column bytes int not null default 0`,
    // Revisions of before count from the upgrade on.
    `alter table revision
      add column at bigint not null default floor(extract(epoch from now()) * 1000)::bigint`,
    `create index revision_at on revision (region_id, at)`,
  ],
};
