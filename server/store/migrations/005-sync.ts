import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const IS_CLOSED = `step in ('done', 'rejected', 'merged')`;

/**
 * Additions for the sync endpoints: numbers under the clock, outcomes in the feed, indexes for
 * pages.
 */
export const sync: Migration = {
  name: '005-sync',
  statements: [
    // The counter of incident numbers lies in the clock's row: one lock gives both, and a rollback gives both
    // back.
    `alter table sync_clock add column last_number int not null default 0`,
    // The change log is complete from here on: an older cursor cannot be served.
    `alter table sync_clock add column log_from bigint not null default 0`,
    `alter table sync_command add column v bigint not null default 0`,
    `create index sync_command_client_v on sync_command (region_id, client_id, v)`,
    // A command decided under one client id and offered again under another: the second one must see it in
    // its feed too.
    `create table sync_replay (
      region_id text not null references region, client_id uuid not null, seq int not null, command_id uuid not null,
      v bigint not null, primary key (region_id, client_id, seq), foreign key (region_id, command_id) references sync_command)`,
    `create index sync_replay_client_v on sync_replay (region_id, client_id, v)`,
    `alter table sync_replay enable row level security`,
    `alter table sync_replay force row level security`,
    `create policy in_region on sync_replay using (${IN_REGION}) with check (${IN_REGION})`,
    `create index incident_open on incident (region_id, id) where not ${IS_CLOSED}`,
    `create index incident_closed on incident (region_id, created_at desc, id desc) where ${IS_CLOSED}`,
    // Digests read this alone instead of every row.
    `create index incident_digest on incident (region_id, id) include (digest)`,
  ],
};
