import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

const compress = promisify(gzip);
/** Below this, packing costs more than it saves. */
const WORTH_PACKING = 1024;
/** Up to so many bytes a better ratio costs a few milliseconds. Consoles on slow lines ask for such pages. */
const SMALL_PAGE = 512 * 1024;

/**
 * Sends bytes that are ready to go. A large page is packed at the lowest level: megabytes are made and
 * unpacked in milliseconds that way, which the general compressor's better ratio would cost ten times.
 */
export async function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  type: string,
  body: string | Buffer,
): Promise<FastifyReply> {
  reply.header('content-type', type).header('cache-control', 'no-store').header('vary', 'accept-encoding');
  const isPacked = body.length >= WORTH_PACKING && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (!isPacked) return reply.send(body);
  return reply
    .header('content-encoding', 'gzip')
    .send(await compress(body, { level: body.length <= SMALL_PAGE ? 6 : 1 }));
}

/** Content types of the two kinds of pages. */
export const JSON_TYPE = 'application/json; charset=utf-8';
export const NDJSON_TYPE = 'application/x-ndjson; charset=utf-8';
