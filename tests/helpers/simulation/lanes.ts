import type { FreshDatabase } from '../postgres.ts';
import { connectPrepared } from './connect-prepared.ts';
import { MemoryRegion, memoryRegion } from './memory-region.ts';
import { makePostgresRegion, postgresRegion, type Databases } from './postgres-region.ts';
import type { SimulatedRegion } from './region.ts';
import type { Lane } from './run-lanes.ts';
import { twinRegion } from './twin-region.ts';

/**
 * Histories that share a pool of connections: the API keeps what it read of regions by pool, so pools do not
 * live long.
 */
const PER_POOL = 50;

function pooledLane(
  { apiUrl, owner }: FreshDatabase,
  make: (databases: Databases) => Promise<SimulatedRegion>,
): Lane {
  let [db, used] = [connectPrepared(apiUrl, 2), 0];
  return {
    region: async () => {
      if (used >= PER_POOL) {
        await db.destroy();
        [db, used] = [connectPrepared(apiUrl, 2), 0];
      }
      used += 1;
      return make({ owner, db });
    },
    abandon: () => {
      void db.destroy();
      [db, used] = [connectPrepared(apiUrl, 2), 0];
    },
    close: () => db.destroy(),
  };
}

/** Regions in memory: the API's judge over a model of its tables. */
export const memoryLane = (): Lane => ({
  region: async () => memoryRegion('sim'),
  abandon: () => undefined,
  close: async () => undefined,
});

/** Regions on the real PostgreSQL. */
export const postgresLane = (database: FreshDatabase): Lane => pooledLane(database, postgresRegion);

/** Regions on the real PostgreSQL, with the model asked the same beside them. */
export const twinLane = (database: FreshDatabase): Lane =>
  pooledLane(database, async (databases) => {
    const real = await makePostgresRegion(databases);
    return twinRegion(real, new MemoryRegion(real.code, real.epoch));
  });
