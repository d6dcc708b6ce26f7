import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CENTRE_ROLES } from '#shared/domain/actor.ts';
import { PHOTO_LIMITS, PHOTO_TYPE, photoHashSchema, readPhoto } from '#shared/domain/photo.ts';
import { keepPhoto, photoHash, readPhotoBytes } from '#server/photos/photo-store.ts';
import { scopeOf } from '#server/sync/sync-session.ts';
import type { Routes } from './api.ts';
import { ApiFailure } from './errors.ts';
import { syncSessionOf } from './sync-session.ts';

const PATH = '/api/v1/photos/:hash';
const params = z.object({ hash: photoHashSchema });

/**
 * The bytes of a request as a photo of this hash, judged by themselves: neither name nor type of the sender
 * counts.
 */
function photoIn(body: unknown, hash: string): Buffer {
  if (!Buffer.isBuffer(body)) throw new ApiFailure('bad_request', { reason: 'no photo' });
  const read = readPhoto(body);
  if (!read.ok) throw new ApiFailure('bad_request', { reason: read.problem });
  if (photoHash(body) !== hash) throw new ApiFailure('bad_request', { reason: 'another photo' });
  return body;
}

/** Photos of example cases: kept once under the hash of their bytes, given back as nothing but a picture. */
export const photoRoutes: Routes = (api, { db, now }) => {
  api.get(PATH, { compress: false, schema: { params } }, async (request, reply) => {
    const bytes = await readPhotoBytes(db, scopeOf(syncSessionOf(request)), request.params.hash);
    if (bytes === null) throw new ApiFailure('not_found');
    return reply
      .type(PHOTO_TYPE)
      .header('cache-control', 'private, max-age=31536000, immutable')
      .header('content-disposition', `inline; filename="${request.params.hash.slice(0, 12)}.jpg"`)
      .header('content-security-policy', "default-src 'none'; sandbox")
      .send(bytes);
  });
  // In a scope of its own: only here is a body a picture and not JSON.
  void api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(PHOTO_TYPE, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope
      .withTypeProvider<ZodTypeProvider>()
      .put(
        PATH,
        { config: { access: CENTRE_ROLES }, bodyLimit: PHOTO_LIMITS.bytes, schema: { params } },
        async (request, reply) => {
          const session = syncSessionOf(request);
          const bytes = photoIn(request.body, request.params.hash);
          await keepPhoto(db, { ...scopeOf(session), account: session.account }, bytes, now());
          return reply.code(204).send();
        },
      );
  });
};
