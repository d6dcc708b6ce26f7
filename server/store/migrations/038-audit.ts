import type { Migration } from '#server/store/migration.ts';

/** Years that a line is kept. The server's own clock says which are older: whoever asks cannot. */
const KEPT_YEARS = 5;

/**
 * The audit log is read by time, by person and by kind, each through an index of its own, in which a page
 * goes on. A line tells the program that was used, and whom or what it is about. The API's role can only add
 * lines: what is too old the owner removes for it.
 */
export const audit: Migration = {
  name: '038-audit',
  statements: [
    `alter table audit add column device text not null default '', add column about text not null default ''`,
    `alter table audit no force row level security`,
    `update audit set about = coalesce(detail->>'account', detail->>'partner', detail->>'channel', '')
      where detail ?| array['account', 'partner', 'channel']`,
    `alter table audit force row level security`,
    `drop index audit_at`,
    `create index audit_at on audit (region_id, at, id)`,
    `create index audit_actor on audit (region_id, actor, at, id)`,
    `create index audit_about on audit (region_id, about, at, id)`,
    `create index audit_action on audit (region_id, action, at, id)`,
    // As before (031), asked once and not of each line: a planner that thinks it keeps hardly any sorts all
    // of them for a page.
    `drop policy no_agency on audit`,
    `create policy no_agency on audit as restrictive for select
      using ((select coalesce(current_setting('pult.agency', true), '') = ''))`,
    // A batch at a time: nobody waits for it. Row-level security keeps it within the region of the
    // transaction.
    `create function remove_old_audit(most int) returns bigint language sql security definer
      set search_path = pg_catalog, public, pg_temp
      as $$ with removed as (delete from public.audit a where (a.region_id, a.id) in (
          select o.region_id, o.id from public.audit o
          where o.region_id = current_setting('pult.region', true)
            and o.at < (extract(epoch from now() - interval '${KEPT_YEARS} years') * 1000)::bigint
          order by o.at limit least(most, 1000)) returning 1)
        select count(*) from removed $$`,
    `revoke all on function remove_old_audit(int) from public`,
  ],
};
