import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { loginResponseSchema, sessionSchema } from '#shared/protocol/session.ts';
import {
  SHELL_SESSION_PATH,
  SHELL_SIGN_IN_PATH,
  shellSessionSchema,
  shellStartedSchema,
  shellStartSchema,
} from '#shared/protocol/shell-sign-in.ts';
import {
  providerChangeSchema,
  providerCheckSchema,
  providerViewSchema,
  SIGN_IN_CALLBACK,
  SIGN_IN_PATH,
  SIGNED_IN_PATH,
  signInEndSchema,
  signInStartedSchema,
  signInStartSchema,
  signInWaysSchema,
} from '#shared/protocol/sign-in.ts';
import { hashToken } from '#server/accounts/session-token.ts';
import { findSession } from '#server/accounts/session-store.ts';
import { SIGN_IN_MS } from '#server/sign-in/begun-sign-in.ts';
import { changeProvider, checkProvider, viewProvider } from '#server/sign-in/change-provider.ts';
import type { Finished, SignIn } from '#server/sign-in/sign-in.ts';
import { SignInRefused } from '#server/sign-in/sign-in-refused.ts';
import { describeError } from '#server/process/describe-error.ts';
import { withScope } from '#server/store/database.ts';
import type { Api, Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { currentOf, sessionOf } from './authentication.ts';
import { ApiFailure, toApiFailure } from './errors.ts';
import { sendHandover } from './handover-page.ts';
import { refuseForLater } from './refuse-for-later.ts';
import { setSessionCookie } from './session-cookie.ts';
import { withCopyDays } from './session-words.ts';

const ADMINISTRATOR: readonly Role[] = ['administrator'];
const open = { access: 'public' as const };
/** Holds what a sign-in began with, sealed. It must come along from the provider's page, so it is lax. */
const BEGUN_COOKIE = 'pult_sign_in';

const begunCookie = (request: FastifyRequest) => ({
  path: SIGN_IN_PATH,
  httpOnly: true,
  sameSite: 'lax' as const,
  secure: request.protocol === 'https',
});

/** The part of a request's address from its question mark on; '' where it has none. */
function searchOf({ raw: { url = '' } }: FastifyRequest): string {
  const from = url.indexOf('?');
  return from === -1 ? '' : url.slice(from);
}

/** The door: which providers there are, the way to one and the way back. */
function doorRoutes(api: Api, signIn: SignIn): void {
  api.get(
    SIGN_IN_PATH,
    { config: open, schema: { response: { 200: signInWaysSchema } } },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return { ways: [...(await signIn.ways())] };
    },
  );

  const start = { body: signInStartSchema, response: { 200: signInStartedSchema } };
  api.post(`${SIGN_IN_PATH}/start`, { config: open, schema: start }, async (request, reply) => {
    const { url, cookie } = await signIn.begin(request.body.region, request.host).catch(rethrow);
    reply.setCookie(BEGUN_COOKIE, cookie, { ...begunCookie(request), maxAge: SIGN_IN_MS / 1000 });
    return { url };
  });

  // A provider adds what it likes to the address; the library reads what it knows.
  api.get(SIGN_IN_CALLBACK, { config: open, schema: { hide: true } }, async (request, reply) => {
    const cookie = request.cookies[BEGUN_COOKIE] ?? '';
    const back = { cookie, search: searchOf(request), ...auditOriginOf(request) };
    const finished = await signIn.finish(back).catch((error: unknown) => failed(request, error));
    // Used or not: it was for this once.
    reply.clearCookie(BEGUN_COOKIE, begunCookie(request));
    return showEnd(signIn, request, reply, finished);
  });
}

/** Shows in the browser how a sign-in has ended, or hands that to the shell that waits for it. */
async function showEnd(signIn: SignIn, request: FastifyRequest, reply: FastifyReply, finished: Finished) {
  reply.header('cache-control', 'no-store');
  if (finished.kind === 'code') return sendHandover(reply, finished, finished.shell);
  if (finished.kind === 'refused') {
    if (finished.shell !== undefined) return sendHandover(reply, finished, finished.shell);
    return reply.redirect(`${SIGNED_IN_PATH}#${finished.why}`, 303);
  }
  await giveSession(signIn, request, reply, finished.token);
  return reply.redirect(SIGNED_IN_PATH, 303);
}

