import type { FastifyRequest } from 'fastify';
import type { Role } from '#shared/domain/actor.ts';
import {
  auditExportQuerySchema,
  auditExportSchema,
  auditPageSchema,
  auditQuerySchema,
  type AuditFilter,
} from '#shared/protocol/audit.ts';
import { writeAudit } from '#server/accounts/audit.ts';
import { readAudit, readAuditWhole, type AuditChoice } from '#server/accounts/read-audit.ts';
import { exportRange } from '#server/exchange/export-range.ts';
import { withScope } from '#server/store/database.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/audit';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { access: ADMINISTRATOR };

function choiceOf(request: FastifyRequest, filter: AuditFilter): AuditChoice {
  const { region } = sessionOf(request);
  const range = exportRange(region.timeZone, filter.from, filter.to);
  if (range === null) throw new ApiFailure('bad_request', { reason: 'no such day' });
  return { ...filter, ...range, region: region.code };
}

/** The audit log of the region: read and taken out by administrators, changed by nobody. */
export const auditRoutes: Routes = (api, { db, now }) => {
  const page = { querystring: auditQuerySchema, response: { 200: auditPageSchema } };
  api.get(PATH, { config, schema: page }, async (request, reply) => {
    const { after, ...filter } = request.query;
    const choice = choiceOf(request, filter);
    reply.header('cache-control', 'no-store');
    return withScope(db, { region: choice.region }, (tx) => readAudit(tx, choice, after));
  });

  const whole = { querystring: auditExportQuerySchema, response: { 200: auditExportSchema } };
  api.get(`${PATH}/export`, { config, schema: whole }, async (request, reply) => {
    const { account } = sessionOf(request);
    const { format, ...filter } = request.query;
    const choice = choiceOf(request, filter);
    reply.header('cache-control', 'no-store');
    return withScope(db, { region: choice.region }, async (tx) => {
      const found = await readAuditWhole(tx, choice);
      const detail = { format, from: filter.from ?? null, to: filter.to ?? null, rows: found.lines.length };
      const line = { at: now(), actor: account.id, action: 'audit_export', detail } as const;
      await writeAudit(tx, choice.region, { ...line, ...auditOriginOf(request) });
      return found;
    });
  });
};
