import type { FastifyRequest } from 'fastify';
import type { SyncSession } from '#server/sync/sync-session.ts';
import { auditOriginOf } from './audit-origin.ts';
import { currentOf } from './authentication.ts';

/** The request's session as the sync functions take it. */
export function syncSessionOf(request: FastifyRequest): SyncSession {
  const { session, isDismissed } = currentOf(request);
  const { account, region } = session;
  return {
    region: region.code,
    account: account.id,
    role: account.role,
    agency: account.agency,
    isDisabled: isDismissed,
    origin: auditOriginOf(request),
  };
}
