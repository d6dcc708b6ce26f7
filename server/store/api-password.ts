import { createHmac, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { must } from '#shared/domain/must.ts';
import { API_ROLE } from './api-role-name.ts';

/** The owner's password, in either place of an address where clients look for it; '' for none. */
function ownerPassword(ownerUrl: string): string {
  const { password, searchParams } = new URL(ownerUrl);
  return searchParams.get('password') ?? password;
}

/**
 * Gives the API role's password that follows from the owner's, so that several processes agree on it without
 * storing it anywhere. Null where the address holds no secret to make one from (a socket, .pgpass,
 * PGPASSWORD): the address itself is known to many.
 */
export function derivedPassword(ownerUrl: string): string | null {
  const secret = ownerPassword(ownerUrl);
  return secret === '' ? null : createHmac('sha256', secret).update(API_ROLE).digest('base64url');
}

/** Only the owner may read it: nobody has been given a right on it. */
const SECRET_TABLE = `create table if not exists api_secret (
  id int primary key check (id = 1), password text not null)`;

/**
 * Gives the API role's password of this database: the derived one, or else a random one that lies in a table
 * of the owner's. `client` is the owner's, and holds the lock of migrations.
 */
export async function apiPasswordOf(client: pg.Client, ownerUrl: string): Promise<string> {
  const derived = derivedPassword(ownerUrl);
  if (derived !== null) return derived;
  await client.query(SECRET_TABLE);
  const made = randomBytes(32).toString('base64url');
  await client.query('insert into api_secret (id, password) values (1, $1) on conflict do nothing', [made]);
  const { rows } = await client.query<{ password: string }>('select password from api_secret');
  return must(rows[0], 'a password was stored').password;
}
