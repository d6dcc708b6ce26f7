import { createHash } from 'node:crypto';
import type pg from 'pg';
import { openPool, overPool, type Database } from '#server/store/database.ts';

const names = new Map<string, string>();

/** PostgreSQL knows a prepared statement by a name of at most 63 bytes. */
function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha1').update(text).digest('hex');
  names.set(text, name);
  return name;
}

function prepareStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (text: unknown, values?: unknown) => unknown;
  const prepared = (text: unknown, values?: unknown): unknown =>
    typeof text === 'string' && Array.isArray(values) && values.length > 0
      ? query({ name: nameOf(text), text, values })
      : query(text, values);
  client.query = prepared as typeof client.query;
}

/**
 * Connects as the API does, but keeps the plan of each statement with its connection: a history asks hundreds
 * of questions of a few rows, and planning them takes ten times as long as answering them.
 */
export function connectPrepared(url: string, size: number): Database {
  const pool = openPool(url, size);
  pool.on('connect', prepareStatements);
  return overPool(pool);
}
