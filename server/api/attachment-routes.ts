import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { assertNever } from '#shared/domain/must.ts';
import { WORKING_ROLES } from '#shared/domain/actor.ts';
import { ATTACHMENT_LIMITS, attachmentHashSchema } from '#shared/domain/attachment.ts';
import {
  ATTACHMENT_PART_BYTES,
  attachmentPaths,
  beginAttachmentSchema,
  type AttachmentState,
} from '#shared/protocol/attachments.ts';
import { finishUpload, type FinishAnswer } from '#server/attachments/finish-upload.ts';
import { beginUpload, dropUpload, putPart, type HandingIn } from '#server/attachments/upload.ts';
import { scopeOf } from '#server/sync/sync-session.ts';
import type { Routes } from './api.ts';
import { ApiFailure } from './errors.ts';
import { PartsAtOnce } from './parts-at-once.ts';
import { readPart } from './read-part.ts';
import { syncSessionOf } from './sync-session.ts';

const PATH = attachmentPaths.begin(':hash');
const PART_PATH = `${PATH}/parts/:offset`;
const params = z.object({ hash: attachmentHashSchema });
const partParams = params.extend({ offset: z.coerce.number().int().min(0).max(ATTACHMENT_LIMITS.bytes) });

function handingIn(request: FastifyRequest): HandingIn {
  const session = syncSessionOf(request);
  return { ...scopeOf(session), account: session.account };
}

/** The answer of an upload as the wire has it; throws what is no answer but a failure. */
function stateOf(answer: FinishAnswer, reply: FastifyReply): AttachmentState {
  switch (answer.kind) {
    case 'state':
      return answer.state;
    case 'over_quota':
      reply.header('retry-after', answer.waitS);
      throw new ApiFailure('over_quota', { retryAfter: answer.waitS });
    case 'no_upload':
      throw new ApiFailure('not_found', { reason: 'no_upload' });
    case 'misplaced':
      throw new ApiFailure('part_misplaced', { received: answer.received });
    case 'wrong_length':
      throw new ApiFailure('bad_request', { reason: 'part_length', expected: answer.expected });
    case 'refused':
      throw new ApiFailure('attachment_refused', { problem: answer.problem });
    default:
      return assertNever(answer);
  }
}

/**
 * The bytes of a part. A line that is too slow, brings too much or is one too many is closed behind the
 * answer.
 */
async function bytesOf(parts: PartsAtOnce, request: FastifyRequest, reply: FastifyReply): Promise<Buffer> {
  const { body } = request;
  if (!(body instanceof Readable)) throw new ApiFailure('bad_request', { reason: 'no part' });
  try {
    using turn = parts.enter(syncSessionOf(request).account);
    if (turn !== null) return await readPart(body);
    reply.header('retry-after', 1);
    throw new ApiFailure('rate_limited', { retryAfter: 1 });
  } catch (error) {
    reply.header('connection', 'close');
    throw error;
  }
}

/**
 * Files of incidents, replies and notes on their way in (shared/protocol/attachments.ts): begun, sent in
 * parts, finished.
 */
export const attachmentRoutes: Routes = (api, { db, now }) => {
  const parts = new PartsAtOnce();
  const config = { access: WORKING_ROLES };
  api.post(PATH, { config, schema: { params, body: beginAttachmentSchema } }, async (request, reply) => {
    const { hash } = request.params;
    return stateOf(await beginUpload(db, handingIn(request), { hash, ...request.body }, now()), reply);
  });
  api.post(`${PATH}/finish`, { config, schema: { params } }, async (request, reply) =>
    stateOf(await finishUpload(db, handingIn(request), request.params.hash, now()), reply),
  );
  api.delete(PATH, { config, schema: { params } }, async (request, reply) => {
    await dropUpload(db, handingIn(request), request.params.hash);
    return reply.code(204).send();
  });
  // In a scope of its own: only here is a body a part of a file and not JSON. What the sender calls it does
  // not count.
  void api.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope
      .withTypeProvider<ZodTypeProvider>()
      .put(
        PART_PATH,
        { config, bodyLimit: ATTACHMENT_PART_BYTES, schema: { params: partParams } },
        async (request, reply) => {
          const bytes = await bytesOf(parts, request, reply);
          return stateOf(await putPart(db, handingIn(request), { ...request.params, bytes }, now()), reply);
        },
      );
  });
};
