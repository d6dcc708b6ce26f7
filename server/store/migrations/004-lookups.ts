import type { Migration } from '#server/store/migration.ts';

/**
 * They run as the owner: the fixed search path keeps a caller from slipping in tables or functions of its
 * own.
 */
const AS_OWNER = `language sql stable security definer set search_path = pg_catalog, public, pg_temp`;

/**
 * The few questions asked before a region is known. Each answers about one exact key and with no more than is
 * needed.
 */
export const lookups: Migration = {
  name: '004-lookups',
  statements: [
    `create function account_for_login(given_login text)
      returns table (region_id text, account_id text, password_hash text, disabled boolean) ${AS_OWNER}
      as $$ select a.region_id, a.id, a.password_hash, a.disabled from account a where lower(a.login) = lower(given_login) $$`,
    `create function session_for_token(given_hash bytea)
      returns table (region_id text, region_name text, time_zone text, account_id text, login text, display_name text,
        role text, agency text, disabled boolean, expires_at bigint, seen_at bigint) ${AS_OWNER}
      as $$ select s.region_id, r.name, r.time_zone, a.id, a.login, a.display_name, a.role, a.agency, a.disabled,
          s.expires_at, s.seen_at
        from session s join account a on a.region_id = s.region_id and a.id = s.account_id
          join region r on r.region_id = s.region_id
        where s.token_hash = given_hash $$`,
    `create function region_heads() returns table (region_id text, v bigint) ${AS_OWNER}
      as $$ select c.region_id, c.v from sync_clock c $$`,
    ...['account_for_login(text)', 'session_for_token(bytea)', 'region_heads()'].map(
      (signature) => `revoke all on function ${signature} from public`,
    ),
  ],
};
