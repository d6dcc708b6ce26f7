import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { assertNever } from '#shared/domain/must.ts';
import {
  loginRequestSchema,
  loginResponseSchema,
  sessionSchema,
  type LoginResponse,
} from '#shared/protocol/session.ts';
import { auditAlone } from '#server/accounts/audit.ts';
import { logIn } from '#server/accounts/log-in.ts';
import { endSession } from '#server/accounts/session-store.ts';
import type { Routes } from './api.ts';
import { SESSION_COOKIE, currentOf, sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/session';

function cookieOptions(request: FastifyRequest): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' };
}

function refuseForLater(reply: FastifyReply, retryAfterMs: number): never {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  reply.header('retry-after', seconds);
  throw new ApiFailure('rate_limited', { retryAfterSeconds: seconds });
}

/** Coming in, asking who one is, going out. */
export const sessionRoutes: Routes = (api, deps) => {
  api.post(
    PATH,
    {
      config: { access: 'public' },
      schema: { body: loginRequestSchema, response: { 200: loginResponseSchema } },
    },
    async (request, reply): Promise<LoginResponse> => {
      const { login, password, token: isTokenWanted } = request.body;
      const userAgent = request.headers['user-agent'] ?? '';
      const result = await logIn(deps.db, {
        login,
        password,
        address: request.ip,
        userAgent,
        now: deps.now(),
      });
      switch (result.kind) {
        case 'logged_in': {
          if (isTokenWanted) return { ...result.session, token: result.token };
          const maxAge = Math.floor((result.session.expiresAt - deps.now()) / 1000);
          reply.setCookie(SESSION_COOKIE, result.token, { ...cookieOptions(request), maxAge });
          return result.session;
        }
        case 'wrong_password':
          throw new ApiFailure('wrong_password');
        case 'disabled':
          throw new ApiFailure('forbidden', { reason: 'disabled' });
        case 'rate_limited':
          return refuseForLater(reply, result.retryAfterMs);
        default:
          return assertNever(result);
      }
    },
  );

  api.get(PATH, { schema: { response: { 200: sessionSchema } } }, async (request) => sessionOf(request));

  api.delete(PATH, { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    const { session, token } = currentOf(request);
    await endSession(deps.db, session.region.code, token);
    await auditAlone(deps.db, session.region.code, {
      at: deps.now(),
      actor: session.account.id,
      action: 'logout',
      address: request.ip,
    });
    reply.clearCookie(SESSION_COOKIE, cookieOptions(request));
    return reply.code(204).send(null);
  });
};
