import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;
const OWN = `(${NO_AGENCY} or account_id = coalesce(current_setting('pult.account', true), ''))`;

/** Notices by the centre's bots: whose chat is whose, and what goes out by which way. */
export const noticeBots: Migration = {
  name: '049-notice-bots',
  statements: [
    `alter table mail_setting add column bots_on boolean not null default false,
      add column bot_hint text not null default ''`,
    // `wanted` is the bot that a code is for; a chat that has ended stays known, for its last word.
    `create table notice_bot (
      region_id text not null, account_id text not null, channel_id uuid, peer text, called text not null default '',
      tied_at bigint, ended text check (ended in ('stopped', 'blocked')), ended_at bigint,
      off jsonb not null default '[]', wanted uuid, code_hash bytea, code_at bigint, changed_at bigint not null,
      primary key (region_id, account_id), foreign key (region_id, account_id) references account)`,
    `create index notice_bot_chat on notice_bot (region_id, channel_id, peer) where peer is not null`,
    `alter table notice_bot enable row level security`,
    `alter table notice_bot force row level security`,
    `create policy in_region on notice_bot using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy within on notice_bot as restrictive using (${OWN}) with check (${OWN})`,
    `alter table mail add column way text not null default 'mail' check (way in ('mail', 'bot')),
      drop constraint mail_kind_check,
      add constraint mail_kind_check check (kind in ('notices', 'invitation', 'linked', 'stopped'))`,
    // Each thing once by each way.
    `alter table notice add column way text not null default 'mail' check (way in ('mail', 'bot')),
      drop constraint notice_region_id_account_id_kind_incident_id_mark_key,
      add unique (region_id, account_id, way, kind, incident_id, mark)`,
  ],
};
