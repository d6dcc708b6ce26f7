import type { Migration } from '#server/store/migration.ts';

/** Municipalities that a person's queue opens with: no wall, for the person clears them. */
export const defaultPlaces: Migration = {
  name: '047-default-places',
  statements: [`alter table account add column municipalities jsonb not null default '[]'`],
};
