import { ATTACHMENT_TYPES } from '#shared/domain/attachment.ts';
import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;
const ACCOUNT = `coalesce(current_setting('pult.account', true), '')`;
/** Cleaning and backups act for nobody. */
const OWN = `(${ACCOUNT} = '' or account = ${ACCOUNT})`;
const HASH = `hash text not null check (hash ~ '^[0-9a-f]{64}$')`;
const TYPES = ATTACHMENT_TYPES.map((type) => `'${type}'`).join(', ');

const sameIn = (other: string, table: string, columns: readonly string[]): string =>
  ['region_id', ...columns].map((column) => `${other}.${column} = ${table}.${column}`).join(' and ');

/**
 * An agency sees files its incidents name and somebody who named them has handed in, and what it hands in
 * itself. Subqueries are under policies too.
 */
const POLICIES: readonly string[] = [
  `create policy own on attachment_upload as restrictive using (${OWN}) with check (${OWN})`,
  `create policy own_insert on attachment_holder as restrictive for insert with check (${OWN})`,
  `create policy own_update on attachment_holder as restrictive for update using (${OWN}) with check (${OWN})`,
  `create policy of_agency on attachment_use as restrictive using (${NO_AGENCY}
    or exists (select from incident i where i.region_id = attachment_use.region_id and i.id = attachment_use.incident_id))
    with check (${NO_AGENCY}
    or exists (select from incident i where i.region_id = attachment_use.region_id and i.id = attachment_use.incident_id))`,
  `create policy of_agency on attachment_holder as restrictive for select using (${NO_AGENCY} or account = ${ACCOUNT}
    or exists (select from attachment_use u where ${sameIn('u', 'attachment_holder', ['hash', 'account'])}))`,
  `create policy of_agency on attachment as restrictive for select using (${NO_AGENCY}
    or exists (select from attachment_holder h where ${sameIn('h', 'attachment', ['hash'])}))`,
  `create policy no_agency_delete on attachment as restrictive for delete using (${NO_AGENCY})`,
  `create policy of_agency on attachment_part as restrictive for select using (${NO_AGENCY}
    or exists (select from attachment_upload u where u.region_id = attachment_part.region_id and u.id = attachment_part.upload_id)
    or exists (select from attachment a where ${sameIn('a', 'attachment_part', ['upload_id'])}))`,
  `create policy of_upload on attachment_part as restrictive for delete using (${NO_AGENCY}
    or exists (select from attachment_upload u where u.region_id = attachment_part.region_id and u.id = attachment_part.upload_id))`,
];

/**
 * Files of incidents, replies and notes (docs/decisions/001-attachments.md). Bytes lie in parts under the
 * upload they came by, the file that was judged names its upload. `attachment_use` follows from events by a
 * trigger, so that no way of writing events can forget it.
 */
export const attachments: Migration = {
  name: '024-attachments',
  statements: [
    `create table attachment_upload (
      region_id text not null references region, id uuid not null, account text not null, ${HASH},
      size int not null check (size between 1 and 20971520), received int not null default 0 check (received between 0 and size),
      touched_at bigint not null, primary key (region_id, id), unique (region_id, account, hash))`,
    `create table attachment_part (
      region_id text not null references region, upload_id uuid not null, start int not null,
      bytes bytea not null check (octet_length(bytes) between 1 and 524288), primary key (region_id, upload_id, start))`,
    // Pictures and PDFs do not get smaller.
    `alter table attachment_part alter column bytes set storage external`,
    `create table attachment (
      region_id text not null references region, ${HASH}, upload_id uuid not null, type text not null check (type in (${TYPES})),
      size int not null, width int, height int, created_at bigint not null,
      primary key (region_id, hash), unique (region_id, upload_id))`,
    `create table attachment_holder (
      region_id text not null references region, ${HASH}, account text not null, size int not null, at bigint not null,
      primary key (region_id, hash, account))`,
    `create index attachment_holder_day on attachment_holder (region_id, account, at)`,
    `create table attachment_use (
      region_id text not null, ${HASH}, incident_id uuid not null, account text not null,
      primary key (region_id, hash, incident_id, account), foreign key (region_id, incident_id) references incident)`,
    ...['attachment_upload', 'attachment_part', 'attachment', 'attachment_holder', 'attachment_use'].flatMap(
      (table) => [
        `alter table ${table} enable row level security`,
        `alter table ${table} force row level security`,
        `create policy in_region on ${table} using (${IN_REGION}) with check (${IN_REGION})`,
      ],
    ),
    ...POLICIES,
    `create function note_attachments() returns trigger language plpgsql as $$ begin
      insert into attachment_use (region_id, hash, incident_id, account)
        select new.region_id, file->>'hash', new.incident_id, new.actor from jsonb_array_elements(new.data->'attachments') file
        on conflict do nothing;
      return null;
    end $$`,
    `create trigger note_attachments after insert on event for each row when (new.data ? 'attachments')
      execute function note_attachments()`,
  ],
};
