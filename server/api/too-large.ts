import type { Api } from './api.ts';

/** A refused body up to here is still read to its end, bytes. */
const READ_ANYWAY = 64 * 1024 ** 2;

/**
 * Has a caller hear that his body was too large. Fastify closes the connection at once, and one who is still
 * writing then hears a reset instead of the answer: a console would take that for a bad line and try again
 * for ever. What declares a bearable length is read to its end and thrown away; the rest is closed on, as
 * before.
 */
export function installTooLarge(api: Api): void {
  // Every answer passes here, so it waits for nothing.
  api.addHook('onSend', (request, reply, payload, done) => {
    if (reply.statusCode === 413 && Number(request.headers['content-length']) <= READ_ANYWAY) {
      reply.removeHeader('connection');
      request.raw.resume();
    }
    done(null, payload);
  });
}
