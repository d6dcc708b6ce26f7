import type { z } from 'zod';
import { demoLoginRequestSchema } from '#shared/protocol/demo.ts';
import { ACCOUNT_HEADER, loginRequestSchema, loginResponseSchema } from '#shared/protocol/session.ts';
import { SHELL_SESSION_PATH, shellSessionSchema } from '#shared/protocol/shell-sign-in.ts';
import type { Log } from '#electron/app/log.ts';
import type { DeviceHolder } from '#electron/session/device-holder.ts';
import type { TicketHolder } from '#electron/session/ticket-holder.ts';
import type { Fetch } from './check-address.ts';

/**
 * Headers that a page may send to the API and read from it. Cookies, origins and tokens of a page are
 * nobody's business here.
 */
const SENT = ['accept', 'accept-language', 'content-type', 'if-none-match', 'range', ACCOUNT_HEADER];
const HEARD = ['content-type', 'content-disposition', 'cache-control', 'etag', 'retry-after'];

const SESSION_PATH = '/api/v1/session';
/** Bodies of the routes whose reply holds a token, by path. */
const LOGINS = new Map<string, z.ZodType<object>>([
  [SESSION_PATH, loginRequestSchema],
  [`${SESSION_PATH}/demo`, demoLoginRequestSchema],
  [SHELL_SESSION_PATH, shellSessionSchema],
]);
/** Answers that mean: this process of the API is down, another may not be. */
const DOWN = new Set([502, 503, 504]);

interface ForwardParts {
  readonly fetch: Fetch;
  /** The configured addresses of the API. */
  readonly addresses: () => readonly string[];
  readonly tickets: TicketHolder;
  readonly device: DeviceHolder;
  readonly log: Log;
}

function chosen(headers: Headers, names: readonly string[]): Headers {
  const kept = new Headers();
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}

/**
 * The answer as the page may see it. The body was unpacked on the way, so lengths and encodings of the line
 * are left out.
 */
function shown(response: Response, body: ReadableStream | string | null = response.body): Response {
  const { status, statusText, headers } = response;
  // These have no body by definition, and a Response refuses one.
  const isEmpty = status === 204 || status === 304;
  return new Response(isEmpty ? null : body, { status, statusText, headers: chosen(headers, HEARD) });
}

/** Answers a request of the console for a path under /api/. */
export type Forward = (request: Request) => Promise<Response>;

/**
 * Carries requests of the console to the configured API. The session's token is put on here and taken off the
 * answer to a login here, so that no script of a page ever sees it, and it goes to the addresses it was given
 * for and nowhere else: redirects are errors. Without the network a request fails as the network does.
 */
export function createForwarder(parts: ForwardParts): Forward {
  const line = new Line(parts);
  return (request) => line.answer(request);
}

class Line {
  readonly #parts: ForwardParts;
  /** Counts up whenever an address fails, so that the next request goes to another one. */
  #current = 0;

  constructor(parts: ForwardParts) {
    this.#parts = parts;
  }

  async answer(request: Request): Promise<Response> {
    const { addresses, log, tickets } = this.#parts;
    const all = addresses();
    const address = all[this.#current % Math.max(1, all.length)];
    const isLogout = request.method === 'DELETE' && new URL(request.url).pathname === SESSION_PATH;
    try {
      const answer = address === undefined ? Response.error() : this.#carry(address, request);
      // The token is on its way to be ended. Whatever the API says, or however late: this workstation is out
      // now.
      if (isLogout) tickets.drop();
      return await answer;
    } catch (error) {
      if (!request.signal.aborted) {
        log.warn(`no answer from ${address}: ${error instanceof Error ? error.message : String(error)}`);
        this.#current += 1;
      }
      return Response.error();
    }
  }

  async #carry(address: string, request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const login = request.method === 'POST' ? LOGINS.get(pathname) : undefined;
    if (login !== undefined) return this.#logIn(address, request, login);
    const body = request.body === null ? {} : { body: request.body, duplex: 'half' as const };
    return shown(await this.#send(address, request, body));
  }

  async #logIn(address: string, request: Request, schema: z.ZodType<object>): Promise<Response> {
    const { addresses, device, tickets } = this.#parts;
    const login = schema.safeParse(await request.json().catch(() => null));
    if (!login.success) return new Response(null, { status: 400 });
    tickets.drop();
    const body = JSON.stringify({ ...login.data, token: true, device: device.tokenFor(address) });
    const response = await this.#send(address, request, { body });
    if (!response.ok) return shown(response);
    const answer = loginResponseSchema.safeParse(await response.json().catch(() => null));
    if (!answer.success || answer.data.token === undefined) return new Response(null, { status: 502 });
    const { token, device: known, ...session } = answer.data;
    if (known !== undefined) device.take(addresses(), known);
    await tickets.take({ addresses: [...addresses()], token, expiresAt: session.expiresAt });
    return shown(response, JSON.stringify(session));
  }

  async #send(address: string, request: Request, init: RequestInit): Promise<Response> {
    const { fetch, tickets } = this.#parts;
    const { pathname, search } = new URL(request.url);
    const headers = chosen(request.headers, SENT);
    const token = tickets.tokenFor(address);
    if (token !== null) headers.set('authorization', `Bearer ${token}`);
    const response = await fetch(`${address}${pathname}${search}`, {
      method: request.method,
      headers,
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
      signal: request.signal,
      ...init,
    });
    if (DOWN.has(response.status)) this.#current += 1;
    return response;
  }
}
