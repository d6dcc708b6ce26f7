import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { attachmentHashSchema } from '#shared/domain/attachment.ts';
import { attachmentPaths } from '#shared/protocol/attachments.ts';
import { partsOf, type ByteRange } from '#server/attachments/parts.ts';
import { findAttachment, type StoredFile } from '#server/attachments/read-attachment.ts';
import { hidesAuthors, scopeOf } from '#server/sync/sync-session.ts';
import type { ApiDeps, Routes } from './api.ts';
import { byteRange } from './byte-range.ts';
import { ApiFailure } from './errors.ts';
import { syncSessionOf } from './sync-session.ts';

const params = z.object({ id: z.uuid(), hash: attachmentHashSchema });
const querystring = z.object({ download: z.literal('1').optional() });

/** RFC 6266: the name in letters every reader knows, and as it is. */
function dispositionOf({ type, name }: StoredFile, isDownload: boolean): string {
  const way = isDownload || type === 'application/pdf' ? 'attachment' : 'inline';
  const plain = name.replace(/[^\w. -]/g, '_');
  const whole = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `${way}; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** The bytes of a range, one stored part at a time. */
function streamOf({ db }: ApiDeps, request: FastifyRequest, upload: string, range: ByteRange): Readable {
  const parts = partsOf(db, scopeOf(syncSessionOf(request)), upload, range);
  return Readable.from(
    (async function* () {
      for await (const { bytes } of parts) yield bytes;
    })(),
    { objectMode: false },
  );
}

function answer(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { file, isDownload }: { readonly file: StoredFile; readonly isDownload: boolean },
): FastifyReply {
  const { hash, type, size, upload } = file;
  const tag = `"${hash}"`;
  reply
    .type(type)
    .header('accept-ranges', 'bytes')
    .header('etag', tag)
    // Kept, but asked about every time: whoever logs in next may not see what this one saw.
    .header('cache-control', 'private, no-cache')
    .header('content-disposition', dispositionOf(file, isDownload))
    .header('content-security-policy', "default-src 'none'; sandbox");
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  const isSame = request.headers['if-range'] === undefined || request.headers['if-range'] === tag;
  const range = isSame ? byteRange(request.headers.range, size) : null;
  if (range === 'unsatisfiable')
    return reply.code(416).header('content-range', `bytes */${size}`).header('content-length', 0).send();
  const { start, end } = range ?? { start: 0, end: size };
  if (range !== null) reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${size}`);
  return reply.header('content-length', end - start).send(streamOf(deps, request, upload, { start, end }));
}

/**
 * Files of an incident as its session sees it: to look at, to save, to go on with from where a line broke.
 */
export const incidentFileRoutes: Routes = (api, deps) => {
  api.get(
    attachmentPaths.ofIncident(':id', ':hash'),
    { compress: false, schema: { params, querystring } },
    async (request, reply) => {
      const { id, hash } = request.params;
      const session = syncSessionOf(request);
      const sees = hidesAuthors(session) ? 'replies' : 'all';
      const found = await findAttachment(deps.db, scopeOf(session), id, hash, sees);
      if (found.kind === 'unknown') throw new ApiFailure('not_found');
      if (found.kind === 'not_uploaded') throw new ApiFailure('not_found', { reason: 'not_uploaded' });
      return answer(deps, request, reply, {
        file: found.file,
        isDownload: request.query.download !== undefined,
      });
    },
  );
};
