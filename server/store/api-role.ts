import pg from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { COMMAND_PATIENCE_MS } from './database.ts';
import { StartupError, errorCode } from '#server/process/startup-error.ts';
import { apiPasswordOf } from './api-password.ts';
import { API_ROLE } from './api-role-name.ts';
import { apiUrlOf } from './open-database.ts';

async function canLogIn(apiUrl: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: apiUrl,
    connectionTimeoutMillis: COMMAND_PATIENCE_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 42501: the role is there and the password fits, only this database is still closed to it.
    return errorCode(error) === '42501';
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function writeRole(client: pg.Client, password: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [API_ROLE]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  const rights = 'login nosuperuser nocreatedb nocreaterole noinherit noreplication nobypassrls';
  // Only a superuser may name SUPERUSER, REPLICATION and BYPASSRLS for an existing role; a new one has none
  // of them.
  const allowed = verb === 'create' ? rights : 'login';
  await client.query(`${verb} role ${API_ROLE} ${allowed} password ${pg.escapeLiteral(password)}`);
}

/** A role that somebody made by hand with more rights would make row-level security a decoration. */
async function refuseMightyRole(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ is_mighty: boolean }>(
    `select rolsuper or rolbypassrls or exists (select 1 from pg_auth_members
      where member = r.oid) as is_mighty
     from pg_roles r where rolname = $1`,
    [API_ROLE],
  );
  if (rows[0]?.is_mighty !== true) return;
  throw new StartupError(
    'not_permitted',
    `The role ${API_ROLE} is a superuser, bypasses row-level security or belongs to another role.`,
    `Take these rights from it: ALTER ROLE ${API_ROLE} NOSUPERUSER NOBYPASSRLS, REVOKE … FROM ${API_ROLE}.`,
  );
}

/**
 * Makes the API's login role, or gives it the password that belongs to this database. Roles are shared by all
 * databases of a server while advisory locks are not, so two installations starting at once may collide: then
 * it is tried again.
 */
export async function ensureApiRole(client: pg.Client, ownerUrl: string): Promise<void> {
  const password = await apiPasswordOf(client, ownerUrl);
  const apiUrl = apiUrlOf(ownerUrl, password);
  for (let attempt = 1; !(await canLogIn(apiUrl)); attempt += 1) {
    try {
      await writeRole(client, password);
    } catch (error) {
      if (errorCode(error) === '42501') {
        throw new StartupError(
          'not_permitted',
          `The owner in DATABASE_URL may not make the role ${API_ROLE}.`,
          'Give it CREATEROLE (ALTER ROLE … CREATEROLE) and start again.',
          error,
        );
      }
      if (attempt === 5) throw error;
      await sleep(100 * attempt);
    }
  }
  await refuseMightyRole(client);
}
