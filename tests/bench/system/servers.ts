import { ownerUrl } from '#tests/e2e/harness/server-truth.ts';
import { startServer, type RunningPult } from '#tests/e2e/harness/server.ts';
import { endAtOnce, orAtExit } from './cleaning.ts';
import { fillRegion, type Filled } from './fill-region.ts';

/** API processes on one embedded PostgreSQL whose demo region was filled up. */
export interface BenchServers {
  readonly apis: readonly RunningPult[];
  readonly filled: Filled;
}

/**
 * Starts `processes` API processes on a PostgreSQL of their own, fills it, runs `work`, and ends all of them
 * whatever happened, an interrupted run included.
 */
export async function withServers<T>(
  incidents: number,
  processes: number,
  work: (servers: BenchServers) => Promise<T>,
): Promise<T> {
  const first = await startServer({ hasJanuary: true });
  const apis = [first];
  const run = async (): Promise<T> => {
    const databaseUrl = ownerUrl(first.dataDir);
    process.stderr.write(`Filling a region with ${incidents.toLocaleString('en-US')} incidents…\n`);
    const filled = await fillRegion(databaseUrl, incidents);
    while (apis.length < processes) apis.push(await startServer({ databaseUrl }));
    return work({ apis, filled });
  };
  return orAtExit(
    () => apis.forEach(({ dataDir, pid }) => endAtOnce(dataDir, pid)),
    async () => {
      try {
        return await run();
      } finally {
        // The first one has the data folder and ends PostgreSQL.
        for (const api of apis.toReversed()) await api.stop();
      }
    },
  );
}
