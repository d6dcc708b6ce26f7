import type { z } from 'zod';
import { PHOTO_TYPE } from '#shared/domain/photo.ts';
import { apiErrorSchema, type ApiErrorKind } from '#shared/protocol/errors.ts';
import { pushResponseSchema } from '#shared/protocol/envelope.ts';
import { changesResponseSchema, digestResponseSchema, helloResponseSchema } from '#shared/protocol/sync.ts';
import { answered, failed, messageOf, type Answer, type Failure } from './failure.ts';
import { readPokes } from './poke-reader.ts';
import type { Transport } from './transport.ts';

const TIMEOUT_MS = 30_000;
/** The API sends a heartbeat every 15 s; three missed ones mean that the line is dead, whatever TCP says. */
const SILENCE_MS = 45_000;

export interface FetchTransportOptions {
  /** Addresses of API processes, such as `https://api-1.example`; '' for the one the console came from. Any of them will do. */
  readonly addresses: readonly string[];
  /** A token where there is no cookie (another origin, the shell). */
  readonly token?: string;
}

/** The API over fetch. When one address does not answer the next is tried at once, so a dead process moves its consoles. */
export function fetchTransport(options: FetchTransportOptions): Transport {
  const line = new Line(options);
  return {
    hello: async (request) => {
      const start = performance.now();
      const answer = await line.json('POST', 'hello', helloResponseSchema, request);
      return answer.ok ? answered({ value: answer.value, roundTripMs: performance.now() - start }) : answer;
    },
    snapshot: (part, after) => line.bytes(`snapshot?${new URLSearchParams({ part, after })}`),
    changes: ({ after, clientId, epoch, scope, limit }) => {
      const query = new URLSearchParams({
        after: String(after),
        clientId,
        epoch,
        scope,
        limit: String(limit),
      });
      return line.json('GET', `changes?${query}`, changesResponseSchema);
    },
    push: (request) => line.json('POST', 'push', pushResponseSchema, request),
    digest: () => line.json('GET', 'digest', digestResponseSchema),
    bucket: (bucket, after) => line.bytes(`bucket?${new URLSearchParams({ bucket: String(bucket), after })}`),
    stream: (onPoke, signal) => line.stream(onPoke, signal),
  };
}

/** Photos go a way of their own, beside the protocol: bytes under their hash. */
export interface PhotoLine {
  readonly send: (hash: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Answer<null>>;
  readonly fetch: (hash: string) => Promise<Answer<Uint8Array<ArrayBuffer>>>;
}

/** See {@link PhotoLine}; the addresses and the token are the transport's. */
export function photoLine(options: FetchTransportOptions): PhotoLine {
  const line = new Line(options, 'photos');
  return { send: (hash, bytes) => line.put(hash, bytes), fetch: (hash) => line.bytes(hash) };
}

class Line {
  readonly #addresses: readonly string[];
  readonly #headers: Readonly<Record<string, string>>;
  readonly #resource: string;
  /** The address that answered last. */
  #current = 0;

  constructor({ addresses, token }: FetchTransportOptions, resource = 'sync') {
    this.#addresses = addresses;
    this.#resource = resource;
    this.#headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  async json<T>(method: string, path: string, schema: z.ZodType<T>, body?: unknown): Promise<Answer<T>> {
    return this.#read(method, path, body, async (response) => {
      const parsed = schema.safeParse(await response.json());
      return parsed.success
        ? answered(parsed.data)
        : failed({ kind: 'nonsense', message: parsed.error.message });
    });
  }

  async bytes(path: string): Promise<Answer<Uint8Array<ArrayBuffer>>> {
    return this.#read('GET', path, undefined, async (response) =>
      answered(new Uint8Array(await response.arrayBuffer())),
    );
  }

  async put(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<Answer<null>> {
    return this.#read('PUT', path, bytes, async () => answered(null));
  }

  async #read<T>(
    method: string,
    path: string,
    body: unknown,
    read: (response: Response) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const response = await this.#send(method, path, body, AbortSignal.timeout(TIMEOUT_MS));
    if (!response.ok) return response;
    try {
      return response.value.ok ? await read(response.value) : failed(await failureOf(response.value));
    } catch (error) {
      return failed({ kind: 'network', message: messageOf(error) });
    }
  }

  /** Every request may be sent twice without harm, so the next address is simply asked the same. */
  async #send(method: string, path: string, body: unknown, signal: AbortSignal): Promise<Answer<Response>> {
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
      const isPhoto = body instanceof Uint8Array;
      const type = isPhoto ? PHOTO_TYPE : 'application/json';
      const headers = body === undefined ? this.#headers : { ...this.#headers, 'content-type': type };
      const init = {
        method,
        headers,
        signal,
        credentials: address === '' ? 'same-origin' : 'include',
        cache: 'no-store',
      } as const;
      const sent = isPhoto ? (body as Uint8Array<ArrayBuffer>) : JSON.stringify(body);
      return answered(
        await fetch(
          `${address}/api/v1/${this.#resource}/${path}`,
          body === undefined ? init : { ...init, body: sent },
        ),
      );
    } catch (error) {
      return failed({ kind: 'network', message: messageOf(error) });
    }
  }

  async stream(onPoke: () => void, signal: AbortSignal): Promise<Answer<null>> {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    const onLife = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
    };
    try {
      const response = await this.#send(
        'GET',
        'stream',
        undefined,
        AbortSignal.any([signal, silence.signal]),
      );
      if (!response.ok) return response;
      const { ok, body } = response.value;
      if (!ok || body === null) return failed(await failureOf(response.value));
      onPoke();
      await readPokes(body, onPoke, onLife);
      return answered(null);
    } catch (error) {
      return failed({ kind: 'network', message: messageOf(error) });
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What an answer other than 2xx means. */
export async function failureOf(response: Response): Promise<Failure> {
  const { status } = response;
  const body = apiErrorSchema.safeParse(await response.json().catch(() => null)).data?.error;
  const kind: ApiErrorKind | null = body?.kind ?? null;
  if (kind === 'protocol_too_old') return { kind: 'too_old' };
  if (kind === 'protocol_too_new') return { kind: 'too_new' };
  if (status === 401) return { kind: 'unauthenticated' };
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

function retryAfterMs(header: string | null): number | null {
  const seconds = Number(header);
  return header === null || !Number.isFinite(seconds) ? null : Math.min(seconds, 300) * 1000;
}
