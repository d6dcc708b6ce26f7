import type { Migration } from '#server/store/migration.ts';

/**
 * Numbers given here are unique among themselves. The registry counts on its own: an imported incident is
 * known by its ID and number together, and may carry a number that was given here too. Refusing it would lose
 * a resident's message over a label.
 */
export const numbers: Migration = {
  name: '006-numbers',
  statements: [
    'alter table incident drop constraint incident_region_id_number_key',
    'create unique index incident_own_number on incident (region_id, number) where external_id is null',
    'create index incident_number on incident (region_id, number)',
  ],
};
