import { createHash } from 'node:crypto';
import pg from 'pg';
import { openPool, overPool, type Database } from '#server/store/database.ts';

const names = new Map<string, string>();

/** PostgreSQL knows a prepared statement by a name of at most 63 bytes. */
function nameOf(text: string): string {
  const name = names.get(text) ?? createHash('sha1').update(text).digest('hex');
  names.set(text, name);
  return name;
}

type Query = (text: unknown, values?: readonly unknown[]) => Promise<unknown>;

const isScope = (text: unknown): text is string =>
  typeof text === 'string' && /^\s*select\s+set_config\('pult\./.test(text);

/** A statement with its values, all of them texts, written into it. */
const written = (text: string, values: readonly unknown[]): string =>
  text.replaceAll(/\$(\d+)/g, (_, n: string) => pg.escapeLiteral(String(values[Number(n) - 1])));

function prepareStatements(client: pg.PoolClient): void {
  const query = client.query.bind(client) as Query;
  const ask: Query = (text, values) =>
    typeof text === 'string' && Array.isArray(values) && values.length > 0
      ? query({ name: nameOf(text), text, values })
      : query(text, values);
  let isBegun = false;
  const prepared: Query = async (text, values = []) => {
    if (text === 'begin') {
      isBegun = true;
      return [];
    }
    if (!isBegun) return ask(text, values);
    isBegun = false;
    if (isScope(text)) return ((await query(`begin; ${written(text, values)}`)) as unknown[]).at(-1);
    await query('begin');
    return ask(text, values);
  };
  client.query = prepared as typeof client.query;
}

/**
 * Connects as the API does, but keeps the plan of each statement with its connection: a history asks
 * hundreds of questions of a few rows, and planning them takes ten times as long as answering them. It
 * begins a hundred transactions, too, so `begin` travels with the scope that `withScope` sets first.
 */
export function connectPrepared(url: string, size: number): Database {
  const pool = openPool(url, size);
  pool.on('connect', prepareStatements);
  return overPool(pool);
}
