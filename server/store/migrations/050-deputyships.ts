import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/**
 * Who stands in for whom, on which days of the region. Both are people of one region by the keys alone; what
 * an agency's person may know of it comes by the feed, with the people themselves.
 */
export const deputyships: Migration = {
  name: '050-deputyships',
  statements: [
    `create table deputyship (
      region_id text not null, id uuid not null, account_id text not null, deputy_id text not null,
      from_day text not null, to_day text not null, named_at bigint not null,
      primary key (region_id, id), check (account_id <> deputy_id), check (from_day <= to_day),
      foreign key (region_id, account_id) references account,
      foreign key (region_id, deputy_id) references account)`,
    `create index deputyship_account on deputyship (region_id, account_id)`,
    `alter table deputyship enable row level security`,
    `alter table deputyship force row level security`,
    `create policy in_region on deputyship using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy no_agency on deputyship as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
  ],
};
