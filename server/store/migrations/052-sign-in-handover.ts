import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/**
 * Codes that a browser hands to the shell at the end of a sign-in, each for one session and a minute. Only
 * whom a provider has vouched for puts a row here.
 */
export const signInHandover: Migration = {
  name: '052-sign-in-handover',
  statements: [
    `create table sign_in_handover (
      code_hash bytea primary key, region_id text not null, account_id text not null, challenge text not null,
      end_url text, made_at bigint not null, foreign key (region_id, account_id) references account)`,
    `alter table sign_in_handover enable row level security`,
    `alter table sign_in_handover force row level security`,
    `create policy in_region on sign_in_handover using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy no_agency on sign_in_handover as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
  ],
};
