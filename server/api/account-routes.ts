import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import {
  accountsSchema,
  disabledRequestSchema,
  endedSessionsSchema,
  givenPasswordSchema,
  newcomerSchema,
  personFieldsSchema,
  personSessionsSchema,
} from '#shared/protocol/accounts.ts';
import { invitationMadeSchema } from '#shared/protocol/invitation.ts';
import {
  isCarriedOut,
  type AccountAct,
  type ActOutcome,
  type CarriedOut,
} from '#server/accounts/account-refusal.ts';
import { addAccount } from '#server/accounts/add-account.ts';
import { changeAccount } from '#server/accounts/change-account.ts';
import { dismissAccount } from '#server/accounts/dismiss-account.ts';
import { endAllSessions } from '#server/accounts/end-sessions.ts';
import { invite } from '#server/accounts/invitations.ts';
import { listAccounts } from '#server/accounts/list-accounts.ts';
import { listSessions } from '#server/accounts/list-sessions.ts';
import { orderForgetting } from '#server/accounts/order-forgetting.ts';
import { resetPassword } from '#server/accounts/reset-password.ts';
import type { Api, ApiDeps, Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { currentOf, sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/accounts';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { access: ADMINISTRATOR };
const params = z.object({ id: z.string().min(1).max(60) });
const done = { 200: z.object({ done: z.literal(true) }) };
const ended = { 200: endedSessionsSchema };
const DONE = { done: true } as const;

/** The administrator's act on the account that the path names. */
function actOf(request: FastifyRequest<{ Params: { id: string } }>): AccountAct {
  const { account, region } = sessionOf(request);
  return { region: region.code, account: request.params.id, by: account.id, ...auditOriginOf(request) };
}

/** Gives what came of an act; throws the catalogue's error when it was not carried out. */
function outcomeOf<T extends ActOutcome>(result: T): CarriedOut<T> {
  if (isCarriedOut(result)) return result;
  throw new ApiFailure(result.why === undefined ? 'not_found' : `account_${result.why}`);
}

/** The routes that list, make and change accounts. */
function installPeople(api: Api, { db, now }: ApiDeps): void {
  api.get(PATH, { config, schema: { response: { 200: accountsSchema } } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return { accounts: await listAccounts(db, sessionOf(request).region.code, now()) };
  });

  const add = { body: newcomerSchema, response: { 201: givenPasswordSchema } };
  api.post(PATH, { config, schema: add }, async (request, reply) => {
    const { account, region } = sessionOf(request);
    const by = { region: region.code, by: account.id, ...auditOriginOf(request) };
    const { id, password } = outcomeOf(await addAccount(db, by, request.body, now()));
    return reply.code(201).header('cache-control', 'no-store').send({ id, password });
  });

  const change = { params, body: personFieldsSchema, response: ended };
  api.put(`${PATH}/:id`, { config, schema: change }, async (request) => {
    const changed = outcomeOf(await changeAccount(db, actOf(request), request.body, now()));
    return { ended: changed.ended };
  });
}

/** The routes that say whether and how somebody may come in. */
function installEntrance(api: Api, { db, now }: ApiDeps): void {
  const disable = { params, body: disabledRequestSchema, response: done };
  api.put(`${PATH}/:id/disabled`, { config, schema: disable }, async (request) => {
    const isDismissed = request.body.disabled;
    outcomeOf(await dismissAccount(db, { ...actOf(request), isDismissed }, now()));
    return DONE;
  });

  const reset = { params, response: { 200: givenPasswordSchema } };
  api.post(`${PATH}/:id/password`, { config, schema: reset }, async (request, reply) => {
    const { password } = outcomeOf(await resetPassword(db, actOf(request), now()));
    reply.header('cache-control', 'no-store');
    return { id: request.params.id, password };
  });

  const inviting = { params, response: { 201: invitationMadeSchema } };
  api.post(`${PATH}/:id/invitation`, { config, schema: inviting }, async (request, reply) => {
    const { token, expiresAt } = outcomeOf(await invite(db, actOf(request), now()));
    return reply.code(201).header('cache-control', 'no-store').send({ token, expiresAt });
  });

  const list = { params, response: { 200: personSessionsSchema } };
  api.get(`${PATH}/:id/sessions`, { config, schema: list }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { region, account } = actOf(request);
    return { sessions: await listSessions(db, { region, account }, currentOf(request).token, now()) };
  });

  const end = { params, response: ended };
  api.post(`${PATH}/:id/sessions/end`, { config, schema: end }, async (request) => {
    // An administrator's own session goes on.
    const { session, token } = currentOf(request);
    const own = session.account.id === request.params.id ? token : null;
    const count = await endAllSessions(db, actOf(request), own, now());
    if (count === null) throw new ApiFailure('not_found');
    return { ended: count };
  });

  api.post(`${PATH}/:id/forget`, { config, schema: { params, response: done } }, async (request) => {
    if (!(await orderForgetting(db, actOf(request), now()))) throw new ApiFailure('not_found');
    return DONE;
  });
}

/** An administrator's acts on accounts. */
export const accountRoutes: Routes = (api, deps) => {
  installPeople(api, deps);
  installEntrance(api, deps);
};
