import type { PushRequest, PushResponse } from '#shared/protocol/envelope.ts';
import type {
  ChangesQuery,
  DigestResponse,
  HelloRequest,
  HelloResponse,
  SnapshotQuery,
} from '#shared/protocol/sync.ts';
import type { SeenRevision } from '#shared/protocol/seen-revision.ts';
import type { Answer } from './failure.ts';
import type { FeedPage } from './feed-page.ts';

/** An answer with the time it took, for the clock offset. */
export interface Timed<T> {
  readonly value: T;
  readonly roundTripMs: number;
}

/** A question for a page of the feed. */
export type FeedQuery = Omit<ChangesQuery, 'bytes'> & Partial<Pick<ChangesQuery, 'bytes'>>;

/**
 * A question for a page of the first download. `seen`: where the copy stands, so that a database that was put
 * back meanwhile says so.
 */
export type SnapshotAsk = Pick<SnapshotQuery, 'part' | 'after'> & {
  readonly bytes?: number;
  readonly seen?: SeenRevision | null;
};

/**
 * The API as the engine sees it. Two implementations: over fetch (fetch-transport.ts) and in-process in the
 * simulation. Never rejects; every failure is a value. Pages come as bytes, because their digest covers
 * bytes. `bytes` of rows are asked for in one page; where it is left out the API's own measure holds.
 */
export interface Transport {
  readonly hello: (request: HelloRequest) => Promise<Answer<Timed<HelloResponse>>>;
  readonly snapshot: (ask: SnapshotAsk) => Promise<Answer<Uint8Array<ArrayBuffer>>>;
  readonly changes: (query: FeedQuery) => Promise<Answer<FeedPage>>;
  readonly push: (request: PushRequest) => Promise<Answer<PushResponse>>;
  /** Those of these commands that the API has decided. */
  readonly known: (ids: readonly string[]) => Promise<Answer<readonly string[]>>;
  readonly digest: () => Promise<Answer<DigestResponse>>;
  readonly bucket: (
    bucket: number,
    after: string,
    bytes?: number,
  ) => Promise<Answer<Uint8Array<ArrayBuffer>>>;
  /**
   * Calls `onPoke` at every poke (and once when the stream stands); resolves when the stream ends, however it
   * ends.
   */
  readonly stream: (onPoke: () => void, signal: AbortSignal) => Promise<Answer<null>>;
}
