import { bucketOf, rowHash } from '#shared/protocol/digest.ts';
import { DIGEST_BUCKETS, type DigestResponse } from '#shared/protocol/sync.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { answered, failed, type Answer } from './failure.ts';
import { finishWithoutBad, NOTHING, rowsStep, type IncomingRows } from './local-step.ts';
import type { SyncPorts } from './ports.ts';
import { readSnapshotPage } from './snapshot-page.ts';
import { setAsideAfter, setAsideTrouble } from './set-aside.ts';
import type { SetAside, SyncMeta, SyncStore } from './sync-store.ts';

/** `moved`: one side went on meanwhile, so nothing can be said now. */
export type Repaired =
  | { readonly kind: 'agree' }
  | { readonly kind: 'moved' }
  | { readonly kind: 'repaired'; readonly incidents: readonly string[] };

/** It is another database, or other rights, than the copy was pulled under: a greeting tells which. */
const ANOTHER = failed({ kind: 'resync' });

/**
 * Compares both copies bucket by bucket at the same revision and scope, and fetches anew what differs. Only
 * for a complete copy.
 */
export async function repairOnce(ports: SyncPorts, bytes?: number): Promise<Answer<Repaired>> {
  const before = await ports.store.meta();
  const theirs = await ports.transport.digest();
  if (!theirs.ok) return theirs;
  if ((theirs.value.scope ?? before.scopeHash) !== before.scopeHash) return ANOTHER;
  const ours = await ports.exclusive(() => digestOf(ports.store));
  const { cursor, epoch, scopeHash } = await ports.store.meta();
  if (theirs.value.v !== before.cursor || cursor !== before.cursor) return answered({ kind: 'moved' });
  const differing = differingBuckets(ours.buckets, theirs.value);
  const repaired: string[] = [];
  for (const bucket of differing) {
    const rows = await fetchBucket(ports, bucket, { epoch, scopeHash }, bytes);
    if (!rows.ok) return rows;
    const changed = await storeBucket(ports, bucket, rows.value, cursor);
    if (changed === null) return answered({ kind: 'moved' });
    repaired.push(...changed);
  }
  if (differing.length === 0) return answered({ kind: 'agree' });
  const known = new Set(before.setAside?.map(({ id }) => id));
  const news = repaired.filter((id) => !known.has(id)).length;
  if (news > 0) ports.onTrouble({ kind: 'copies_differed', repaired: news });
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

/** Rows that are set aside count by the versions that failed: asking for the same again would not help. */
async function digestOf(store: SyncStore): Promise<OwnDigest> {
  const buckets = Array.from({ length: DIGEST_BUCKETS }, (): Bucket => ({ n: 0, x: 0n }));
  const { setAside = [] } = await store.meta();
  const failed = new Map(
    setAside.flatMap(({ id, version }) => (version === null ? [] : [[id, version] as const])),
  );
  const versions = new Map<string, number>();
  const count = (id: string, version: number): void => {
    versions.set(id, version);
    const bucket = buckets[bucketOf(id)];
    if (bucket === undefined) return;
    bucket.n += 1;
    bucket.x ^= rowHash(id, version);
  };
  for await (const rows of store.versions())
    for (const { id, version } of rows) if (!failed.has(id)) count(id, version);
  for (const [id, version] of failed) count(id, version);
  return { buckets, versions };
}

const differingBuckets = (ours: readonly Bucket[], theirs: DigestResponse): number[] =>
  ours.flatMap(({ n, x }, index) => {
    const other = theirs.buckets[index];
    return other !== undefined && other.n === n && BigInt(other.x) === x ? [] : [index];
  });

interface BucketRows {
  readonly rows: ReadonlyMap<string, Incident>;
  readonly unreadable: readonly SetAside[];
}

async function fetchBucket(
  ports: SyncPorts,
  bucket: number,
  { epoch, scopeHash }: Pick<SyncMeta, 'epoch' | 'scopeHash'>,
  size: number | undefined,
): Promise<Answer<BucketRows>> {
  const rows = new Map<string, Incident>();
  const unreadable: SetAside[] = [];
  for (let after: string | null = ''; after !== null;) {
    const bytes = await ports.transport.bucket(bucket, after, size);
    if (!bytes.ok) return bytes;
    const page = await readSnapshotPage(bytes.value);
    if (!page.ok) return page;
    if (page.value.epoch !== epoch || (page.value.scope ?? scopeHash) !== scopeHash) return ANOTHER;
    for (const row of page.value.incidents) rows.set(row.id, row);
    unreadable.push(...page.value.unreadable);
    after = page.value.next;
  }
  return answered({ rows, unreadable });
}

/**
 * Gives the incidents that are new here; null when the copy moved on meanwhile: then the rows may be older
 * than what is here.
 */
async function storeBucket(
  ports: SyncPorts,
  bucket: number,
  fetched: BucketRows,
  cursor: number,
): Promise<readonly string[] | null> {
  return ports.exclusive(async () => {
    const { cursor: here, setAside } = await ports.store.meta();
    if (here !== cursor) return null;
    const incoming = differencesFrom(fetched, (await digestOf(ports.store)).versions, bucket);
    const outbox = await ports.store.outbox();
    const after = (bad: readonly SetAside[]): readonly SetAside[] =>
      setAsideAfter(setAside, incoming.keys(), [...fetched.unreadable, ...bad]);
    const bad = await finishWithoutBad(ports, incoming, outbox, async (rows, failing) => {
      const step = await rowsStep(ports, rows, new Set(rows.keys()), outbox);
      await ports.store.apply({ ...NOTHING, ...step, meta: { setAside: after(failing) } });
    });
    const trouble = bad.length + fetched.unreadable.length > 0 ? setAsideTrouble(after(bad)) : null;
    if (trouble !== null) ports.onTrouble(trouble);
    const ids = new Set(bad.map(({ id }) => id));
    return [...incoming.keys()].filter((id) => !ids.has(id));
  });
}

/** Rows that differ, and null for those that are no more. One that cannot be read is not gone. */
function differencesFrom(
  { rows, unreadable }: BucketRows,
  versions: ReadonlyMap<string, number>,
  bucket: number,
): IncomingRows {
  const incoming = new Map<string, Incident | null>();
  for (const [id, row] of rows) if (versions.get(id) !== row.version) incoming.set(id, row);
  const unread = new Set(unreadable.map(({ id }) => id));
  if (unread.has('')) return incoming;
  for (const id of versions.keys())
    if (bucketOf(id) === bucket && !rows.has(id) && !unread.has(id)) incoming.set(id, null);
  return incoming;
}
