import type { Migration } from '#server/store/migration.ts';

/**
 * The address a session was last used from, and a name for each that may be told: by it a person ends one of
 * their own. Neither lets anybody in.
 */
export const sessionPlaces: Migration = {
  name: '041-session-places',
  statements: [
    `alter table session add column id uuid not null default gen_random_uuid(),
      add column address text not null default ''`,
  ],
};
