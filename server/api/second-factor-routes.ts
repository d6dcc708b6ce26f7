import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import {
  factorActSchema,
  factorBeginSchema,
  factorBegunSchema,
  factorConfirmSchema,
  ownFactorSchema,
  sparesSchema,
} from '#shared/protocol/second-factor.ts';
import { checkPassword, type PasswordChecked } from '#server/accounts/check-password.ts';
import { resetFactor } from '#server/second-factor/reset.ts';
import type { CodeJudged, FactorPerson, SecondFactor } from '#server/second-factor/second-factor.ts';
import { hasFactor } from '#server/second-factor/store.ts';
import type { Api, ApiDeps, Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';
import { refuseForLater } from './refuse-for-later.ts';

const PATH = '/api/v1/session/second-factor';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { isOpenWithoutFactor: true };
const done = { 200: z.object({ done: z.literal(true) }) };
const DONE = { done: true } as const;

interface Desk extends Pick<ApiDeps, 'db' | 'now'> {
  readonly secondFactor: SecondFactor;
}

const personOf = (request: FastifyRequest): FactorPerson => ({
  session: sessionOf(request),
  ...auditOriginOf(request),
});

/** Ends the request with the error of what was given and did not fit. */
function mustFit(judged: PasswordChecked | CodeJudged, reply: FastifyReply): void {
  if (judged.kind === 'right') return;
  if (judged.kind === 'rate_limited') refuseForLater(reply, judged.retryAfterMs);
  throw new ApiFailure(judged.kind);
}

/** Asks once more for what somebody comes in by: an unlocked workstation is not enough. */
async function mustBeOneself(
  { db, now, secondFactor }: Desk,
  request: FastifyRequest,
  { password = '', code }: { readonly password?: string | undefined; readonly code?: string | undefined },
  reply: FastifyReply,
): Promise<void> {
  const { account, region } = sessionOf(request);
  const { login, id } = account;
  mustFit(await checkPassword(db, { login, current: password, address: request.ip, now: now() }), reply);
  const owner = { region: region.code, account: id };
  if (!(await hasFactor(db, owner))) return;
  if (code === undefined) throw new ApiFailure('second_factor_needed');
  mustFit(await secondFactor.judge(owner, code, auditOriginOf(request)), reply);
}

/** Setting one up: a secret, and the code that shows that an application has it. */
function installSettingUp(api: Api, deps: Desk): void {
  const { secondFactor } = deps;
  api.get(PATH, { config, schema: { response: { 200: ownFactorSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return secondFactor.view(sessionOf(request));
  });

  const begin = { body: factorBeginSchema, response: { 200: factorBegunSchema } };
  api.post(`${PATH}/begin`, { config, schema: begin }, async (request, reply) => {
    const session = sessionOf(request);
    if (session.judgedBy !== undefined) throw new ApiFailure('second_factor_elsewhere');
    // Whoever has just come in and must set one up has given the password a moment ago.
    if (session.mustSetFactor !== true) await mustBeOneself(deps, request, request.body, reply);
    reply.header('cache-control', 'no-store');
    return secondFactor.begin(session);
  });

  const confirm = { body: factorConfirmSchema, response: { 200: sparesSchema } };
  api.post(`${PATH}/confirm`, { config, schema: confirm }, async (request, reply) => {
    const confirmed = await secondFactor.confirm(personOf(request), request.body.code);
    if (confirmed === null) throw new ApiFailure('second_factor_stale');
    if ('kind' in confirmed) {
      mustFit(confirmed, reply);
      throw new ApiFailure('second_factor_wrong');
    }
    reply.header('cache-control', 'no-store');
    return { spares: [...confirmed] };
  });
}

/** Acts on the factor that somebody has: their own, and an administrator's on another's. */
export const secondFactorRoutes: Routes = (api, { db, now, secondFactor }) => {
  if (secondFactor === undefined) return;
  const deps = { db, now, secondFactor };
  installSettingUp(api, deps);

  const spares = { body: factorActSchema, response: { 200: sparesSchema } };
  api.post(`${PATH}/spares`, { schema: spares }, async (request, reply) => {
    await mustBeOneself(deps, request, request.body, reply);
    reply.header('cache-control', 'no-store');
    return { spares: [...(await secondFactor.renewSpares(personOf(request)))] };
  });

  api.post(
    `${PATH}/remove`,
    { schema: { body: factorActSchema, response: done } },
    async (request, reply) => {
      const { isDemanded } = await secondFactor.view(sessionOf(request));
      if (isDemanded) throw new ApiFailure('second_factor_demanded');
      await mustBeOneself(deps, request, request.body, reply);
      await secondFactor.remove(personOf(request));
      return DONE;
    },
  );

  const params = z.object({ id: z.string().min(1).max(60) });
  const reset = '/api/v1/accounts/:id/second-factor/reset';
  const access = { access: ADMINISTRATOR };
  api.post(reset, { config: access, schema: { params, response: done } }, async (request) => {
    const { account, region } = sessionOf(request);
    const by = { region: region.code, account: request.params.id, by: account.id, ...auditOriginOf(request) };
    const outcome = await resetFactor(db, by, now());
    if (outcome.kind === 'unknown') throw new ApiFailure('not_found');
    if (outcome.kind === 'refused') throw new ApiFailure(`account_${outcome.why}`);
    return DONE;
  });
};
