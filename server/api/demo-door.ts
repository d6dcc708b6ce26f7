import type { FastifyRequest } from 'fastify';
import type { ServerOptions } from '#server/options.ts';
import type { Api } from './api.ts';

/** 127.0.0.0/8 and ::1, also as IPv6 writes the former. */
export const isLoopback = (address: string): boolean =>
  /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i.test(address) || address === '::1';

/** Names that no server of others can give to an address of its own: a page that rebinds its own name comes under that one. */
const OWN_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** A proxy stands between, whatever it calls itself: who asks is then not on this machine. */
const OF_PROXY = /^(?:x-|forwarded$|via$|true-client-ip$|cf-|fly-|fastly-|cdn-)/;

/**
 * Tells whether an installation may let people of the demo region in without a password at all: it listens on this machine alone and
 * nobody has set it up for others.
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

/** The only Host header, as it came; a second one is somebody's trick. */
function hostOf({ raw }: FastifyRequest): string | null {
  const names = raw.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  return names.filter((name) => name === 'host').length === 1 ? (raw.headers.host ?? null) : null;
}

/** Pages of other origins may not use a person's browser for this, not even where it answers nobody. */
function isOwnPage({ headers }: FastifyRequest, host: string): boolean {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  return (
    (site === undefined || site === 'same-origin' || site === 'none') &&
    (origin === undefined || origin === `http://${host}`)
  );
}

/** Tells whether a request comes from this very machine, straight and under its own name. Anything in doubt does not. */
export function isFromHere(api: Api, request: FastifyRequest): boolean {
  const port = boundPort(api);
  const host = hostOf(request);
  if (port === null || host === null) return false;
  const { name = '', port: asked = '80' } = /^(?<name>.+?)(?::(?<port>\d{1,5}))?$/.exec(host)?.groups ?? {};
  return (
    OWN_NAME.test(name) &&
    asked === String(port) &&
    isLoopback(request.raw.socket.remoteAddress ?? '') &&
    !Object.keys(request.raw.headers).some((header) => OF_PROXY.test(header)) &&
    isOwnPage(request, host)
  );
}
