import { API_ROLE } from '#server/store/api-role-name.ts';
import type { Migration } from '#server/store/migration.ts';

const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;
const ACCOUNT = `coalesce(current_setting('pult.account', true), '')`;

const own = (column: string): string => `(${NO_AGENCY} or ${column} = ${ACCOUNT})`;
/** The subquery is itself under the incident's policies. No other kind names an incident. */
const OF_VISIBLE_INCIDENT = `case when kind <> 'example' then true else exists (select from incident i
  where i.region_id = reference.region_id and i.id = (reference.row->>'incident')::uuid) end`;
/**
 * A photo that no case has was just handed in, and nobody else knows the hash of its bytes. It runs as the
 * owner, who sees the cases that are hidden from whoever asks, of the same region.
 */
const HAS_EXAMPLE = `create function photo_has_example(of_region text, of_hash text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select exists (select from reference r where r.region_id = of_region and r.kind = 'example'
    and of_hash in (r.row->'before'->>'hash', r.row->'after'->>'hash')) $$`;
/** As before, under the policies of examples. */
const OF_VISIBLE_EXAMPLE = `exists (select from reference r where r.region_id = photo.region_id and r.kind = 'example'
  and photo.hash in (r.row->'before'->>'hash', r.row->'after'->>'hash'))`;

/**
 * An executor's transaction, set to an agency, sees of people, sessions, commands and the audit log only what
 * is this person's own, and of the centre's records no case of another agency's incident. All of them narrow
 * the region's policies (003).
 */
export const agencyRights: Migration = {
  name: '031-agency-rights',
  statements: [
    `create policy own on account as restrictive using ${own('id')} with check ${own('id')}`,
    `create policy own on session as restrictive using ${own('account_id')} with check ${own('account_id')}`,
    `create policy no_agency on audit as restrictive for select using (${NO_AGENCY})`,
    `create policy own on audit as restrictive for insert with check ${own('actor')}`,
    `create policy own on sync_command as restrictive using ${own('actor')} with check ${own('actor')}`,
    `create policy own on sync_client as restrictive using ${own('actor')} with check ${own('actor')}`,
    `create policy of_client on sync_replay as restrictive using (${NO_AGENCY} or exists (select from sync_client c
      where c.region_id = sync_replay.region_id and c.client_id = sync_replay.client_id)) with check (${NO_AGENCY}
      or exists (select from sync_client c
      where c.region_id = sync_replay.region_id and c.client_id = sync_replay.client_id))`,
    `create policy of_agency on reference as restrictive for select to ${API_ROLE}
      using (${NO_AGENCY} or ${OF_VISIBLE_INCIDENT})`,
    `create policy no_agency_insert on reference as restrictive for insert with check (${NO_AGENCY})`,
    `create policy no_agency_update on reference as restrictive for update using (${NO_AGENCY}) with check (${NO_AGENCY})`,
    HAS_EXAMPLE,
    `create policy of_agency on photo as restrictive for select
      using (${NO_AGENCY} or ${OF_VISIBLE_EXAMPLE} or not photo_has_example(region_id, hash))`,
    `create policy no_agency on import_run as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
    `create policy no_agency_update on region as restrictive for update using (${NO_AGENCY}) with check (${NO_AGENCY})`,
  ],
};
