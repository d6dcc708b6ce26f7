import type { FastifyRequest } from 'fastify';
import {
  endedSessionsSchema,
  endOwnSessionsSchema,
  personSessionsSchema,
} from '#shared/protocol/accounts.ts';
import { endOwnSessions } from '#server/accounts/end-sessions.ts';
import { listSessions } from '#server/accounts/list-sessions.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { currentOf } from './authentication.ts';

const PATH = '/api/v1/sessions';

/** Whose sessions they are: an executor's transaction sees only this person's in any case. */
function scopeOf(request: FastifyRequest) {
  const { account, region } = currentOf(request).session;
  return { region: region.code, account: account.id, agency: account.agency };
}

/** One's own sessions: where one is logged in, and ending that. */
export const ownSessionRoutes: Routes = (api, { db, now }) => {
  api.get(PATH, { schema: { response: { 200: personSessionsSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return { sessions: await listSessions(db, scopeOf(request), currentOf(request).token, now()) };
  });

  const end = { body: endOwnSessionsSchema, response: { 200: endedSessionsSchema } };
  api.post(`${PATH}/end`, { schema: end }, async (request) => {
    const { token } = currentOf(request);
    const own = { ...scopeOf(request), ...auditOriginOf(request), token, id: request.body.id };
    return { ended: await endOwnSessions(db, own, now()) };
  });
};
