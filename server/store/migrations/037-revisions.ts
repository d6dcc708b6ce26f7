import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;

/**
 * A mark for every revision, made at random when it is given: a database that was put back to an earlier
 * moment gives the same numbers again, and other marks. By a trigger, so that no way of raising the clock can
 * forget it, and as its owner, so that nobody else writes any.
 */
export const revisions: Migration = {
  name: '037-revisions',
  statements: [
    `create table revision (region_id text not null references region, v bigint not null,
      mark uuid not null default gen_random_uuid(), primary key (region_id, v))`,
    // Consoles that come back after the upgrade have the marks of what they know from then on.
    `alter table sync_clock no force row level security`,
    `insert into revision (region_id, v) select region_id, v from sync_clock`,
    `alter table sync_clock force row level security`,
    `alter table revision enable row level security`,
    `alter table revision force row level security`,
    `create policy in_region on revision using (${IN_REGION}) with check (${IN_REGION})`,
    // When it was last noticed that the database had been put back.
    `alter table sync_clock add column put_back_at bigint`,
    `create function mark_revision() returns trigger language plpgsql security definer
      set search_path = pg_catalog, public, pg_temp as $$ begin
      insert into public.revision (region_id, v) values (new.region_id, new.v);
      return null;
    end $$`,
    `create trigger mark_revision after update of v on sync_clock for each row when (new.v > old.v)
      execute function mark_revision()`,
  ],
};
