import { z } from 'zod';
import { loadRowsSchema, loadsSchema } from '#shared/protocol/loads.ts';
import { withScope } from '#server/store/database.ts';
import { readLoadRows, readLoads } from '#server/sync/loads.ts';
import type { Routes } from './api.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const config = { access: ['administrator'] } as const;

/** Files of settings that may still be taken back, with what they changed. Taking back is a command. */
export const loadRoutes: Routes = (api, { db, now }) => {
  api.get('/api/v1/loads', { config, schema: { response: { 200: loadsSchema } } }, async (request, reply) => {
    const { region } = sessionOf(request);
    reply.header('cache-control', 'no-store');
    return {
      loads: await withScope(db, { region: region.code }, (tx) => readLoads(tx, region.code, now())),
    };
  });

  const schema = { params: z.object({ id: z.uuid() }), response: { 200: loadRowsSchema } };
  api.get('/api/v1/loads/:id', { config, schema }, async (request, reply) => {
    const { region } = sessionOf(request);
    const { id } = request.params;
    const found = await withScope(db, { region: region.code }, (tx) =>
      readLoadRows(tx, region.code, id, now()),
    );
    if (found === null) throw new ApiFailure('not_found');
    reply.header('cache-control', 'no-store');
    return found;
  });
};
