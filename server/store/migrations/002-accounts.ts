import type { Migration } from '#server/store/migration.ts';

/** Who may come in, who is in, who tried, and what was done. */
export const accounts: Migration = {
  name: '002-accounts',
  statements: [
    `create table account (
      region_id text not null references region, id text not null, login text not null, display_name text not null,
      role text not null check (role in ('operator', 'approver', 'executor', 'observer', 'administrator')),
      agency text, password_hash text not null, disabled boolean not null default false, created_at bigint not null,
      primary key (region_id, id), check ((role = 'executor') = (agency is not null)))`,
    // One login leads to one region: at the login screen nobody chooses a region.
    `create unique index account_login on account (lower(login))`,
    `create table session (
      token_hash bytea primary key, region_id text not null, account_id text not null, created_at bigint not null,
      expires_at bigint not null, seen_at bigint not null, user_agent text not null default '',
      foreign key (region_id, account_id) references account)`,
    `create index session_account on session (region_id, account_id)`,
    // No foreign key: a failed login with an unknown name belongs to no region and is kept under '-'.
    `create table audit (
      region_id text not null, id bigint generated always as identity, at bigint not null, actor text not null,
      action text not null, detail jsonb not null default '{}', address text not null default '',
      primary key (region_id, id))`,
    `create index audit_at on audit (region_id, at)`,
    `create table login_attempt (key bytea primary key, failures int not null, since bigint not null)`,
  ],
};
