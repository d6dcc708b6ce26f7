import type { Migration } from '#server/store/migration.ts';

const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/**
 * Since when no example case has a photo, and whether an issued summary has it and so keeps it for good
 * (server/photos/remove-unused.ts). Agencies remove none.
 */
export const unusedPhotos: Migration = {
  name: '023-unused-photos',
  statements: [
    `alter table photo add column unused_since bigint, add column is_issued boolean`,
    `create policy no_agency_update on photo as restrictive for update using (${NO_AGENCY})`,
    `create policy no_agency_delete on photo as restrictive for delete using (${NO_AGENCY})`,
  ],
};
