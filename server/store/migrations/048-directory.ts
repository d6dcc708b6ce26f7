import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;
/** See 004: they run as the owner, whatever a caller has put on its search path. */
const AS_OWNER = `language sql stable security definer set search_path = pg_catalog, public, pg_temp`;

/** Passwords that a directory judges (LDAP, Active Directory): how a region's people come in by them. */
export const signInByDirectory: Migration = {
  name: '048-directory',
  statements: [
    // `bind_access` is sealed with a key that is not in this database (server/store/sealed-text.ts).
    `create table sign_in_directory (
      region_id text primary key references region, is_on boolean not null, url text not null,
      start_tls boolean not null, certificate text not null, base text not null, filter text not null,
      person_dn text not null, bind_dn text not null, bind_access text, id_attribute text not null,
      login_attribute text not null, name_attribute text not null, groups_attribute text not null,
      link_by text not null check (link_by in ('none', 'login')), may_create boolean not null,
      groups jsonb not null, changed_at bigint not null)`,
    `alter table sign_in_directory enable row level security`,
    `alter table sign_in_directory force row level security`,
    `create policy in_region on sign_in_directory using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy no_agency on sign_in_directory as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
    // Whoever stands at the door is of no region yet.
    `create policy owner_reads on sign_in_directory for select to current_user using (true)`,
    `create function sign_in_directories() returns table (region_id text) ${AS_OWNER}
      as $$ select d.region_id from sign_in_directory d where d.is_on order by d.region_id limit 2 $$`,
    `drop function account_for_login(text)`,
    `create function account_for_login(given_login text)
      returns table (region_id text, account_id text, password_hash text, disabled boolean, judged_by text) ${AS_OWNER}
      as $$ select a.region_id, a.id, a.password_hash, a.disabled, a.judged_by from account a
        where lower(a.login) = lower(given_login) $$`,
    ...['account_for_login(text)', 'sign_in_directories()'].map(
      (signature) => `revoke all on function ${signature} from public`,
    ),
  ],
};
