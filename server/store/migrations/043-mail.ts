import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;

/** How a centre sends mail. Executors see nothing of it. */
export const mail: Migration = {
  name: '043-mail',
  statements: [
    // `password` is sealed with a key that is not in this database (server/store/sealed-text.ts).
    `create table mail_setting (
      region_id text primary key references region, is_on boolean not null, host text not null,
      port int not null check (port between 1 and 65535), security text not null, login text not null,
      password text, certificate text not null, sender text not null, console_url text not null, language text not null,
      digest_minutes int not null, quiet_from text not null, quiet_to text not null, changed_at bigint not null)`,
    `alter table mail_setting enable row level security`,
    `alter table mail_setting force row level security`,
    `create policy in_region on mail_setting using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy no_agency on mail_setting as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
  ],
};
