import { sql } from 'kysely';
import type { Api, ApiDeps } from './api.ts';
import { ApiFailure } from './errors.ts';

const HIDDEN = { schema: { hide: true } };

/**
 * /healthz: the process answers. /readyz: it can also reach the database, so a balancer may send people here.
 */
export function installHealth(api: Api, deps: ApiDeps): void {
  api.get('/healthz', HIDDEN, async () => ({ status: 'ok' }));
  api.get('/readyz', HIDDEN, async () => {
    try {
      await sql`select 1`.execute(deps.db);
    } catch {
      throw new ApiFailure('unavailable');
    }
    return { status: 'ready' };
  });
}
