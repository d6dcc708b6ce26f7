import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Instant } from '#shared/domain/instant.ts';
import { SESSION_COOKIE } from './authentication.ts';

/** How cookies of people who are in are kept: no script and no other site's page has them. */
export function cookieOptions(request: FastifyRequest): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' };
}

/** Gives a browser its session. */
export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  lifetimeMs: Instant,
): void {
  const maxAge = Math.floor(lifetimeMs / 1000);
  reply.setCookie(SESSION_COOKIE, token, { ...cookieOptions(request), maxAge });
}
