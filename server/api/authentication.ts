import type { FastifyRequest } from 'fastify';
import { ACCOUNT_HEADER, accountMark, type Session } from '#shared/protocol/session.ts';
import { findSession } from '#server/accounts/session-store.ts';
import type { Api, ApiDeps, RequestSession } from './api.ts';
import { ApiFailure } from './errors.ts';
import { RefusedRights } from './refused-rights.ts';

/** The browser's cookie. HttpOnly: no script can read it. */
export const SESSION_COOKIE = 'pult_session';

/** Tells a device that somebody has come in at from others; it lets nobody in. */
export const DEVICE_COOKIE = 'pult_device';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer ([\w-]{20,200})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/**
 * A browser names the page a changing request comes from (Origin; OWASP "CSRF Prevention", verifying origin).
 * Another site's page must not use our cookie, nor log somebody in as somebody else. Programs send no Origin.
 */
function refuseForeignOrigin(request: FastifyRequest): void {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isOwn =
    origin === undefined
      ? site === undefined || site === 'same-origin' || site === 'none'
      : isSameHost(origin, request.host);
  if (!isOwn) throw new ApiFailure('forbidden', { reason: 'origin' });
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

/**
 * The browser's one cookie may be another person's by now: what a console of the person before sends, or asks
 * for, is none of theirs.
 */
function refuseOtherPerson(request: FastifyRequest, session: Session): void {
  const meant = request.headers[ACCOUNT_HEADER];
  if (meant !== undefined && meant !== accountMark(session)) throw new ApiFailure('unauthenticated');
}

/** Whoever has yet to choose a password, or to set up a second factor, does that and nothing else. */
function refuseUnfinished(request: FastifyRequest, session: Session): void {
  const { isOpenToNewcomers = false, isOpenWithoutFactor = false } = request.routeOptions.config;
  if (isOpenToNewcomers) return;
  if (session.mustSetPassword === true) throw new ApiFailure('password_temporary');
  if (session.mustSetFactor === true && !isOpenWithoutFactor) throw new ApiFailure('second_factor_demanded');
}

async function authenticate(request: FastifyRequest, deps: ApiDeps): Promise<RequestSession> {
  const token = bearerOf(request) ?? request.cookies[SESSION_COOKIE] ?? null;
  if (token === null) throw new ApiFailure('unauthenticated');
  const found = await findSession(deps.db, token, deps.now(), request.ip);
  switch (found.kind) {
    case 'found':
      refuseUnfinished(request, found.session);
      return { session: found.session, token, isDismissed: false };
    case 'expired':
      throw new ApiFailure('session_expired');
    case 'disabled':
      if (request.routeOptions.config.isOpenToDismissed === true)
        return { session: found.session, token, isDismissed: true };
      throw new ApiFailure('forbidden', { reason: 'disabled' });
    case 'unknown':
      throw new ApiFailure('unauthenticated');
  }
}

/**
 * Every route under /api/ wants a session unless it says `config: { access: 'public' }`, or names the roles
 * that may call it.
 */
export function installAuthentication(api: Api, deps: ApiDeps): void {
  api.decorateRequest('current', null);
  const refusals = new RefusedRights(deps);
  api.addHook('onRequest', async (request) => {
    if (!READING.has(request.method) && bearerOf(request) === null) refuseForeignOrigin(request);
    const {
      url = '',
      config: { access },
    } = request.routeOptions;
    if (access === 'public' || request.is404 || !url.startsWith('/api/')) return;
    request.current = await authenticate(request, deps);
    refuseOtherPerson(request, request.current.session);
    if (access === undefined || access.includes(request.current.session.account.role)) return;
    await refusals.tell(request, request.current.session);
    throw new ApiFailure('forbidden');
  });
}

/** The session of a request to a route that is not public. */
export function sessionOf(request: FastifyRequest): Session {
  return currentOf(request).session;
}

/** The session with its token. */
export function currentOf(request: FastifyRequest): RequestSession {
  if (request.current === null) throw new ApiFailure('unauthenticated');
  return request.current;
}
