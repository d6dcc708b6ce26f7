import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '#shared/domain/actor.ts';
import { deputyFieldsSchema, deputyshipsSchema } from '#shared/protocol/accounts.ts';
import {
  endDeputy,
  nameDeputy,
  type DeputyAct,
  type NamedDeputy,
} from '#server/accounts/deputies/name-deputy.ts';
import { readDeputySurroundings } from '#server/accounts/deputies/read-deputyships.ts';
import { withScope } from '#server/store/database.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/accounts';
const ADMINISTRATOR: readonly Role[] = ['administrator'];
const config = { access: ADMINISTRATOR };
const params = z.object({ id: z.string().min(1).max(60) });
const both = params.extend({ deputyship: z.uuid() });
const named = z.object({ id: z.uuid() });
const done = { 200: z.object({ done: z.literal(true) }) };
const DONE = { done: true } as const;

function actOf(request: FastifyRequest<{ Params: { id: string } }>, deputyship: string | null): DeputyAct {
  const { account, region } = sessionOf(request);
  const origin = auditOriginOf(request);
  return { region: region.code, account: request.params.id, by: account.id, deputyship, ...origin };
}

function idOf(result: NamedDeputy): { id: string } {
  if (result.kind === 'named') return { id: result.id };
  throw new ApiFailure(result.kind === 'unknown' ? 'not_found' : `deputy_${result.why}`);
}

/** An administrator says who stands in for whom, and on which days. */
export const deputyRoutes: Routes = (api, { db, now }) => {
  const list = { response: { 200: deputyshipsSchema } };
  api.get(`${PATH}/deputies`, { config, schema: list }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { code: region } = sessionOf(request).region;
    const around = await withScope(db, { region }, (tx) => readDeputySurroundings(tx, region, now()));
    return { deputyships: [...around.named] };
  });

  const add = { params, body: deputyFieldsSchema, response: { 201: named } };
  api.post(`${PATH}/:id/deputies`, { config, schema: add }, async (request, reply) =>
    reply.code(201).send(idOf(await nameDeputy(db, actOf(request, null), request.body, now()))),
  );

  const change = { params: both, body: deputyFieldsSchema, response: { 200: named } };
  api.put(`${PATH}/:id/deputies/:deputyship`, { config, schema: change }, async (request) =>
    idOf(await nameDeputy(db, actOf(request, request.params.deputyship), request.body, now())),
  );

  const end = { params: both, response: done };
  api.post(`${PATH}/:id/deputies/:deputyship/end`, { config, schema: end }, async (request) => {
    if (!(await endDeputy(db, actOf(request, request.params.deputyship), now())))
      throw new ApiFailure('not_found');
    return DONE;
  });
};
