import type { Role } from '#shared/domain/actor.ts';
import { regulationSchema } from '#shared/domain/regulation.ts';
import { regulationChangeSchema } from '#shared/protocol/regulation.ts';
import { withScope } from '#server/store/database.ts';
import { changeRegulation } from '#server/sync/regulation.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';

const ADMINISTRATOR: readonly Role[] = ['administrator'];

/** The rules of a region's centre; everybody has them from the feed, an administrator sets them. */
export const regulationRoutes: Routes = (api, { db, now }) => {
  const schema = { body: regulationChangeSchema, response: { 200: regulationSchema } };
  const config = { access: ADMINISTRATOR };
  api.put('/api/v1/regulation', { config, schema }, async (request) => {
    const { account, region } = sessionOf(request);
    const by = { by: account.id, now: now(), ...auditOriginOf(request) };
    return withScope(db, { region: region.code }, (tx) =>
      changeRegulation(tx, region.code, request.body, by),
    );
  });
};
