import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { readBody } from './read-body.ts';
import { safeTarget, type AllowedNetworks, type Resolve } from './safe-address.ts';

/** A call to an address that somebody outside gave. */
export interface SafeCall {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly allowed: AllowedNetworks;
  readonly timeoutMs: number;
  /** More of an answer is not read: the call fails. */
  readonly maxBytes: number;
  readonly resolve?: Resolve;
  /** PEM of a root that is trusted besides the usual ones; '' for none. */
  readonly certificate?: string;
}

/** An answer. A redirect is an answer like any other: it is not followed. */
export interface SafeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers every question for a name with the address that was judged. */
const only =
  (address: string): LookupFunction =>
  (_host, { all }, done) => {
    const family = isIP(address);
    if (all === true) done(null, [{ address, family }]);
    else done(null, address, family);
  };

/**
 * Calls an address once {@link safeTarget} has judged it, on a connection of its own: one from a pool might
 * lead elsewhere. TLS still checks the certificate for the name. Throws UnsafeAddress, AnswerTooLarge, and
 * what the network throws.
 */
export async function safeRequest(call: SafeCall): Promise<SafeAnswer> {
  const { url, address } = await safeTarget(call.url, call.allowed, call.resolve);
  const { body = '', maxBytes, timeoutMs, method = 'GET', headers = {}, certificate = '' } = call;
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const length = method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = {
      method,
      headers: { ...headers, ...length },
      signal,
      agent: false as const,
      lookup: only(address),
      ...(certificate === '' ? {} : { ca: [...rootCertificates, certificate] }),
    };
    send(url, options, resolve).on('error', reject).end(body);
  });
  try {
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      body: await readBody(answer, maxBytes),
    };
  } finally {
    answer.destroy();
  }
}
