import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { rootCertificates } from 'node:tls';
import { readBody } from '#server/net/read-body.ts';
import type { StreamedBody } from './multipart.ts';
import { errorCode } from '#server/process/startup-error.ts';

const MAX_ANSWER = 8 * 1024 ** 2;
const TIMEOUT_MS = 15_000;

/** A call to a network. `timeoutMs` is for questions that wait for news. */
export interface TextRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | StreamedBody;
  /** PEM of a private root, trusted by this call alone. */
  readonly certificate: string | null;
  readonly timeoutMs?: number;
  readonly stopping?: AbortSignal;
  /** More of an answer is not read. */
  readonly maxBytes?: number;
  /** On a line of its own: a kept one may be dead, and then nobody knows whether the call went out. */
  readonly isAlone?: boolean;
}

interface BytesAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A network's answer, whatever the status. */
export interface TextAnswer extends Omit<BytesAnswer, 'body'> {
  readonly text: string;
}

/**
 * The line failed before it stood, or before a body was out: the network cannot have carried the call out.
 */
export class NeverSent extends Error {
  /** Node's or TLS's own name of the reason, as the error behind it has it. */
  readonly code: string;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.code = errorCode(cause);
  }
}

/**
 * Calls a network. `fetch` takes no certificate for one call, and a private root of one page must not be
 * trusted by the whole process. Redirects are not followed: a token would go along. Throws when the line
 * fails, NeverSent when it never stood, and AnswerTooLarge.
 */
export async function requestBytes(url: URL, request: TextRequest): Promise<BytesAnswer> {
  const { method, body, certificate, timeoutMs = TIMEOUT_MS, stopping, isAlone = false } = request;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const trust = certificate === null ? {} : { ca: [...rootCertificates, certificate] };
    const length = body === undefined ? {} : { 'content-length': lengthOf(body) };
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = stopping === undefined ? limit : AbortSignal.any([limit, stopping]);
    const line = isAlone ? { agent: false } : {};
    const headers = { ...request.headers, ...length };
    const call = send(url, { method, headers, signal, ...trust, ...line }, resolve);
    let stood = false;
    call
      .on('socket', (socket) => {
        if (socket.connecting)
          socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => (stood = true));
        else stood = true;
      })
      .on('error', (error) => reject(stood && written.isWhole() ? error : new NeverSent(error)));
    const written = write(call, body);
  });
  const { statusCode = 0, headers } = answer;
  return { status: statusCode, headers, body: await readBody(answer, request.maxBytes ?? MAX_ANSWER) };
}

const lengthOf = (body: string | StreamedBody): number =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.length;

/**
 * Writes the body of a call. One that fails while it is read ends the call, whose error tells the caller. A
 * call whose length is announced is carried out when the last byte of its body has come, so before that byte
 * was given out it surely was not.
 */
function write(
  call: ClientRequest,
  body: string | StreamedBody | undefined,
): { readonly isWhole: () => boolean } {
  if (typeof body !== 'object') {
    call.end(body);
    return { isWhole: () => true };
  }
  let written = 0;
  const counted = async function* () {
    for await (const chunk of body.chunks()) {
      written += chunk.length;
      yield chunk;
    }
  };
  pipeline(Readable.from(counted(), { objectMode: false }), call).catch(() => undefined);
  return { isWhole: () => written >= body.length };
}

/** As {@link requestBytes}, for an answer in words. */
export async function requestText(url: URL, request: TextRequest): Promise<TextAnswer> {
  const { body, ...rest } = await requestBytes(url, request);
  return { ...rest, text: body.toString('utf8') };
}
