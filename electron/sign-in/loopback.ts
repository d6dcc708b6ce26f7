import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { handedOverSchema, type HandedOver } from '#shared/protocol/shell-sign-in.ts';

/** A form of two short fields is far smaller. */
const LONGEST_BODY = 2000;
/** Time for one request to come whole, ms. */
const PATIENCE_MS = 10_000;
const FORM_TYPE = /^application\/x-www-form-urlencoded(?:;|$)/i;

/** A door of this machine that opens once. */
export interface Loopback {
  readonly port: number;
  /** The end that was handed over; null where the door was closed before. */
  readonly handed: Promise<HandedOver | null>;
  close(): void;
}

interface LoopbackParts {
  /** The one path that is answered, without its slash: a secret. */
  readonly path: string;
  readonly state: string;
  /** The page that whoever stands in the browser reads. */
  readonly page: string;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The only Host header of a request; null where there are several, or none. */
function hostOf({ rawHeaders, headers }: IncomingMessage): string | null {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  return hosts.length === 1 ? (headers.host ?? null) : null;
}

/**
 * Tells whether a request comes by the way that was told to the centre. A name that somebody has given to
 * this address (DNS rebinding) is another Host.
 */
function isMeant(request: IncomingMessage, port: number, path: string): boolean {
  return (
    request.method === 'POST' &&
    hostOf(request) === `127.0.0.1:${port}` &&
    isSame(request.url ?? '', `/${path}`) &&
    FORM_TYPE.test(request.headers['content-type'] ?? '')
  );
}

async function readForm(request: IncomingMessage): Promise<HandedOver | null> {
  let body = '';
  for await (const part of request) {
    body += String(part);
    if (body.length > LONGEST_BODY) return null;
  }
  const pairs = [...new URLSearchParams(body)];
  const fields = Object.fromEntries(pairs);
  if (Object.keys(fields).length !== pairs.length) return null;
  return handedOverSchema.safeParse(fields).data ?? null;
}

function show(response: ServerResponse, page: string): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  return new Promise((done) => response.once('close', done).end(page));
}

/**
 * Listens on 127.0.0.1 for the end of one sign-in (RFC 8252, section 7.3). What does not fit, whatever is
 * wrong with it, gets no answer: its line is cut, and the door stays. What fits closes the door.
 */
export async function openLoopback({ path, state, page }: LoopbackParts): Promise<Loopback> {
  const server = createServer({ requestTimeout: PATIENCE_MS, headersTimeout: PATIENCE_MS });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(0, '127.0.0.1', listening);
  });
  const { port } = server.address() as AddressInfo;
  const { promise: handed, resolve } = Promise.withResolvers<HandedOver | null>();
  let isOpen = true;
  const close = (): void => {
    isOpen = false;
    server.close();
    server.closeAllConnections();
    resolve(null);
  };
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A request that is read no further lets go of its line.
    const { socket } = request;
    const end = isMeant(request, port, path) ? await readForm(request).catch(() => null) : null;
    if (!isOpen || end === null || !isSame(end.state, state)) {
      socket.destroy();
      return;
    }
    isOpen = false;
    server.close();
    resolve(end);
    await show(response, page);
    close();
  };
  server.on('request', (request, response) => void take(request, response));
  // Half a request, or another protocol: no word either.
  server.on('clientError', (_error, socket) => socket.destroy());
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  return { port, handed, close };
}
