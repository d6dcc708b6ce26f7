import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from './api.ts';
import { ApiFailure } from './errors.ts';

/** Bounds of how long a caller may keep a connection, ms. */
export interface Pace {
  /** The head of a request. */
  readonly headersMs: number;
  /** A whole request, however large its body. */
  readonly requestMs: number;
  /** Nothing at all on a connection that is not waiting for its next request. */
  readonly silenceMs: number;
  /** A body may rest for so long before its pace counts. */
  readonly graceMs: number;
  /** Afterwards it must have come at this pace all the time: the slowest mobile line does (16 kbit/s). */
  readonly bytesPerSecond: number;
  /** How often is looked. */
  readonly lookMs: number;
}

/** An import of the largest file takes minutes over a slow line; heartbeats of streams break the silence. */
export const PACE: Pace = {
  headersMs: 20_000,
  requestMs: 15 * 60_000,
  silenceMs: 3 * 60_000,
  graceMs: 20_000,
  bytesPerSecond: 2048,
  lookMs: 2000,
};

/** Gives Fastify's options for these bounds. */
export const serverBounds = ({ headersMs, requestMs, silenceMs, lookMs }: Pace) => ({
  requestTimeout: requestMs,
  connectionTimeout: silenceMs,
  http: { headersTimeout: headersMs, connectionsCheckingInterval: lookMs },
});

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** Tells that it took too long, when nothing was told yet, and ends the connection in any case. */
function letGo(request: FastifyRequest, reply: FastifyReply): void {
  const end = (): void => void request.raw.socket.destroy();
  if (reply.sent || reply.raw.headersSent) return end();
  reply.raw.once('close', end).once('finish', end);
  const failure = new ApiFailure('too_slow');
  void reply.code(failure.status).header('connection', 'close').send(failure.body());
}

/**
 * Ends requests whose bodies come slower than any line: a thousand of them would hold a thousand connections
 * and what has come of their bodies. Also where the answer has been given without the body.
 */
export function installSlowBodies(api: Api, pace: Pace): void {
  api.addHook('onRequest', async (request, reply) => {
    if (!hasBody(request)) return;
    const { socket } = request.raw;
    const [begun, before] = [performance.now(), socket.bytesRead];
    const timer = setInterval(() => {
      const due = ((performance.now() - begun - pace.graceMs) / 1000) * pace.bytesPerSecond;
      const isOver = request.raw.complete || socket.destroyed;
      if (isOver || due > socket.bytesRead - before) clearInterval(timer);
      if (!isOver && due > socket.bytesRead - before) letGo(request, reply);
    }, pace.lookMs);
    timer.unref();
  });
}
