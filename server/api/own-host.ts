import { isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { alternatives } from '#shared/text/alternatives.ts';

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

/** The only Host header, as it came; a second one is somebody's trick. */
function hostOf({ raw }: FastifyRequest): string | null {
  const names = raw.rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  return names.filter((name) => name === 'host').length === 1 ? (raw.headers.host ?? null) : null;
}

/**
 * Headers that browsers, Prometheus and simple clients send by themselves. Any other may be a proxy's: who
 * asks is then not on this machine.
 */
const STRAIGHT = new RegExp(
  `^(?:${alternatives(`
    host connection keep-alive user-agent accept(?:-[a-z]+)? content-(?:type|length) transfer-encoding origin
    referer cookie authorization cache-control pragma priority dnt upgrade-insecure-requests if-none-match
    if-modified-since sec-[a-z-]+ x-prometheus-scrape-timeout-seconds
  `)})$`,
);

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

/** The name of this very machine that a request came under, as it stands in Host, and its port. */
export interface OwnHost {
  readonly host: string;
  readonly port: string;
}

/**
 * Gives the name under which a request came from this machine to this machine, straight; null when it came
 * from elsewhere, through a proxy, or under a name that somebody else may have given to this address (DNS
 * rebinding). Anything in doubt is null.
 */
export function ownHostOf(request: FastifyRequest): OwnHost | null {
  const host = hostOf(request);
  if (host === null || !isStraight(request)) return null;
  if (!isLoopback(request.raw.socket.remoteAddress ?? '')) return null;
  const { name = '', port = '80' } = /^(?<name>.+?)(?::(?<port>\d{1,5}))?$/.exec(host)?.groups ?? {};
  return isOwnName(name) ? { host, port } : null;
}
