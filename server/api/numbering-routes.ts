import type { Role } from '#shared/domain/actor.ts';
import { numberingChangeSchema, numberingSchema } from '#shared/protocol/numbering.ts';
import { withScope } from '#server/store/database.ts';
import { changeNumbering, readNumbering } from '#server/sync/numbering.ts';
import type { Routes } from './api.ts';
import { auditOriginOf } from './audit-origin.ts';
import { sessionOf } from './authentication.ts';
import { ApiFailure } from './errors.ts';

const ADMINISTRATOR: readonly Role[] = ['administrator'];

/** The numbers that messages registered in a region get: only the centre gives them. */
export const numberingRoutes: Routes = (api, { db, now }) => {
  const config = { access: ADMINISTRATOR };
  const response = { 200: numberingSchema };
  api.get('/api/v1/numbering', { config, schema: { response } }, (request) => {
    const { region } = sessionOf(request);
    return withScope(db, { region: region.code }, (tx) => readNumbering(tx, region.code));
  });
  const schema = { body: numberingChangeSchema, response };
  api.put('/api/v1/numbering', { config, schema }, async (request) => {
    const { account, region } = sessionOf(request);
    const by = { by: account.id, now: now(), ...auditOriginOf(request) };
    const changed = await withScope(db, { region: region.code }, (tx) =>
      changeNumbering(tx, region.code, request.body.next, by),
    );
    if (changed === null) throw new ApiFailure('numbers_given');
    return changed;
  });
};
