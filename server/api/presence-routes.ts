import { sql } from 'kysely';
import { PRESENT_ROLES, presenceRequestSchema, presenceSchema } from '#shared/protocol/presence.ts';
import { withScope } from '#server/store/database.ts';
import { scopeOf } from '#server/sync/sync-session.ts';
import type { Routes } from './api.ts';
import { syncSessionOf } from './sync-session.ts';

/**
 * A console says that its person is at a card, and is told who else is: only those who see the incident are
 * told of, and only to those who see it.
 */
export const presenceRoutes: Routes = (api, { db, presence }) => {
  if (presence === undefined) return;
  api.addHook('onReady', async () => presence.start());
  api.addHook('onClose', async () => presence.stop());
  const schema = { body: presenceRequestSchema, response: { 200: presenceSchema } };
  api.post('/api/v1/presence', { config: { access: PRESENT_ROLES }, schema }, async (request, reply) => {
    const session = syncSessionOf(request);
    const { incident, state } = request.body;
    const { rows } = await withScope(db, scopeOf(session), (tx) =>
      sql`select from incident where region_id = ${session.region} and id = ${incident}`.execute(tx),
    );
    reply.header('cache-control', 'no-store');
    // Registered on a workstation and not here yet, or not theirs: nobody is there, and nobody is told.
    if (rows.length === 0) return { others: [] };
    const at = { region: session.region, incident, account: session.account };
    await presence.tell({ ...at, state });
    return { others: presence.presence.others(at) };
  });
};
