import type { FastifyRequest } from 'fastify';
import type { ServerOptions } from '#server/options.ts';
import type { Api } from './api.ts';
import { isLoopback, ownHostOf } from './own-host.ts';

/**
 * Tells whether an installation may let people of the demo region in without a password at all: it listens on
 * this machine alone and nobody has set it up for others.
 */
export const isDemoOffered = ({
  host,
  publicUrl,
  trustProxy,
}: Pick<ServerOptions, 'host' | 'publicUrl' | 'trustProxy'>): boolean =>
  publicUrl === null && trustProxy === null && (host === 'localhost' || isLoopback(host));

function boundPort(api: Api): number | null {
  const bound = api.server.address();
  if (bound === null || typeof bound === 'string' || !isLoopback(bound.address)) return null;
  return bound.port;
}

/** Pages of other origins may not use a person's browser for this, not even where it answers nobody. */
function isOwnPage({ headers }: FastifyRequest, host: string): boolean {
  const site = headers['sec-fetch-site'];
  const { origin, referer } = headers;
  return (
    (site === undefined || site === 'same-origin' || site === 'none') &&
    (origin === undefined || origin === `http://${host}`) &&
    (referer === undefined || referer.startsWith(`http://${host}/`))
  );
}

/** Tells whether a request comes from this very machine ({@link ownHostOf}), by its port and its own page. */
export function isFromHere(api: Api, request: FastifyRequest): boolean {
  const own = ownHostOf(request);
  const port = boundPort(api);
  return own !== null && own.port === String(port) && isOwnPage(request, own.host);
}
