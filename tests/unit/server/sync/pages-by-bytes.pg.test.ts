import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketOf } from '#shared/protocol/digest.ts';
import { snapshotQuerySchema, type SnapshotLine } from '#shared/protocol/sync.ts';
import { LIMITS } from '#shared/protocol/version.ts';
import { withScope } from '#server/store/database.ts';
import { BYTES_PER_REVISION, bytesOf } from '#server/sync/in-revisions.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { snapshotPage } from '#server/sync/snapshot.ts';
import { changeOf, storeChanges, storeMany, type IncidentChange } from '#server/sync/store-changes.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { readPage, TestReader } from '#tests/helpers/sync-feed.ts';
import { registerArgs, sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

const KB = 1024;
/** Bytes that a page may hold beyond what was asked: frames around rows, head and tail. */
const FRAMES = 20 * KB;
const OPERATOR = sessionOfRole('operator');
let base: FreshDatabase;
let start: number;
let changes: readonly IncidentChange[];

/** An incident whose row is about so large. */
function incidentOf(bytes: number, isClosed: boolean): IncidentChange {
  const { region, createdAt: at, source, author } = registerArgs();
  const text = 'я'.repeat(bytes / 2);
  const by = 'import';
  return changeOf(uuidv7(), null, [
    { name: 'registered', region, number: null, externalId: null, text, source, author, at, by },
    ...(isClosed ? [{ name: 'rejected', reason: 'spam', comment: '', at, by } as const] : []),
  ]);
}

const reader = (): TestReader => new TestReader(base.db, OPERATOR);
const idsOf = (lines: readonly SnapshotLine[]): string[] =>
  lines.flatMap((line) => (line.t === 'incident' ? [line.row.id] : []));
const idsWhere = (isClosed: boolean): string[] =>
  changes.flatMap(({ after }) => ((after.step.name === 'rejected') === isClosed ? [after.id] : []));

beforeAll(async () => {
  base = await syncDatabase();
  const fresh = reader();
  await fresh.pullAll();
  start = fresh.cursor;
  // Every sort of neighbours: small beside large, and one beyond any page.
  const sizes = [1, 1, 190, 90, 1, 1, 150, 150, 1, 60, 60, 60, 60, 60, 1, 1, 190, 180, 190, 120, 1, 2, 3];
  changes = sizes.flatMap((kb) => [incidentOf(kb * KB, false), incidentOf(kb * KB, true)]);
  await withScope(base.db, { region: 'eao' }, (tx) => storeMany(tx, 'eao', changes, Date.now()));
});
afterAll(() => base.stop());

describe('a revision', () => {
  it('is closed by bytes by whoever writes many rows, in their order', async () => {
    const it_ = reader();
    await it_.pullAll();
    const byRevision = Map.groupBy(changes, ({ after }) => it_.rows.get(after.id)?.v ?? 0);
    const revisions = [...byRevision.keys()];
    expect(revisions).toEqual(Array.from({ length: revisions.length }, (_, n) => start + 1 + n));
    for (const rows of byRevision.values()) {
      const bytes = rows.reduce((sum, { after }) => sum + bytesOf(after), 0);
      expect(bytes).toBeLessThanOrEqual(BYTES_PER_REVISION);
    }
    const total = changes.reduce((sum, { after }) => sum + bytesOf(after), 0);
    expect(revisions.length).toBeLessThan((2 * total) / BYTES_PER_REVISION + 1);
  });

  it('refuses to hold more when nobody has cut', async () => {
    const three = [400, 400, 400].map((kb) => incidentOf(kb * KB, false));
    await expect(
      withScope(base.db, { region: 'eao' }, (tx) => storeChanges(tx, 'eao', three, Date.now())),
    ).rejects.toThrow(RangeError);
  });

  it('of reference rows is closed by bytes too', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => ({
      kind: 'example' as const,
      id: uuidv7(),
      row: { text: `${n}`.repeat(40 * KB) },
    }));
    const it_ = reader();
    await it_.pullAll();
    const before = it_.cursor;
    await withScope(base.db, { region: 'eao' }, (tx) => upsertReference(tx, 'eao', rows));
    const pages = await it_.pullAll();
    expect(it_.cursor - before).toBeGreaterThan(1);
    expect(pages.flatMap((page) => page.changes)).toHaveLength(40);
    for (const page of pages) expect(bytesOf(page)).toBeLessThanOrEqual(LIMITS.pageBytes + FRAMES);
  });
});

