import type { FastifyRequest } from 'fastify';
import { MS_PER_MINUTE, type Instant } from '#shared/domain/instant.ts';
import type { Session } from '#shared/protocol/session.ts';
import { auditAlone } from '#server/accounts/audit.ts';
import type { ApiDeps } from './api.ts';

/** Somebody who keeps trying is told of once in so long: the log is to be read. */
const QUIET_MS = 10 * MS_PER_MINUTE;
const MOST_KNOWN = 1000;

/** Writes down who asked for what their role may not. */
export class RefusedRights {
  readonly #deps: Pick<ApiDeps, 'db' | 'now'>;
  readonly #told = new Map<string, Instant>();

  constructor(deps: Pick<ApiDeps, 'db' | 'now'>) {
    this.#deps = deps;
  }

  async tell(request: FastifyRequest, { account, region }: Session): Promise<void> {
    const { db, now } = this.#deps;
    const { method, routeOptions, ip, headers } = request;
    const { url: route = '' } = routeOptions;
    const key = `${region.code} ${account.id} ${method} ${route}`;
    const at = now();
    if (at - (this.#told.get(key) ?? -Infinity) < QUIET_MS) return;
    if (this.#told.size >= MOST_KNOWN) this.#told.clear();
    this.#told.set(key, at);
    const from = { address: ip, device: headers['user-agent'] ?? '' };
    const detail = { method, route };
    await auditAlone(db, region.code, { at, actor: account.id, action: 'right_refused', ...from, detail });
  }
}
