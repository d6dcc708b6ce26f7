import type { FastifyRequest } from 'fastify';
import { auditAlone, type AuditOrigin, type AuditSaid } from '#server/accounts/audit.ts';
import type { ApiDeps } from './api.ts';
import { sessionOf } from './authentication.ts';

/** Where a request comes from, for the audit log. */
export const auditOriginOf = (request: FastifyRequest): AuditOrigin => ({
  address: request.ip,
  device: request.headers['user-agent'] ?? '',
});

/** Writes down what the person of a request has done. */
export async function auditRequest(
  { db, now }: Pick<ApiDeps, 'db' | 'now'>,
  request: FastifyRequest,
  said: AuditSaid,
): Promise<void> {
  const { account, region } = sessionOf(request);
  await auditAlone(db, region.code, { at: now(), actor: account.id, ...auditOriginOf(request), ...said });
}
