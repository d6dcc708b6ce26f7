import type { Instant } from '#shared/domain/instant.ts';
import type { PushRequest } from '#shared/protocol/envelope.ts';
import type {
  ChangesQuery,
  ChangesResponse,
  DigestResponse,
  HelloRequest,
  SnapshotPart,
} from '#shared/protocol/sync.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import { LIMITS } from '#shared/protocol/version.ts';
import type { ChangesResult } from '#server/sync/changes.ts';
import type { hello } from '#server/sync/hello.ts';
import type { PushResult } from '#server/sync/push.ts';
import type { PageBounds, PageResult, SnapshotResult } from '#server/sync/snapshot.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';
import { answered, failed, type Answer } from '#renderer/data/sync/failure.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';

export type HelloResult = Awaited<ReturnType<typeof hello>>;

/** Functions that the routes of the sync protocol call, of the server or of the model. */
export interface ApiSide {
  hello(session: SyncSession, request: HelloRequest, now: Instant): Promise<HelloResult>;
  snapshot(
    session: SyncSession,
    part: SnapshotPart,
    after: string,
    size: PageBounds,
    seen: SeenRevision | null,
  ): Promise<SnapshotResult>;
  bucket(session: SyncSession, bucket: number, after: string, size: PageBounds): Promise<PageResult>;
  changes(session: SyncSession, query: ChangesQuery): Promise<ChangesResult>;
  push(session: SyncSession, request: PushRequest, now: () => Instant): Promise<PushResult>;
  known(session: SyncSession, ids: readonly string[]): Promise<readonly string[]>;
  digest(session: SyncSession): Promise<DigestResponse>;
}

/** Small pages, so that a download of a few incidents has several. */
const PAGE_ROWS = 2;
/** The console takes reference rows for complete only when one page holds them. */
const REFERENCE_ROWS = 2000;

function page(result: SnapshotResult): Answer<Uint8Array<ArrayBuffer>> {
  if (result.kind === 'resync') return failed({ kind: 'resync' });
  return result.kind === 'page'
    ? answered(new Uint8Array(result.body))
    : failed({ kind: 'nonsense', message: result.kind });
}

/**
 * Calls the functions as the routes call them; what crosses is JSON, as on the wire. Pages are cut by rows
 * alone, which model and database count alike; what a row weighs, each of them writes in its own way.
 */
export function transportTo(side: ApiSide, session: () => SyncSession, now: () => Instant): Transport {
  return {
    hello: async (request) => {
      const result = await side.hello(session(), request, now());
      return result.kind === 'hello'
        ? answered({ value: result.response, roundTripMs: 0 })
        : failed({ kind: result.kind === 'protocol_too_old' ? 'too_old' : 'too_new' });
    },
    snapshot: async ({ part, after, seen = null }) => {
      const limit = part === 'reference' ? REFERENCE_ROWS : PAGE_ROWS;
      return page(await side.snapshot(session(), part, after, { limit, bytes: LIMITS.pageBytes }, seen));
    },
    changes: async (query) => {
      const result = await side.changes(session(), { ...query, bytes: LIMITS.pageBytes });
      return result.kind === 'changes'
        ? answered(JSON.parse(result.body) as ChangesResponse)
        : failed({ kind: 'resync' });
    },
    push: async (request) => {
      const result = await side.push(session(), structuredClone(request), now);
      if (result.kind === 'pushed') return answered(structuredClone(result.response));
      if (result.kind === 'put_back') return failed({ kind: 'resync' });
      // The route answers a workstation's id that is another account's as a gap without a number.
      return failed(result.kind === 'forbidden' ? { kind: 'forbidden' } : { kind: 'gap', expected: null });
    },
    known: async (ids) => answered(await side.known(session(), ids)),
    digest: async () => answered(await side.digest(session())),
    bucket: async (bucket, after) =>
      page(await side.bucket(session(), bucket, after, { limit: PAGE_ROWS, bytes: LIMITS.pageBytes })),
    stream: async () => failed({ kind: 'network', message: 'no stream here' }),
  };
}
