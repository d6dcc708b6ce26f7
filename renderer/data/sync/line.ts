import type { z } from 'zod';
import { apiErrorSchema, type ApiErrorKind } from '#shared/protocol/errors.ts';
import { ACCOUNT_HEADER, accountMark, type Session } from '#shared/protocol/session.ts';
import { answered, failed, messageOf, type Answer, type Failure } from './failure.ts';
import { readPokes } from './poke-reader.ts';
import { Silence } from './silence.ts';

/** How long an answer may be silent. One that goes on arriving is slow, not lost. */
const SILENCE_MS = 30_000;
/** The longest exchange, for an answer that trickles for ever. */
const LONGEST_MS = 300_000;
/** Bytes a millisecond that the slowest line carries up. What is sent makes no sound until it is there. */
const UP_PER_MS = 2;
/** The API sends a heartbeat every 15 s; three missed ones mean that the line is dead, whatever TCP says. */
const STREAM_SILENCE_MS = 45_000;

export interface LineOptions {
  /**
   * Addresses of API processes, such as `https://api-1.example`; '' for the one the console came from. Any of
   * them will do.
   */
  readonly addresses: readonly string[];
  /** A token where there is no cookie (another origin, the shell). */
  readonly token?: string;
  /** The session that every request is meant for; another one's cookie answers none of them. */
  readonly session?: Session;
}

/**
 * The centre's resources at whichever of its addresses answers. Every request may be sent twice without harm.
 */
export class Line {
  readonly #addresses: readonly string[];
  readonly #headers: Readonly<Record<string, string>>;
  readonly #base: string;
  readonly #bytesType: string;
  /** The address that answered last. */
  #current = 0;

  /** `base`: the beginning of every path. `bytesType`: the media type of bytes that are sent. */
  constructor(
    { addresses, token, session }: LineOptions,
    base: string = '',
    bytesType: string = 'application/octet-stream',
  ) {
    this.#addresses = addresses;
    this.#base = base;
    this.#bytesType = bytesType;
    this.#headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(session === undefined ? {} : { [ACCOUNT_HEADER]: accountMark(session) }),
    };
  }

  async json<T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown): Promise<Answer<T>> {
    return this.#read(method, path, body, (response) => {
      const parsed = schema.safeParse(parseJson(response.body));
      return parsed.success
        ? answered(parsed.data)
        : failed({ kind: 'nonsense', message: parsed.error.message });
    });
  }

  async bytes(path: string): Promise<Answer<Uint8Array<ArrayBuffer>>> {
    return this.#read('GET', path, undefined, ({ body }) => answered(body));
  }

  async put(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Answer<null>> {
    return this.#read('PUT', path, bytes, () => answered(null));
  }

  async #read<T>(
    method: string,
    path: string,
    body: unknown,
    read: (whole: Whole) => Answer<T>,
  ): Promise<Answer<T>> {
    const sent = sizeOf(body);
    const silence = new Silence(SILENCE_MS, SILENCE_MS + sent.length / UP_PER_MS);
    const longest = AbortSignal.timeout(LONGEST_MS + sent.length / UP_PER_MS);
    try {
      const response = await this.send(method, path, body, AbortSignal.any([silence.signal, longest]));
      if (!response.ok) return response;
      const { ok, status } = response.value;
      if (ok && isPage(response.value)) return failed({ kind: 'foreign', status });
      if (!ok) return failed(await failureOf(response.value));
      return read({ body: await wholeBody(response.value, () => silence.heard()) });
    } catch (error) {
      // Something had come: the line is there, and a smaller answer may get through.
      const slow = silence.isHeard ? { isSlow: true } : {};
      return failed({ kind: 'network', message: messageOf(error), ...slow });
    } finally {
      silence.end();
    }
  }

  /**
   * Gives whatever was answered, an error too. An address that is down is left, and the next one asked the
   * same.
   */
  async send(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal = AbortSignal.timeout(SILENCE_MS + sizeOf(body).length / UP_PER_MS),
  ): Promise<Answer<Response>> {
    let last: Answer<Response> = failed({ kind: 'network', message: 'no address of the API is known' });
    for (let tried = 0; tried < this.#addresses.length; tried += 1) {
      last = await this.#sendTo(this.#addresses[this.#current] ?? '', method, path, body, signal);
      const isDown =
        !last.ok || last.value.status === 502 || last.value.status === 503 || last.value.status === 504;
      if (!isDown || signal.aborted) return last;
      this.#current = (this.#current + 1) % this.#addresses.length;
    }
    return last;
  }

  async #sendTo(
    address: string,
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Answer<Response>> {
    try {
      const isBytes = body instanceof Uint8Array;
      const type = isBytes ? this.#bytesType : 'application/json';
      const headers = body === undefined ? this.#headers : { ...this.#headers, 'content-type': type };
      const init = {
        method,
        headers,
        signal,
        credentials: address === '' ? 'same-origin' : 'include',
        cache: 'no-store',
      } as const;
      const sent = isBytes ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body);
      return answered(
        await fetch(`${address}${this.#base}${path}`, body === undefined ? init : { ...init, body: sent }),
      );
    } catch (error) {
      return failed({ kind: 'network', message: messageOf(error) });
    }
  }

  async stream(onPoke: () => void, signal: AbortSignal): Promise<Answer<null>> {
    const silence = new Silence(STREAM_SILENCE_MS);
    try {
      const response = await this.send('GET', 'stream', undefined, AbortSignal.any([signal, silence.signal]));
      if (!response.ok) return response;
      const { ok, body, status } = response.value;
      if (ok && isPage(response.value)) return failed({ kind: 'foreign', status });
      if (!ok || body === null) return failed(await failureOf(response.value));
      onPoke();
      await readPokes(body, onPoke, () => silence.heard());
      return answered(null);
    } catch (error) {
      return failed({ kind: 'network', message: messageOf(error) });
    } finally {
      silence.end();
    }
  }
}

