import type pg from 'pg';
import { errorCode } from '#server/process/startup-error.ts';
import { API_ROLE } from './api-role-name.ts';
import { withAdvisoryLock } from './with-advisory-lock.ts';

/** How long one statement of the API's role may take, whoever sends it, ms. */
export const STATEMENT_PATIENCE_MS = 60_000;

/** PostgreSQL's functions on large objects, which anybody may call unless told otherwise. */
export const LARGE_OBJECTS = `select p.oid::regprocedure::text as name from pg_proc p
  where p.pronamespace = 'pg_catalog'::regnamespace
    and (p.proname like 'lo\\_%' or p.proname in ('loread', 'lowrite'))
    and has_function_privilege('${API_ROLE}', p.oid, 'execute')`;

/** Other databases that the role may enter because everybody may. */
const OPEN_DATABASES = `select d.datname as name from pg_database d
  where d.datallowconn and d.datname <> current_database()
    and exists (select from aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
      where a.grantee = 0 and a.privilege_type = 'CONNECT') order by 1`;

const IS_BOUNDED = `select from pg_db_role_setting s join pg_database d on d.oid = s.setdatabase
  where s.setrole = '${API_ROLE}'::regrole and d.datname = current_database()
    and 'statement_timeout=${STATEMENT_PATIENCE_MS}' = any(s.setconfig)`;

const namesOf = async (client: pg.Client, text: string): Promise<readonly string[]> =>
  (await client.query<{ name: string }>(text)).rows.map(({ name }) => name);

/** Runs a statement that an owner who is no superuser may not be allowed, within the open transaction. */
async function attempt(client: pg.Client, statement: string): Promise<void> {
  await client.query('savepoint attempt');
  try {
    await client.query(statement);
  } catch (error) {
    if (errorCode(error) !== '42501') throw error;
    await client.query('rollback to savepoint attempt');
  }
  await client.query('release savepoint attempt');
}

/**
 * Takes from the API's role what PostgreSQL gives to everybody beyond tables: large objects, and statements
 * without an end. What only a superuser may take is left; `findEscapes` tells it.
 */
export async function cageApiRole(client: pg.Client, database: string): Promise<void> {
  const functions = await namesOf(client, LARGE_OBJECTS);
  if (functions.length > 0)
    await attempt(client, `revoke execute on function ${functions.join(', ')} from public`);
  const { rowCount } = await client.query(IS_BOUNDED);
  const quoted = `"${database.replaceAll('"', '""')}"`;
  if (rowCount === 0)
    await attempt(
      client,
      `alter role ${API_ROLE} in database ${quoted} set statement_timeout = ${STATEMENT_PATIENCE_MS}`,
    );
}

const mayMakeObjects = (functions: readonly string[]): string =>
  `The role ${API_ROLE} may make large objects; a superuser takes it from everybody: ` +
  `REVOKE EXECUTE ON FUNCTION ${functions.join(', ')} FROM PUBLIC.`;

/** Tells in sentences what the API's role may still do beyond its tables, and what takes it away. */
export async function findEscapes(ownerUrl: string): Promise<readonly string[]> {
  return withAdvisoryLock(ownerUrl, 'migrate', async (client) => {
    const databases = await namesOf(client, OPEN_DATABASES);
    const functions = await namesOf(client, LARGE_OBJECTS);
    return [
      ...databases.map(
        (name) =>
          `The role ${API_ROLE} may enter the database ${name}, as everybody may: ` +
          `REVOKE CONNECT ON DATABASE "${name}" FROM PUBLIC.`,
      ),
      ...(functions.length === 0 ? [] : [mayMakeObjects(functions)]),
    ];
  });
}
