import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;
const OWN = `(${NO_AGENCY} or account_id = coalesce(current_setting('pult.account', true), ''))`;
const WITHIN: Readonly<Record<string, string>> = { notice_choice: OWN, notice: OWN, mail: NO_AGENCY };

/**
 * Tables of what people are told by mail: where and of what they want to be told, what there is to tell, and
 * the mails it goes out in. No words of anybody lie here: a mail is written of the incidents when it goes
 * out.
 */
export const notices: Migration = {
  name: '044-notices',
  statements: [
    // Events up to `seen_v` have been looked through; deadlines before `told_since` are nobody's news.
    `alter table mail_setting add column seen_v bigint not null default 0,
      add column told_since bigint not null default 0`,
    `create table notice_choice (
      region_id text not null, account_id text not null, address text, refused_at bigint,
      off jsonb not null default '[]', wanted text, code_hash bytea, code_at bigint, code_tries int not null default 0,
      changed_at bigint not null, primary key (region_id, account_id),
      foreign key (region_id, account_id) references account)`,
    `create table mail (
      region_id text not null, id uuid not null, account_id text not null,
      kind text not null check (kind in ('notices', 'invitation')),
      state text not null check (state in ('queued', 'sending', 'waiting', 'sent', 'dropped', 'dead')),
      ordered_by text not null, made_at bigint not null, not_before bigint not null, changed_at bigint not null,
      attempts int not null default 0, problem text, code int, primary key (region_id, id),
      foreign key (region_id, account_id) references account)`,
    `create index mail_due on mail (region_id, not_before) where state in ('queued', 'waiting', 'sending')`,
    `create index mail_account on mail (region_id, account_id, made_at)`,
    // Once each: `mark` is what makes a notice another one (an event's number, a deadline, a day).
    `create table notice (
      region_id text not null, id uuid not null, account_id text not null, kind text not null,
      incident_id uuid not null, mark text not null, made_at bigint not null, mail_id uuid,
      primary key (region_id, id), unique (region_id, account_id, kind, incident_id, mark),
      foreign key (region_id, account_id) references account)`,
    `create index notice_waiting on notice (region_id, account_id) where mail_id is null`,
    `create index notice_mail on notice (region_id, mail_id) where mail_id is not null`,
    ...Object.entries(WITHIN).flatMap(([table, within]) => [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy in_region on ${table} using (${IN_REGION}) with check (${IN_REGION})`,
      `create policy within on ${table} as restrictive using (${within}) with check (${within})`,
    ]),
  ],
};
