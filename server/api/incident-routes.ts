import { z } from 'zod';
import { REFERENCE_KINDS } from '#shared/protocol/sync.ts';
import { withScope } from '#server/store/database.ts';
import { incidentWithEvents } from '#server/sync/incident-history.ts';
import { observersReference } from '#server/sync/observer-rows.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import { hidesAuthors, scopeOf } from '#server/sync/sync-session.ts';
import type { Routes } from './api.ts';
import { ApiFailure } from './errors.ts';
import { syncSessionOf } from './sync-session.ts';

const eventSchema = z.object({
  n: z.int(),
  v: z.int(),
  name: z.string(),
  at: z.int(),
  recordedAt: z.int(),
  by: z.string(),
  command: z.uuid().nullable(),
  data: z.record(z.string(), z.unknown()),
});

const incidentResponse = z.object({
  v: z.int(),
  incident: z.looseObject({ id: z.uuid(), number: z.int().nullable(), version: z.int(), text: z.string() }),
  events: z.array(eventSchema),
});

const referenceResponse = z.object({
  rows: z.array(z.object({ kind: z.enum(REFERENCE_KINDS), id: z.string(), row: z.unknown() })),
});

/** For tools that want one thing without keeping a copy of the region. */
export const incidentRoutes: Routes = (api, { db }) => {
  const byId = { params: z.object({ id: z.uuid() }), response: { 200: incidentResponse } };
  api.get('/api/v1/incidents/:id', { schema: byId }, async (request) => {
    const found = await incidentWithEvents(db, syncSessionOf(request), request.params.id);
    if (found === null) throw new ApiFailure('not_found');
    return { v: found.v, incident: { ...found.incident }, events: [...found.events] };
  });

  const list = {
    querystring: z.object({ kind: z.enum(REFERENCE_KINDS).optional() }),
    response: { 200: referenceResponse },
  };
  api.get('/api/v1/reference', { schema: list }, async (request) => {
    const session = syncSessionOf(request);
    const rows = await withScope(db, scopeOf(session), (tx) =>
      readReferenceRows(tx, session.region, request.query.kind),
    );
    return {
      rows: hidesAuthors(session) ? observersReference(rows) : rows,
    };
  });
};