describe('pages of the feed', () => {
  it.each([1, 100 * KB, 300 * KB, 700 * KB, LIMITS.longestPageBytes])(
    'of %i bytes hold no more, but for a revision that is larger, and lose nothing',
    async (bytes) => {
      const it_ = reader();
      it_.cursor = start;
      const pages = await it_.pullAll(1000, bytes);
      expect([...it_.rows.keys()].toSorted()).toEqual(
        expect.arrayContaining(changes.map(({ after }) => after.id).toSorted()),
      );
      const ofMany = pages.filter((page) => new Set(page.changes.map(({ v }) => v)).size > 1);
      for (const page of ofMany) expect(bytesOf(page)).toBeLessThanOrEqual(bytes + FRAMES);
    },
  );

  it('end by the bytes of outcomes as well', async () => {
    const me = new TestClient(base.db, OPERATOR);
    const it_ = reader();
    await it_.pullAll();
    it_.clientId = me.clientId;
    for (let n = 0; n < 120; n += 1) await me.push(me.envelope(uuidv7(), 'note', { text: 'никуда' }));
    const pages = await it_.pullAll(1000, 10 * KB);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.flatMap(({ outcomes }) => outcomes)).toHaveLength(120);
  });

  it('of a console that does not say are small enough for a slow line', async () => {
    const it_ = reader();
    it_.cursor = start;
    for (const page of await it_.pullAll())
      expect(bytesOf(page)).toBeLessThanOrEqual(LIMITS.pageBytes + FRAMES);
  });
});

describe('pages of a download', () => {
  it.each([1, 100 * KB, 300 * KB, LIMITS.longestPageBytes])(
    'of %i bytes hold every row once, and no more but a single row',
    async (bytes) => {
      const sizes: number[] = [];
      const it_ = reader();
      const download = async (part: 'open' | 'closed') => {
        const lines = await it_.download(part, 1000, bytes, (page) => {
          const rows = page.length;
          const size = page.reduce((sum, line) => sum + bytesOf(line), 0);
          if (rows > 1) sizes.push(size);
        });
        return idsOf(lines);
      };
      const [open, closed] = [await download('open'), await download('closed')];
      expect(open.toSorted()).toEqual(idsWhere(false).toSorted());
      expect(closed.toSorted()).toEqual(idsWhere(true).toSorted());
      for (const size of sizes) expect(size).toBeLessThanOrEqual(bytes + FRAMES);
    },
  );

  it('of reference rows go on after every row, however long its id is', async () => {
    const group = 'Очень длинное название группы тем '.repeat(8);
    const topics = Array.from({ length: 3 }, (_, n) => ({
      kind: 'topic' as const,
      id: `2024/${group}/${'и ещё более длинное название темы '.repeat(9)}${n}`,
      row: { group },
    }));
    await withScope(base.db, { region: 'eao' }, (tx) => upsertReference(tx, 'eao', topics));
    let rows = 0;
    for (let after: string | null = ''; after !== null;) {
      const query = snapshotQuerySchema.parse({ part: 'reference', after, limit: 1000, bytes: 4 * KB });
      const page = await snapshotPage(base.db, OPERATOR, query.part, query.after, query);
      if (page.kind !== 'page') throw new Error(page.kind);
      const { lines, next } = readPage(page.body);
      rows += lines.length;
      after = next;
    }
    expect(rows).toBeGreaterThan(topics.length);
  });

  it('of a bucket are cut as well', async () => {
    const ids = changes.map(({ after }) => after.id);
    const [bucket, sought] = [...Map.groupBy(ids, bucketOf)].toSorted(
      ([, a], [, b]) => b.length - a.length,
    )[0] ?? [0, []];
    expect(idsOf(await reader().bucket(bucket, 100, 1)).toSorted()).toEqual(sought.toSorted());
  });
});