/** The way of a shell: its browser's door, and the session for the code that came of it. */
function shellRoutes(api: Api, signIn: SignIn): void {
  const start = { body: shellStartSchema, response: { 200: shellStartedSchema } };
  api.post(SHELL_SIGN_IN_PATH, { config: open, schema: start }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { region, ...shell } = request.body;
    return signIn.offer(region, shell).catch(rethrow);
  });

  const ticket = z.object({ ticket: z.string().max(4000) });
  api.get(
    SHELL_SIGN_IN_PATH,
    { config: open, schema: { querystring: ticket, hide: true } },
    async (request, reply) => {
      const entered = await signIn
        .enter(request.query.ticket, request.host)
        .catch((error: unknown) => failed(request, error));
      if (entered.kind !== 'begun') return showEnd(signIn, request, reply, entered);
      reply.setCookie(BEGUN_COOKIE, entered.cookie, { ...begunCookie(request), maxAge: SIGN_IN_MS / 1000 });
      return reply.header('cache-control', 'no-store').redirect(entered.url, 303);
    },
  );

  const change = { body: shellSessionSchema, response: { 200: loginResponseSchema } };
  api.post(SHELL_SESSION_PATH, { config: open, schema: change }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const opened = await signIn.openShell(request.body, auditOriginOf(request)).catch(rethrow);
    if (opened.kind === 'rate_limited') return refuseForLater(reply, opened.retryAfterMs);
    const { db, now } = signIn.deps;
    const found = await findSession(db, opened.token, now());
    if (found.kind !== 'found') throw new ApiFailure('sign_in_disabled');
    return { ...(await withCopyDays(db, found.session)), begunAt: now(), token: opened.token };
  });
}

/** Names a refusal as one of the API's errors. */
function rethrow(error: unknown): never {
  throw error instanceof SignInRefused ? new ApiFailure(`sign_in_${error.why}`) : error;
}

/** Whoever stands in the browser reads a sentence and no JSON, whatever has happened here. */
function failed(request: FastifyRequest, error: unknown) {
  const { kind } = toApiFailure(error);
  request.log.error({ kind, error: describeError(error) }, 'sign-in failed');
  return { kind: 'refused', why: kind } as const;
}

async function giveSession(signIn: SignIn, request: FastifyRequest, reply: FastifyReply, token: string) {
  const now = signIn.deps.now();
  const found = await findSession(signIn.deps.db, token, now);
  const session = must(found.kind === 'found' ? found.session : null, 'a new session is found');
  setSessionCookie(request, reply, token, session.expiresAt - now);
}

/** For whoever has just come in by a provider, and goes out again. */
function ownRoutes(api: Api, signIn: SignIn): void {
  const { db } = signIn.deps;
  api.get(
    `${SIGN_IN_PATH}/session`,
    { schema: { response: { 200: sessionSchema } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store');
      const { session, token } = currentOf(request);
      const row = await withScope(db, { region: session.region.code }, (tx) =>
        tx
          .selectFrom('session')
          .select('created_at')
          .where('token_hash', '=', hashToken(token))
          .executeTakeFirst(),
      );
      const begunAt = must(row, 'the session that asks').created_at;
      return { ...(await withCopyDays(db, session)), begunAt };
    },
  );

  const end = { body: z.strictObject({}), response: { 200: signInEndSchema } };
  api.post(`${SIGN_IN_PATH}/end`, { schema: end }, async (request) => {
    const { session, token } = currentOf(request);
    return { url: await signIn.endUrlOf(session.region.code, token) };
  });
}

/** How the region's people come in: for its administrator. */
function settingRoutes(api: Api, signIn: SignIn): void {
  const path = `${SIGN_IN_PATH}/provider`;
  const config = { access: ADMINISTRATOR };
  api.get(path, { config, schema: { response: { 200: providerViewSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return viewProvider(signIn.deps, sessionOf(request).region.code);
  });

  const change = { body: providerChangeSchema, response: { 200: providerViewSchema } };
  api.put(path, { config, schema: change }, async (request) => {
    const { account, region } = sessionOf(request);
    const act = { by: account.id, ...auditOriginOf(request) };
    await changeProvider(signIn.deps, region.code, request.body, act);
    return viewProvider(signIn.deps, region.code);
  });

  const check = { body: z.strictObject({}), response: { 200: providerCheckSchema } };
  api.post(`${path}/check`, { config, schema: check }, async (request) =>
    checkProvider(signIn, sessionOf(request).region.code),
  );
}

/** Sign-in by a provider of others. */
export const signInRoutes: Routes = (api, { signIn }) => {
  if (signIn === undefined) return;
  doorRoutes(api, signIn);
  shellRoutes(api, signIn);
  ownRoutes(api, signIn);
  settingRoutes(api, signIn);
};
