import { isIPv4 } from 'node:net';
import type { FastifyRequest } from 'fastify';

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

/** The name of this very machine that a request came under, as it stands in Host, and its port. */
export interface OwnHost {
  readonly host: string;
  readonly port: string;
}

/**
 * Gives the name under which a request came from this machine to this machine; null when it came from
 * elsewhere, or under a name that somebody else may have given to this address (DNS rebinding).
 */
export function ownHostOf(request: FastifyRequest): OwnHost | null {
  const host = hostOf(request);
  if (host === null || !isLoopback(request.raw.socket.remoteAddress ?? '')) return null;
  const { name = '', port = '80' } = /^(?<name>.+?)(?::(?<port>\d{1,5}))?$/.exec(host)?.groups ?? {};
  return isOwnName(name) ? { host, port } : null;
}
