import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

/** Typed access to Pult's tables. */
export type Database = Kysely<Schema>;

/** A transaction in which row-level security lets through one region, and for executors one agency. */
export type ScopedTransaction = Transaction<Schema>;

const INT8_OID = 20;

/** Every bigint of ours is an instant, a revision or a count and fits a JavaScript number; digests are 53 bits wide. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`A bigint does not fit a number: ${text}`);
  return value;
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === INT8_OID) return parseInt8;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

/** A pool of connections. `size` is for one process; the sum over all processes stays under max_connections. */
export function connect(url: string, size = 10): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5000,
    idleTimeoutMillis: 30_000,
    types: { getTypeParser },
  });
  // An idle connection that breaks (a restarted server) is dropped by the pool; the next query opens another.
  pool.on('error', () => undefined);
  // One that breaks inside a transaction, between two queries, says so on itself; unheard, that would end the process. The
  // next query of the transaction fails, which is all that has to happen.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

/** Whose rows a transaction may touch. */
export interface Scope {
  /** Region code, as 'eao'. */
  readonly region: string;
  /** Set for executors only: incidents that never were this agency's do not exist for them. */
  readonly agency?: string | null;
  /** Account id of who acts, for the database's own logs. */
  readonly account?: string;
}

const PATIENCE_MS = '5000';

/**
 * Runs `work` in one transaction limited to `scope`. The settings end with the transaction, so a connection goes back
 * to the pool without any. Locks and idleness are bounded, so that one stuck process does not hold up a region.
 */
export async function withScope<T>(
  db: Database,
  scope: Scope,
  work: (tx: ScopedTransaction) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select
      set_config('pult.region', ${scope.region}, true),
      set_config('pult.agency', ${scope.agency ?? ''}, true),
      set_config('pult.account', ${scope.account ?? ''}, true),
      set_config('lock_timeout', ${PATIENCE_MS}, true),
      set_config('idle_in_transaction_session_timeout', ${PATIENCE_MS}, true)`.execute(tx);
    return work(tx);
  });
}
