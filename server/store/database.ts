import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { API_ROLE } from './api-role-name.ts';
import type { Schema } from './schema.ts';

/** Typed access to Pult's tables. */
export type Database = Kysely<Schema>;

/** A transaction in which row-level security lets through one region, and for executors one agency. */
export type ScopedTransaction = Transaction<Schema>;

const INT8_OID = 20;

/**
 * Every bigint of ours is an instant, a revision or a count and fits a JavaScript number; digests are 53 bits
 * wide.
 */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`A bigint does not fit a number: ${text}`);
  return value;
}

function getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (oid === INT8_OID) return parseInt8;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
}

/** How long the API waits for a connection, ms: whoever asks meanwhile is told to try again. */
const API_PATIENCE_MS = 5000;
/**
 * How long a start or a command waits for one, ms: there is nobody else to ask, and a busy machine is no
 * failure.
 */
export const COMMAND_PATIENCE_MS = 120_000;

/** A statement of the API's role ends after so many times the patience: a minute, a command's later. */
const STATEMENTS = 12;

/**
 * A pool of connections. `size` is for one process; the sum over all processes stays under max_connections.
 */
export function connect(url: string, size = 10, patienceMs = API_PATIENCE_MS): Database {
  return overPool(openPool(url, size, patienceMs));
}

/** Typed access through a pool that `openPool` made. */
export const overPool = (pool: pg.Pool): Database =>
  new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });

/** The connections alone, as `connect` makes them. */
export function openPool(url: string, size: number, patienceMs: number = API_PATIENCE_MS): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: patienceMs,
    idleTimeoutMillis: 30_000,
    types: { getTypeParser },
    // The owner's work has no bounds: it moves, backs up and restores whole installations.
    ...(new URL(url).username === API_ROLE ? { statement_timeout: patienceMs * STATEMENTS } : {}),
  });
  // An idle connection that breaks (a restarted server) is dropped by the pool; the next query opens another.
  pool.on('error', () => undefined);
  // One that breaks inside a transaction, between two queries, says so on itself; unheard, that would end the
  // process. The next query of the transaction fails, which is all that has to happen.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const CONNECTIONS = new WeakMap<Database, Database>();

/** The connection that `withScope` opened a transaction of; anything else is its own. */
export const databaseOf = (asked: Database): Database => CONNECTIONS.get(asked) ?? asked;

/** Whose rows a transaction may touch. */
export interface Scope {
  /** Region code, as 'eao'. */
  readonly region: string;
  /** Set for executors only: incidents that never were this agency's do not exist for them. */
  readonly agency?: string | null;
  /** Account id of who acts, for the database's own logs. */
  readonly account?: string;
}

/** Whoever waits longer for a lock gives way and tries again (`withRetries`, five times). */
const LOCK_PATIENCE_MS = '5000';
/**
 * A transaction that says nothing for so long belongs to a process that is stuck; those who wait for its
 * locks outlast it.
 */
const IDLE_PATIENCE_MS = '20000';

/**
 * Runs `work` in one transaction limited to `scope`. The settings end with the transaction, so a connection
 * goes back to the pool without any. Locks and idleness are bounded, so that one stuck process does not hold
 * up a region: on a busy machine a second of computing takes ten, so whatever can be computed before or after
 * a transaction is not computed in it.
 */
export async function withScope<T>(
  db: Database,
  scope: Scope,
  work: (tx: ScopedTransaction) => Promise<T>,
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    CONNECTIONS.set(tx, db);
    await sql`select
      set_config('pult.region', ${scope.region}, true),
      set_config('pult.agency', ${scope.agency ?? ''}, true),
      set_config('pult.account', ${scope.account ?? ''}, true),
      set_config('lock_timeout', ${LOCK_PATIENCE_MS}, true),
      set_config('idle_in_transaction_session_timeout', ${IDLE_PATIENCE_MS}, true)`.execute(tx);
    return work(tx);
  });
}

/** Has a transaction act for an account that was not known when it began: rows of its own are let through. */
export async function actFor(tx: ScopedTransaction, account: string): Promise<void> {
  await sql`select set_config('pult.account', ${account}, true)`.execute(tx);
}

/**
 * Takes every limit of time off a transaction, also those the server was set up with. For work that is one
 * transaction because it is all or nothing, and that nobody waits for: a backup reads beside everybody, a
 * restore has the installation to itself.
 */
export async function unhurried(tx: ScopedTransaction): Promise<void> {
  await sql`select set_config(name, '0', true) from unnest(array[
    'lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout']) as name`.execute(tx);
  // A server before PostgreSQL 17 knows no limit for a whole transaction.
  await sql`select set_config(name, '0', true) from pg_settings where name = 'transaction_timeout'`.execute(
    tx,
  );
}
