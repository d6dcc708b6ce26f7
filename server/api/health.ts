import { probeWriting, type WriteObstacle } from '#server/store/probe-writing.ts';
import type { Api, ApiDeps } from './api.ts';
import { ApiFailure } from './errors.ts';
import { Readiness } from './readiness.ts';

const HIDDEN = { schema: { hide: true } };

const MESSAGES: Readonly<Record<WriteObstacle, string>> = {
  database_away: 'The database is away; try again shortly.',
  disk_full: 'The disk of the database is full: free some space.',
  read_only: 'The database takes no writes: it is a standby or was set read-only.',
  too_slow: 'The database does not answer in time.',
};

/**
 * /healthz: the process answers. /readyz: what people do can be stored too, so a balancer may send them here;
 * otherwise 503 with the reason. `warnings`: what does not stop the work and should not stay so.
 */
export function installHealth(api: Api, { db, now }: ApiDeps, isProxyUntrusted: () => boolean): void {
  const readiness = new Readiness(
    () => probeWriting(db, now()),
    (obstacle) =>
      obstacle === null ? api.log.info('ready again') : api.log.error({ obstacle }, 'not ready'),
  );
  api.get('/healthz', HIDDEN, async () => ({ status: 'ok' }));
  api.get('/readyz', HIDDEN, async () => {
    const obstacle = await readiness.find();
    if (obstacle !== null) throw new ApiFailure('unavailable', { reason: obstacle }, MESSAGES[obstacle]);
    return { status: 'ready', ...(isProxyUntrusted() ? { warnings: ['proxy_not_trusted'] } : {}) };
  });
}
