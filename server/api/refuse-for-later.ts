import type { FastifyReply } from 'fastify';
import { ApiFailure } from './errors.ts';

/** Ends a request that came too often, and says when another may come. */
export function refuseForLater(reply: FastifyReply, retryAfterMs: number): never {
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  reply.header('retry-after', seconds);
  throw new ApiFailure('rate_limited', { retryAfterSeconds: seconds });
}
