import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const OWN = `(coalesce(current_setting('pult.agency', true), '') = ''
  or account_id = coalesce(current_setting('pult.account', true), ''))`;
/** See 004: it runs as the owner, whatever a caller has put on its search path. */
const AS_OWNER = `language sql stable security definer set search_path = pg_catalog, public, pg_temp`;

/**
 * Links by which people come in for the first time and choose a password. Of the token only its hash is kept;
 * it is good once, until it runs out or another takes its place.
 */
export const invitations: Migration = {
  name: '042-invitations',
  statements: [
    `create table invitation (
      token_hash bytea primary key, region_id text not null, account_id text not null, created_at bigint not null,
      expires_at bigint not null, used_at bigint, replaced_at bigint,
      foreign key (region_id, account_id) references account)`,
    `create index invitation_account on invitation (region_id, account_id)`,
    `alter table invitation enable row level security`,
    `alter table invitation force row level security`,
    `create policy in_region on invitation using (${IN_REGION}) with check (${IN_REGION})`,
    `create policy own on invitation as restrictive using ${OWN} with check ${OWN}`,
    // Whoever has the link is of no region yet.
    `create policy owner_reads on invitation for select to current_user using (true)`,
    `create function invitation_for_token(given_hash bytea)
      returns table (region_id text, region_name text, account_id text, login text, display_name text, agency text,
        disabled boolean, expires_at bigint, used_at bigint, replaced_at bigint) ${AS_OWNER}
      as $$ select i.region_id, r.name, a.id, a.login, a.display_name, a.agency, a.disabled, i.expires_at, i.used_at,
          i.replaced_at
        from invitation i join account a on a.region_id = i.region_id and a.id = i.account_id
          join region r on r.region_id = i.region_id
        where i.token_hash = given_hash $$`,
    `revoke all on function invitation_for_token(bytea) from public`,
  ],
};
