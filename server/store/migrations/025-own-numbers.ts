import type { Migration } from '#server/store/migration.ts';

const FORCED = ['incident', 'sync_clock'];
const OWN = `external_id is null and (row -> 'imported') = 'null'::jsonb`;

/**
 * Numbers given here no longer go on after imported ones, of which one of 2147483647 left no number to give.
 * Where anything was ever imported, the count goes on above the registry's numbers, from a million; whatever
 * an import has driven past a billion is not gone on from.
 */
export const ownNumbers: Migration = {
  name: '025-own-numbers',
  statements: [
    // Counting concerns the rows of every region, and forced policies hold the owner too.
    ...FORCED.map((table) => `alter table ${table} no force row level security`),
    `alter table sync_clock alter column last_number type bigint`,
    // A row of the registry without its ID has the registry's number, which may equal one given here.
    `drop index incident_own_number`,
    `create unique index incident_own_number on incident (region_id, number) where ${OWN}`,
    `update sync_clock c set last_number = greatest(1000000, (select max(number) from incident i
        where i.region_id = c.region_id and i.number < 1000000000 and ${OWN}))
      where exists (select from incident i where i.region_id = c.region_id and not (${OWN}))`,
    ...FORCED.map((table) => `alter table ${table} force row level security`),
  ],
};
