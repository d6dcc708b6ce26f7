import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Instant } from '#shared/domain/instant.ts';
import { assertNever } from '#shared/domain/must.ts';
import { demoLoginRequestSchema, demoPeopleResponseSchema } from '#shared/protocol/demo.ts';
import {
  loginRequestSchema,
  loginResponseSchema,
  passwordRequestSchema,
  passwordResponseSchema,
  sessionSchema,
  type LoginRequest,
  type LoginResponse,
  type PasswordRequest,
  type PasswordResponse,
} from '#shared/protocol/session.ts';
import { auditAlone } from '#server/accounts/audit.ts';
import { listDemoPeople, openDemoSession } from '#server/accounts/log-in-demo.ts';
import { openSession, type OpenedSession } from '#server/accounts/log-in.ts';
import { replacePassword } from '#server/accounts/replace-password.ts';
import { endSession } from '#server/accounts/session-store.ts';
import { DEVICE_LIFETIME_MS } from '#server/accounts/device-store.ts';
import type { ApiDeps, Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { DEVICE_COOKIE, SESSION_COOKIE, currentOf, sessionOf } from './authentication.ts';
import { isFromHere } from './demo-door.ts';
import { ApiFailure } from './errors.ts';
import { refuseForLater } from './refuse-for-later.ts';
import { cookieOptions, setSessionCookie } from './session-cookie.ts';
import { withCopyDays } from './session-words.ts';

const PATH = '/api/v1/session';
const DEMO_PATH = `${PATH}/demo`;

/** A token of ours by its form; anything else is no device. */
const deviceToken = z.string().regex(/^[\w-]{43}$/);

async function comeIn(
  deps: ApiDeps,
  request: FastifyRequest,
  { login, password, device: sent, code }: LoginRequest,
): Promise<OpenedSession> {
  const userAgent = request.headers['user-agent'] ?? '';
  const device = deviceToken.safeParse(sent ?? request.cookies[DEVICE_COOKIE]).data ?? null;
  const attempt = {
    login,
    password,
    code: code ?? null,
    address: request.ip,
    userAgent,
    device,
    now: deps.now(),
  };
  const { secondFactor: factors, signIn } = deps;
  return openSession(deps.db, attempt, { factors, elsewhere: signIn?.directories });
}

/** A person sets a password of their own; sessions elsewhere end. */
async function changePassword(
  deps: ApiDeps,
  request: FastifyRequest,
  { current, password }: PasswordRequest,
  reply: FastifyReply,
): Promise<PasswordResponse> {
  const { session, token } = currentOf(request);
  const { address, device: userAgent = '' } = auditOriginOf(request);
  const change = { session, token, current, password, address, userAgent, now: deps.now() };
  const result = await replacePassword(deps.db, change);
  switch (result.kind) {
    case 'changed': {
      const { mustSetPassword: _done, ...own } = session;
      // Whoever had a one-time password comes in only now.
      const begun = { ...(await withCopyDays(deps.db, own)), begunAt: deps.now() };
      return { session: begun, ended: result.ended };
    }
    case 'refused':
      throw new ApiFailure(`password_${result.why}`);
    case 'wrong_password':
      throw new ApiFailure('wrong_password');
    case 'rate_limited':
      return refuseForLater(reply, result.retryAfterMs);
    default:
      return assertNever(result);
  }
}

async function goOut(deps: ApiDeps, request: FastifyRequest): Promise<void> {
  const { session, token } = currentOf(request);
  const line = { at: deps.now(), actor: session.account.id, action: 'logout' } as const;
  await endSession(deps.db, session.region.code, token);
  await auditAlone(deps.db, session.region.code, { ...line, ...auditOriginOf(request) });
}

/**
 * The reply to a login: the session, and its token in the body or in a cookie; or an error of the
 * catalogue.
 */
async function answerLogin(
  { db }: ApiDeps,
  result: OpenedSession,
  isTokenWanted: boolean,
  now: Instant,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<LoginResponse> {
  switch (result.kind) {
    case 'logged_in': {
      const { token, device } = result;
      const session = { ...(await withCopyDays(db, result.session)), begunAt: now };
      if (isTokenWanted) return { ...session, token, ...(device === null ? {} : { device }) };
      setSessionCookie(request, reply, token, session.expiresAt - now);
      const forDevice = { ...cookieOptions(request), path: PATH, maxAge: DEVICE_LIFETIME_MS / 1000 };
      if (device !== null) reply.setCookie(DEVICE_COOKIE, device, forDevice);
      return session;
    }
    case 'wrong_password':
    case 'second_factor_needed':
    case 'second_factor_wrong':
      throw new ApiFailure(result.kind);
    case 'disabled':
      throw new ApiFailure('forbidden', { reason: 'disabled' });
    case 'refused':
      throw new ApiFailure(`sign_in_${result.why}`);
    case 'rate_limited':
      return refuseForLater(reply, result.retryAfterMs);
    default:
      return assertNever(result);
  }
}

const LOGIN = {
  config: { access: 'public' as const },
  schema: { body: loginRequestSchema, response: { 200: loginResponseSchema } },
};

const PASSWORD = { body: passwordRequestSchema, response: { 200: passwordResponseSchema } };

const DEMO_PEOPLE = {
  config: { access: 'public' as const },
  schema: { response: { 200: demoPeopleResponseSchema } },
};

const DEMO_LOGIN = {
  config: { access: 'public' as const },
  schema: { body: demoLoginRequestSchema, response: { 200: loginResponseSchema } },
};

/**
 * The six people of the demo region come in with one click, on the machine it runs on and nowhere else:
 * elsewhere there is nothing here.
 */
const demoRoutes: Routes = (api, deps) => {
  const isOpen = (request: FastifyRequest): boolean =>
    deps.isDemoOffered === true && isFromHere(api, request);

  api.get(DEMO_PATH, DEMO_PEOPLE, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return isOpen(request) ? listDemoPeople(deps.db) : { people: [] };
  });

  api.post(DEMO_PATH, DEMO_LOGIN, async (request, reply) => {
    if (!isOpen(request)) throw new ApiFailure('not_found');
    const { login, token } = request.body;
    const userAgent = request.headers['user-agent'] ?? '';
    const result = await openDemoSession(deps.db, { login, address: request.ip, userAgent, now: deps.now() });
    if (result === null) throw new ApiFailure('not_found');
    return answerLogin(deps, result, token, deps.now(), request, reply);
  });
};

/** Coming in, asking who one is, going out. */
export const sessionRoutes: Routes = (api, deps) => {
  demoRoutes(api, deps);

  api.post(PATH, LOGIN, async (request, reply) => {
    const result = await comeIn(deps, request, request.body);
    return answerLogin(deps, result, request.body.token, deps.now(), request, reply);
  });

  const config = { isOpenToNewcomers: true };

  api.get(PATH, { config, schema: { response: { 200: sessionSchema } } }, async (request) =>
    withCopyDays(deps.db, sessionOf(request)),
  );

  api.put(`${PATH}/password`, { config, schema: PASSWORD }, async (request, reply) =>
    changePassword(deps, request, request.body, reply),
  );

  api.delete(PATH, { config, schema: { response: { 204: z.null() } } }, async (request, reply) => {
    await goOut(deps, request);
    reply.clearCookie(SESSION_COOKIE, cookieOptions(request));
    // Photos of residents' messages lie in the browser's own cache.
    reply.header('clear-site-data', '"cache"');
    return reply.code(204).send(null);
  });
};