/** An answer that has come whole. */
interface Whole {
  readonly body: Uint8Array<ArrayBuffer>;
}

/** Null for what is no JSON: it has come whole, so it will not be better next time. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

/** About how many bytes a body is: Russian letters are two. */
const sizeOf = (body: unknown): { readonly length: number } =>
  body === undefined ? '' : body instanceof Uint8Array ? body : { length: JSON.stringify(body).length * 2 };

/** Reads an answer to its end and tells of every part that comes. */
async function wholeBody(response: Response, onLife: () => void): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    onLife();
    parts.push(part);
    length += part.length;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Tells whether an answer is a page for people: the API gives none, so it is somebody else's. */
const isPage = (response: Response): boolean =>
  /^text\/html\b/i.test(response.headers.get('content-type') ?? '');

/** Answers that mean something only in the API's own words: a guest network answers them as well. */
const OWN_WORDS = new Set([400, 401, 403, 404, 409, 410, 422, 511]);

/** Refusals of a session whose person has left the door before all was set: the door is where it goes on. */
const UNFINISHED: ReadonlySet<ApiErrorKind | null> = new Set([
  'password_temporary',
  'second_factor_demanded',
]);

/** Reads the failure out of an answer other than 2xx. */
async function failureOf(response: Response): Promise<Failure> {
  const { status } = response;
  const body = apiErrorSchema.safeParse(await response.json().catch(() => null)).data?.error;
  const kind: ApiErrorKind | null = body?.kind ?? null;
  if (kind === null && OWN_WORDS.has(status)) return { kind: 'foreign', status };
  if (kind === 'protocol_too_old') return { kind: 'too_old' };
  if (kind === 'protocol_too_new') return { kind: 'too_new' };
  if (status === 401 || UNFINISHED.has(kind)) return { kind: 'unauthenticated' };
  if (status === 403) return { kind: 'forbidden' };
  if (status === 410 || kind === 'resync') return { kind: 'resync' };
  if (status === 409 || kind === 'sequence_gap') {
    const expected = body?.detail?.['expected'];
    return { kind: 'gap', expected: typeof expected === 'number' ? expected : null };
  }
  if (status === 400 || status === 413 || status === 422)
    return { kind: 'unreadable', status, message: body?.message ?? '' };
  if (status === 429 || status >= 500)
    return { kind: 'busy', status, afterMs: retryAfterMs(response.headers.get('retry-after')) };
  return { kind: 'nonsense', message: `HTTP ${status}` };
}

/** Milliseconds of a `retry-after` header in seconds; null where there is none. */
export function retryAfterMs(header: string | null): number | null {
  const seconds = Number(header);
  return header === null || !Number.isFinite(seconds) ? null : Math.min(seconds, 300) * 1000;
}
