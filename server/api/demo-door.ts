import { alternatives } from '#shared/text/alternatives.ts';
import type { FastifyRequest } from 'fastify';
import type { ServerOptions } from '#server/options.ts';
import type { Api } from './api.ts';
import { isLoopback, ownHostOf } from './own-host.ts';

/**
 * Headers that browsers and simple clients send by themselves. Any other may be a proxy's: who asks is then
 * not on this machine.
 */
const STRAIGHT = new RegExp(
  `^(?:${alternatives(`
    host connection keep-alive user-agent accept(?:-[a-z]+)? content-(?:type|length) transfer-encoding origin
    referer cookie authorization cache-control pragma priority dnt upgrade-insecure-requests if-none-match
    if-modified-since sec-[a-z-]+
  `)})$`,
);

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

/**
 * A proxy betrays itself by a header of its own, by HTTP/1.0 (nginx unless told otherwise) or by asking for a
 * whole address.
 */
function isStraight({ raw }: FastifyRequest): boolean {
  return (
    raw.httpVersion === '1.1' &&
    raw.url?.startsWith('/') === true &&
    Object.keys(raw.headers).every((header) => STRAIGHT.test(header))
  );
}

/**
 * Tells whether a request comes from this very machine, straight and under its own name. Anything in doubt
 * does not.
 */
export function isFromHere(api: Api, request: FastifyRequest): boolean {
  const own = ownHostOf(request);
  const port = boundPort(api);
  return own !== null && own.port === String(port) && isStraight(request) && isOwnPage(request, own.host);
}
