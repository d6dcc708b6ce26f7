import type { Migration } from '#server/store/migration.ts';

/**
 * All tables. The region comes first in every key: isolation now, the distribution key when a country
 * outgrows one machine.
 */
export const tables: Migration = {
  name: '001-tables',
  statements: [
    `create table region (
      region_id text primary key check (region_id ~ '^[a-z0-9][a-z0-9-]{0,30}$'),
      name text not null, time_zone text not null,
      epoch uuid not null default gen_random_uuid(), settings jsonb not null default '{}')`,
    `create table sync_clock (region_id text primary key references region, v bigint not null default 0)`,
    `create table incident (
      region_id text not null references region, id uuid not null, number int, external_id bigint,
      version int not null, v bigint not null, step text not null, agency text, agencies text[] not null default '{}',
      created_at bigint not null, due_at bigint, closed_at bigint,
      municipality text, group_name text, topic text, network text not null, row jsonb not null, digest bigint not null,
      primary key (region_id, id), unique (region_id, number), unique (region_id, external_id, number))`,
    `create index incident_step_due on incident (region_id, step, due_at)`,
    `create index incident_created on incident (region_id, created_at)`,
    `create index incident_v on incident (region_id, v)`,
    `create index incident_agencies on incident using gin (agencies)`,
    `create table event (
      region_id text not null, incident_id uuid not null, n int not null, v bigint not null, name text not null,
      at bigint not null, recorded_at bigint not null, actor text not null, command_id uuid, data jsonb not null,
      primary key (region_id, incident_id, n), foreign key (region_id, incident_id) references incident)`,
    `create index event_v on event (region_id, v)`,
    `create table change_log (
      region_id text not null references region, v bigint not null, entity text not null, id text not null,
      op text not null check (op in ('put', 'del', 'evict')), agencies text[], primary key (region_id, v, entity, id))`,
    `create table sync_client (
      region_id text not null references region, client_id uuid not null, actor text not null,
      last_seq int not null default 0, seen_at bigint not null, primary key (region_id, client_id))`,
    `create table sync_command (
      region_id text not null references region, id uuid not null, client_id uuid not null, seq int not null,
      actor text not null, name text not null, incident_id uuid, args jsonb not null, at bigint not null,
      recorded_at bigint not null, outcome jsonb not null,
      status text not null check (status in ('applied', 'merged', 'refused', 'held')),
      primary key (region_id, id), unique (region_id, client_id, seq))`,
    `create table reference (
      region_id text not null references region, kind text not null, id text not null, row jsonb not null,
      v bigint not null, deleted boolean not null default false, primary key (region_id, kind, id))`,
    `create index reference_v on reference (region_id, v)`,
    `create table import_run (
      region_id text not null references region, id uuid not null, at bigint not null, actor text not null,
      file_name text not null, read int not null, created int not null, updated int not null, unchanged int not null,
      refused jsonb not null, primary key (region_id, id))`,
  ],
};
