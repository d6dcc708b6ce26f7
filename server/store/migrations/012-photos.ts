import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/**
 * Photos of example cases, each named by its content and never changed. Everyone of the region may look;
 * agencies add none.
 */
export const photos: Migration = {
  name: '012-photos',
  statements: [
    `create table photo (
      region_id text not null references region, hash text not null check (hash ~ '^[0-9a-f]{64}$'),
      bytes bytea not null check (octet_length(bytes) between 1 and 524288), created_by text not null,
      created_at bigint not null, primary key (region_id, hash))`,
    // A JPEG does not get smaller.
    `alter table photo alter column bytes set storage external`,
    `alter table photo enable row level security`,
    `alter table photo force row level security`,
    `create policy in_region on photo using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy no_agency on photo as restrictive for insert with check (${NO_AGENCY})`,
  ],
};
