import type { Migration } from '#server/store/migration.ts';

const FORCED = ['incident', 'reply_send'];

/** One answer to many authors, rules of a page, and what its health is told from. */
export const manyAuthors: Migration = {
  name: '013-many-authors',
  statements: [
    // Filling columns concerns the rows of every region, and forced policies hold the owner too.
    ...FORCED.map((table) => `alter table ${table} no force row level security`),
    `alter table incident add column merged_into uuid`,
    `update incident set merged_into = (row -> 'step' ->> 'into')::uuid where step = 'merged'`,
    `create index incident_merged on incident (region_id, merged_into) where merged_into is not null`,
    `alter table channel
      add column rules jsonb not null default '{}', add column archived_at bigint, add column delay_ms bigint`,
    `alter table channel_message
      add column author text not null default '', add column url text not null default ''`,
    // `origin`: the incident whose author is answered; another than `incident_id` when it was merged into
    // that one.
    `alter table reply_send add column origin uuid, add column thread text, add column author text not null default ''`,
    `update reply_send r set origin = incident_id, thread = coalesce((select m.thread from channel_message m
      where m.region_id = r.region_id and m.incident_id = r.incident_id and m.target = r.target limit 1), '')`,
    `alter table reply_send alter column origin set not null, alter column thread set not null`,
    `alter table reply_send drop constraint reply_send_region_id_incident_id_reply_key`,
    `alter table reply_send add constraint reply_send_once unique (region_id, incident_id, reply, channel_id, thread)`,
    `create index reply_send_open on reply_send (region_id, incident_id) where state not in ('sent', 'cancelled')`,
    ...FORCED.map((table) => `alter table ${table} force row level security`),
  ],
};
