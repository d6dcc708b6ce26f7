import type { FastifyRequest } from 'fastify';
import type { SyncSession } from '#server/sync/sync-session.ts';
import { sessionOf } from './authentication.ts';

/** The request's session as the sync functions take it. A disabled account does not get as far as this. */
export function syncSessionOf(request: FastifyRequest): SyncSession {
  const { account, region } = sessionOf(request);
  return {
    region: region.code,
    account: account.id,
    role: account.role,
    agency: account.agency,
    isDisabled: false,
  };
}
