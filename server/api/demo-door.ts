import { alternatives } from '#shared/text/alternatives.ts';
import { isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { ServerOptions } from '#server/options.ts';
import type { Api } from './api.ts';

/** 127.0.0.0/8 and ::1, also as IPv6 writes the former. */
export function isLoopback(address: string): boolean {
  const short = address.replace(/^::ffff:/i, '');
  return (isIPv4(short) && short.startsWith('127.')) || address === '::1';
}

/**
 * Names that no server of others can give to an address of its own: a page that rebinds its own name comes
 * under that one.
 */
const isOwnName = (name: string): boolean =>
  name === 'localhost' || name === '[::1]' || (isIPv4(name) && name.startsWith('127.'));

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

/** The only Host header, as it came; a second one is somebody's trick. */
function hostOf({ raw }: FastifyRequest): string | null {
  const names = raw.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  return names.filter((name) => name === 'host').length === 1 ? (raw.headers.host ?? null) : null;
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
  const port = boundPort(api);
  const host = hostOf(request);
  if (port === null || host === null) return false;
  const { name = '', port: hostPort = '80' } =
    /^(?<name>.+?)(?::(?<port>\d{1,5}))?$/.exec(host)?.groups ?? {};
  return (
    isOwnName(name) &&
    hostPort === String(port) &&
    isLoopback(request.raw.socket.remoteAddress ?? '') &&
    isStraight(request) &&
    isOwnPage(request, host)
  );
}
