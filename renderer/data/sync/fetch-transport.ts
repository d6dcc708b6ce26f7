import { PHOTO_TYPE } from '#shared/domain/photo.ts';
import { pushResponseSchema } from '#shared/protocol/envelope.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import { digestResponseSchema, helloResponseSchema, knownResponseSchema } from '#shared/protocol/sync.ts';
import { answered, type Answer } from './failure.ts';
import { feedPageSchema } from './feed-page.ts';
import { Line, type LineOptions } from './line.ts';
import type { Transport } from './transport.ts';

/**
 * The API over fetch. When one address does not answer the next is tried at once, so a dead process moves its
 * consoles.
 */
export function fetchTransport(options: LineOptions): Transport {
  const line = new Line(options, '/api/v1/sync/');
  return {
    hello: async (request) => {
      const start = performance.now();
      const answer = await line.json('POST', 'hello', helloResponseSchema, request);
      return answer.ok ? answered({ value: answer.value, roundTripMs: performance.now() - start }) : answer;
    },
    snapshot: ({ part, after, bytes, seen = null }) =>
      line.bytes(`snapshot?${new URLSearchParams({ part, after, ...sized(bytes), ...placed(seen) })}`),
    changes: ({ after, mark, clientId, epoch, scope, limit, bytes }) => {
      const query = new URLSearchParams({
        after: String(after),
        clientId,
        epoch,
        scope,
        limit: String(limit),
        ...sized(bytes),
        ...(mark === undefined ? {} : { mark }),
      });
      return line.json('GET', `changes?${query}`, feedPageSchema);
    },
    push: (request) => line.json('POST', 'push', pushResponseSchema, request),
    known: async (ids) => {
      const answer = await line.json('POST', 'known', knownResponseSchema, { ids });
      return answer.ok ? answered(answer.value.known) : answer;
    },
    digest: () => line.json('GET', 'digest', digestResponseSchema),
    bucket: (bucket, after, bytes) =>
      line.bytes(`bucket?${new URLSearchParams({ bucket: String(bucket), after, ...sized(bytes) })}`),
    stream: (onPoke, signal) => line.stream(onPoke, signal),
  };
}

const sized = (bytes: number | undefined): Record<string, string> =>
  bytes === undefined ? {} : { bytes: String(bytes) };

function placed(seen: SeenRevision | null): Record<string, string> {
  if (seen === null) return {};
  const { epoch, cursor, mark } = seen;
  return { epoch, cursor: String(cursor), ...(mark === null ? {} : { mark }) };
}

/** Photos go a way of their own, beside the protocol: bytes under their hash. */
export interface PhotoLine {
  readonly send: (hash: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Answer<null>>;
  readonly fetch: (hash: string) => Promise<Answer<Uint8Array<ArrayBuffer>>>;
}

/** See {@link PhotoLine}; the addresses and the token are the transport's. */
export function photoLine(options: LineOptions): PhotoLine {
  const line = new Line(options, '/api/v1/photos/', PHOTO_TYPE);
  return { send: (hash, bytes) => line.put(hash, bytes), fetch: (hash) => line.bytes(hash) };
}
