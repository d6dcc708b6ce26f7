import type { Migration } from '#server/store/migration.ts';

/** See 004: they run as the owner, whatever a caller has put on its search path. */
const AS_OWNER = `language sql stable security definer set search_path = pg_catalog, public, pg_temp`;

/**
 * Passwords that somebody else gave, good for one login, and the question whether a new login looks like one
 * that is there, in whichever region.
 */
export const people: Migration = {
  name: '036-people',
  statements: [
    `alter table account add column password_is_temporary boolean not null default false`,
    `drop function session_for_token(bytea)`,
    `create function session_for_token(given_hash bytea)
      returns table (region_id text, region_name text, time_zone text, account_id text, login text, display_name text,
        role text, agency text, disabled boolean, password_is_temporary boolean, expires_at bigint, seen_at bigint)
      ${AS_OWNER}
      as $$ select s.region_id, r.name, r.time_zone, a.id, a.login, a.display_name, a.role, a.agency, a.disabled,
          a.password_is_temporary, s.expires_at, s.seen_at
        from session s join account a on a.region_id = s.region_id and a.id = s.account_id
          join region r on r.region_id = s.region_id
        where s.token_hash = given_hash $$`,
    // Looks: as loginLooks in shared/domain/login-name.ts has them.
    `create function login_is_taken(given_looks text) returns boolean ${AS_OWNER}
      as $$ select exists (select from account a where translate(lower(a.login), '01', 'ol') = given_looks) $$`,
    ...['session_for_token(bytea)', 'login_is_taken(text)'].map(
      (signature) => `revoke all on function ${signature} from public`,
    ),
  ],
};
