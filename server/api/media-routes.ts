import { z } from 'zod';
import type { Incident } from '#shared/domain/incident.ts';
import { mediaOf } from '#shared/domain/incident.ts';
import { channelFileOf } from '#shared/domain/media.ts';
import { fetchPagePhoto } from '#server/channels/inbox/page-photo.ts';
import { fetchPhoto, type PhotoFetch } from '#server/media/fetch-photo.ts';
import { withScope } from '#server/store/database.ts';
import { scopeOf, type SyncSession } from '#server/sync/sync-session.ts';
import type { ApiDeps, Routes } from './api.ts';
import { ApiFailure } from './errors.ts';
import { syncSessionOf } from './sync-session.ts';

/**
 * The address of a photo of a message (0: the first) as the incident keeps it; null when this session sees
 * none.
 */
async function addressOf(
  { db }: ApiDeps,
  session: SyncSession,
  { id, message, n }: { readonly id: string; readonly message: number; readonly n: number },
): Promise<string | null> {
  const found = await withScope(db, scopeOf(session), (tx) =>
    tx
      .selectFrom('incident')
      .select('row')
      .where('region_id', '=', session.region)
      .where('id', '=', id)
      .executeTakeFirst(),
  );
  return found === undefined ? null : (mediaOf(found.row as unknown as Incident, message)[n] ?? null);
}

async function fetchAt(
  { channels, allowedNetworks: allowed = [] }: ApiDeps,
  { region }: SyncSession,
  address: string,
): Promise<PhotoFetch> {
  const file = channelFileOf(address);
  if (file === null) return fetchPhoto(address, { allowed });
  return channels === undefined
    ? { ok: false, refusal: 'gone' }
    : fetchPagePhoto(channels.inbox, region, file);
}

/**
 * Photos of residents' messages. They lie with the networks: consoles get them through the API, which calls
 * no private address.
 */
export const mediaRoutes: Routes = (api, deps) => {
  const place = z.object({
    id: z.uuid(),
    message: z.coerce.number().int().min(0).max(10_000),
    n: z.coerce.number().int().min(0).max(100),
  });
  api.get(
    '/api/v1/incidents/:id/media/:message/:n',
    { schema: { params: place } },
    async (request, reply) => {
      const session = syncSessionOf(request);
      const address = await addressOf(deps, session, request.params);
      if (address === null) throw new ApiFailure('not_found');
      const fetched = await fetchAt(deps, session, address);
      if (!fetched.ok) throw new ApiFailure('not_found', { refusal: fetched.refusal });
      const { type, bytes } = fetched.photo;
      return reply
        .type(type)
        .header('content-disposition', 'inline')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', 'private, max-age=86400')
        .send(bytes);
    },
  );
};
