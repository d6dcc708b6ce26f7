import pg from 'pg';
import { errorCode } from '#server/process/startup-error.ts';

/**
 * Makes a database when there is none of this name. `adminUrl` leads to any other database of the same
 * server.
 */
export async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // 42P04: another process made it between the two statements.
    if (errorCode(error) !== '42P04') throw error;
  } finally {
    await client.end();
  }
}

/**
 * Closes the databases that every cluster begins with to all but superusers: everybody may enter them, and so
 * might the API's role.
 */
export async function closeOthers(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('revoke connect on database postgres, template1 from public');
  } finally {
    await client.end();
  }
}
