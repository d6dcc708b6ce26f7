import type { Migration } from '#server/store/migration.ts';

const IN_REGION = `region_id = current_setting('pult.region', true)`;
const NO_AGENCY = `coalesce(current_setting('pult.agency', true), '') = ''`;
/** See 004: they run as the owner, whatever a caller has put on its search path. */
const AS_OWNER = `language sql stable security definer set search_path = pg_catalog, public, pg_temp`;

/**
 * Sign-in by a provider of others (OpenID Connect): how a region does it, whose account a person of the
 * provider has, and where each account's password is judged.
 */
export const signInByOthers: Migration = {
  name: '045-sign-in',
  statements: [
    `alter table account add column judged_by text not null default 'here'
      check (judged_by in ('here', 'provider', 'directory'))`,
    // Sealed, for it names the person to the provider.
    `alter table session add column end_url text`,
    // `client_access` is sealed with a key that is not in this database (server/store/sealed-text.ts).
    `create table sign_in_provider (
      region_id text primary key references region, is_on boolean not null, name text not null, issuer text not null,
      client_id text not null, client_access text, scope text not null, certificate text not null,
      console_url text not null, login_claim text not null, name_claim text not null, groups_claim text not null,
      link_by text not null check (link_by in ('none', 'login', 'mail')), may_create boolean not null,
      groups jsonb not null, changed_at bigint not null)`,
    // One account of a person at a provider, one person of a provider at an account.
    `create table sign_in_identity (
      region_id text not null, issuer text not null, subject text not null, account_id text not null,
      linked_at bigint not null, primary key (region_id, issuer, subject), unique (region_id, account_id, issuer),
      foreign key (region_id, account_id) references account)`,
    ...['sign_in_provider', 'sign_in_identity'].flatMap((table) => [
      `alter table ${table} enable row level security`,
      `alter table ${table} force row level security`,
      `create policy in_region on ${table} using (${IN_REGION}) with check (${IN_REGION})`,
      `create policy no_agency on ${table} as restrictive using (${NO_AGENCY}) with check (${NO_AGENCY})`,
    ]),
    // Whoever stands at the door is of no region yet.
    `create policy owner_reads on sign_in_provider for select to current_user using (true)`,
    `create function sign_in_ways() returns table (region text, region_name text, name text) ${AS_OWNER}
      as $$ select p.region_id, r.name, p.name from sign_in_provider p join region r on r.region_id = p.region_id
        where p.is_on $$`,
    `drop function session_for_token(bytea)`,
    `create function session_for_token(given_hash bytea)
      returns table (region_id text, region_name text, time_zone text, account_id text, login text, display_name text,
        role text, agency text, disabled boolean, password_is_temporary boolean, judged_by text, expires_at bigint,
        seen_at bigint)
      ${AS_OWNER}
      as $$ select s.region_id, r.name, r.time_zone, a.id, a.login, a.display_name, a.role, a.agency, a.disabled,
          a.password_is_temporary, a.judged_by, s.expires_at, s.seen_at
        from session s join account a on a.region_id = s.region_id and a.id = s.account_id
          join region r on r.region_id = s.region_id
        where s.token_hash = given_hash $$`,
    ...['session_for_token(bytea)', 'sign_in_ways()'].map(
      (signature) => `revoke all on function ${signature} from public`,
    ),
  ],
};
