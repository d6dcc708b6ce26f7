import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const OWN = `(coalesce(current_setting('pult.agency', true), '') = ''
  or account_id = coalesce(current_setting('pult.account', true), ''))`;
/** See 004: it runs as the owner, whatever a caller has put on its search path. */
const AS_OWNER = `language sql stable security definer set search_path = pg_catalog, public, pg_temp`;

/**
 * A second factor beside the password: the secret that codes are made of, sealed with a key that is not in
 * this database, and hashes of spare codes. A session whose person has yet to set one up opens nothing else.
 */
export const secondFactor: Migration = {
  name: '046-second-factor',
  statements: [
    `alter table session add column needs_factor boolean not null default false`,
    `create table second_factor (
      region_id text not null, account_id text not null, secret text, pending text, pending_at bigint,
      last_step bigint not null default 0, spares jsonb not null default '[]', changed_at bigint not null,
      primary key (region_id, account_id), foreign key (region_id, account_id) references account)`,
    `alter table second_factor enable row level security`,
    `alter table second_factor force row level security`,
    `create policy in_region on second_factor using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy own on second_factor as restrictive using ${OWN} with check ${OWN}`,
    `drop function session_for_token(bytea)`,
    `create function session_for_token(given_hash bytea)
      returns table (region_id text, region_name text, time_zone text, account_id text, login text, display_name text,
        role text, agency text, disabled boolean, password_is_temporary boolean, judged_by text, needs_factor boolean,
        expires_at bigint, seen_at bigint)
      ${AS_OWNER}
      as $$ select s.region_id, r.name, r.time_zone, a.id, a.login, a.display_name, a.role, a.agency, a.disabled,
          a.password_is_temporary, a.judged_by, s.needs_factor, s.expires_at, s.seen_at
        from session s join account a on a.region_id = s.region_id and a.id = s.account_id
          join region r on r.region_id = s.region_id
        where s.token_hash = given_hash $$`,
    `revoke all on function session_for_token(bytea) from public`,
  ],
};
