import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import { loadsSchema } from '#shared/protocol/loads.ts';
import {
  peopleLoadedSchema,
  peopleLoadSchema,
  peopleTakeBackSchema,
  peopleTakenBackSchema,
} from '#shared/protocol/people-load.ts';
import { storePeopleLoad } from '#server/accounts/table/load-people.ts';
import { listPeopleLoads } from '#server/accounts/table/people-loads.ts';
import { takeLoadBack } from '#server/accounts/table/take-back-people.ts';
import { withScope } from '#server/store/database.ts';
import { MAIL_DUE } from '#server/sync/region-change.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const PATH = '/api/v1/accounts';
const config = { access: ['administrator'] } as const;

function loaderOf(request: FastifyRequest) {
  const { account, region } = sessionOf(request);
  return { region: region.code, by: account.id, ...auditOriginOf(request) };
}

/** Tables of people: loading one, and taking it back for a day. */
export const peopleLoadRoutes: Routes = (api, { db, now, scheduler }) => {
  const load = { body: peopleLoadSchema, response: { 200: peopleLoadedSchema } };
  api.post(`${PATH}/load`, { config, schema: load }, async (request, reply) => {
    const loader = loaderOf(request);
    const loaded = await storePeopleLoad(db, loader, request.body, now());
    if (loaded.mailed > 0) scheduler?.follow(loader.region, MAIL_DUE);
    reply.header('cache-control', 'no-store');
    return loaded;
  });

  const list = { response: { 200: loadsSchema } };
  api.get(`${PATH}/loads`, { config, schema: list }, async (request, reply) => {
    const { region } = loaderOf(request);
    reply.header('cache-control', 'no-store');
    return { loads: await withScope(db, { region }, (tx) => listPeopleLoads(tx, region, now())) };
  });

  const back = {
    params: z.object({ id: z.uuid() }),
    body: peopleTakeBackSchema,
    response: { 200: peopleTakenBackSchema },
  };
  api.post(`${PATH}/loads/:id/take-back`, { config, schema: back }, async (request) => {
    const asked = { id: request.params.id, isTrial: request.body.isTrial };
    const taken = await takeLoadBack(db, loaderOf(request), asked, now());
    if (taken === null) throw new ApiFailure('not_found');
    return taken;
  });
};
