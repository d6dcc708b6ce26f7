import {
  invitationAcceptedSchema,
  invitationAcceptSchema,
  invitationLookSchema,
  invitationSchema,
} from '#shared/protocol/invitation.ts';
import { acceptInvitation, findInvitation } from '#server/accounts/invitations.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/invitation';
const config = { access: 'public' as const };

/** The door for whoever has a link. Nothing is done by GET: mail filters and previews open every link. */
export const invitationRoutes: Routes = (api, { db, now }) => {
  const look = { body: invitationLookSchema, response: { 200: invitationSchema } };
  api.post(`${PATH}/look`, { config, schema: look }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const found = await findInvitation(db, request.body.token, now());
    if (typeof found === 'string') throw new ApiFailure(`invitation_${found}`);
    return found;
  });

  const accept = { body: invitationAcceptSchema, response: { 200: invitationAcceptedSchema } };
  api.post(`${PATH}/accept`, { config, schema: accept }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const result = await acceptInvitation(db, { ...request.body, ...auditOriginOf(request) }, now());
    if (result.kind === 'closed') throw new ApiFailure(`invitation_${result.why}`);
    if (result.kind === 'refused') throw new ApiFailure(`password_${result.why}`);
    return { login: result.login };
  });
};
