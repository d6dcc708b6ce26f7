import { bucketOf, rowHash } from '#shared/protocol/digest.ts';
import { DIGEST_BUCKETS, type DigestResponse } from '#shared/protocol/sync.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { answered, type Answer } from './failure.ts';
import { NOTHING, rowsStep } from './local-step.ts';
import type { SyncPorts } from './ports.ts';
import { readSnapshotPage } from './snapshot-page.ts';
import type { SyncStore } from './sync-store.ts';

/** `moved`: one side went on meanwhile, so nothing can be said now. */
export type Repaired =
  | { readonly kind: 'agree' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'repaired'; readonly incidents: readonly string[] };

/**
 * Compares both copies bucket by bucket at the same revision and fetches anew what differs. Only for a
 * complete copy.
 */
export async function repairOnce(ports: SyncPorts): Promise<Answer<Repaired>> {
  const before = await ports.store.meta();
  const theirs = await ports.transport.digest();
  if (!theirs.ok) return theirs;
  const ours = await ports.exclusive(() => digestOf(ports.store));
  const { cursor, epoch } = await ports.store.meta();
  if (theirs.value.v !== before.cursor || cursor !== before.cursor) return answered({ kind: 'moved' });
  const differing = differingBuckets(ours.buckets, theirs.value);
  const repaired: string[] = [];
  for (const bucket of differing) {
    const rows = await fetchBucket(ports, bucket, epoch);
    if (!rows.ok) return rows;
    const changed = await storeBucket(ports, bucket, rows.value, cursor);
    if (changed === null) return answered({ kind: 'moved' });
    repaired.push(...changed);
  }
  if (differing.length === 0) return answered({ kind: 'agree' });
  ports.onTrouble({ kind: 'copies_differed', repaired: repaired.length });
  return answered({ kind: 'repaired', incidents: repaired });
}

interface Bucket {
  n: number;
  x: bigint;
}

interface OwnDigest {
  readonly buckets: readonly Bucket[];
  readonly versions: ReadonlyMap<string, number>;
}

async function digestOf(store: SyncStore): Promise<OwnDigest> {
  const buckets = Array.from({ length: DIGEST_BUCKETS }, (): Bucket => ({ n: 0, x: 0n }));
  const versions = new Map<string, number>();
  for await (const rows of store.versions()) {
    for (const { id, version } of rows) {
      versions.set(id, version);
      const bucket = buckets[bucketOf(id)];
      if (bucket === undefined) continue;
      bucket.n += 1;
      bucket.x ^= rowHash(id, version);
    }
  }
  return { buckets, versions };
}

const differingBuckets = (ours: readonly Bucket[], theirs: DigestResponse): number[] =>
  ours.flatMap(({ n, x }, index) => {
    const other = theirs.buckets[index];
    return other !== undefined && other.n === n && BigInt(other.x) === x ? [] : [index];
  });

async function fetchBucket(
  ports: SyncPorts,
  bucket: number,
  epoch: string | null,
): Promise<Answer<ReadonlyMap<string, Incident>>> {
  const rows = new Map<string, Incident>();
  for (let after: string | null = ''; after !== null;) {
    const bytes = await ports.transport.bucket(bucket, after);
    if (!bytes.ok) return bytes;
    const page = await readSnapshotPage(bytes.value);
    if (!page.ok) return page;
    if (page.value.epoch !== epoch) return { ok: false, failure: { kind: 'resync' } };
    for (const row of page.value.incidents) rows.set(row.id, row);
    after = page.value.next;
  }
  return answered(rows);
}

/** Null when the copy moved on meanwhile: then the rows may be older than what is here. */
async function storeBucket(
  ports: SyncPorts,
  bucket: number,
  rows: ReadonlyMap<string, Incident>,
  cursor: number,
): Promise<readonly string[] | null> {
  return ports.exclusive(async () => {
    if ((await ports.store.meta()).cursor !== cursor) return null;
    const { versions } = await digestOf(ports.store);
    const incoming = new Map<string, Incident | null>();
    for (const [id, row] of rows) if (versions.get(id) !== row.version) incoming.set(id, row);
    for (const id of versions.keys()) if (bucketOf(id) === bucket && !rows.has(id)) incoming.set(id, null);
    const touched = new Set(incoming.keys());
    await ports.store.apply({
      ...NOTHING,
      ...(await rowsStep(ports, incoming, touched, await ports.store.outbox())),
    });
    return [...touched];
  });
}
