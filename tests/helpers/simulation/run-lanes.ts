import fc from 'fast-check';
import type { Database } from '#server/store/database.ts';
import type { FreshDatabase } from '../postgres.ts';
import { connectPrepared } from './connect-prepared.ts';
import { historyArbitrary, liveHistory, type HistoryStep } from './history.ts';
import { postgresRegion } from './postgres-region.ts';
import type { SimulatedRegion } from './region.ts';
import type { EnginePorts } from './simulated-console.ts';

export interface Run {
  readonly histories: number;
  readonly lanes: number;
  readonly seed: number;
  /** Do not look for a shorter history once one has failed. */
  readonly endOnFailure?: boolean;
}

/**
 * A planted bug spoils one of these: the ports of the consoles' engines, or the API as the consoles reach it.
 */
export interface Planted {
  readonly ports?: (real: EnginePorts) => EnginePorts;
  readonly region?: (real: SimulatedRegion) => SimulatedRegion;
}

export interface Found {
  readonly histories: number;
  /** The shrunk history and what was wrong, or null. */
  readonly failure: {
    readonly seed: number;
    readonly steps: readonly HistoryStep[];
    readonly error: string;
  } | null;
}

/**
 * Histories that share a pool of connections: the API keeps what it read of regions by pool, so pools do not
 * live long.
 */
const PER_POOL = 50;

/** Lives many histories, several at a time: while one waits for PostgreSQL, another computes. */
export async function runLanes(database: FreshDatabase, run: Run, planted: Planted = {}): Promise<Found> {
  const each = Math.ceil(run.histories / run.lanes);
  const found = await Promise.all(
    Array.from({ length: run.lanes }, (_, lane) =>
      runLane(database, { ...run, histories: each, seed: run.seed + lane }, planted),
    ),
  );
  return {
    histories: found.reduce((sum, lane) => sum + lane.histories, 0),
    failure: found.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}

async function runLane(
  database: FreshDatabase,
  { histories, seed, endOnFailure = false }: Run,
  planted: Planted,
): Promise<Found> {
  let lived = 0;
  let pool: { readonly db: Database; used: number } = { db: connectPrepared(database.apiUrl, 2), used: 0 };
  const property = fc.asyncProperty(historyArbitrary, async (steps) => {
    if (pool.used >= PER_POOL) {
      await pool.db.destroy();
      pool = { db: connectPrepared(database.apiUrl, 2), used: 0 };
    }
    pool.used += 1;
    lived += 1;
    const region = await postgresRegion({ owner: database.owner, db: pool.db });
    await liveHistory(planted.region?.(region) ?? region, steps, planted.ports);
  });
  const details = await fc.check(property, { numRuns: histories, seed, endOnFailure });
  await pool.db.destroy();
  const [steps] = details.counterexample ?? [[]];
  return {
    histories: lived,
    failure: details.failed ? { seed, steps, error: String(details.errorInstance) } : null,
  };
}
