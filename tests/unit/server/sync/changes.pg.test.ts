import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketOf, rowHash } from '#shared/protocol/digest.ts';
import { DIGEST_BUCKETS } from '#shared/protocol/sync.ts';
import { connect, withScope, type Database } from '#server/store/database.ts';
import { changesAfter } from '#server/sync/changes.ts';
import { digestOf } from '#server/sync/digest.ts';
import { incidentWithEvents } from '#server/sync/incident-history.ts';
import { bucketPage, clockOf } from '#server/sync/snapshot.ts';
import { upsertReference } from '#server/sync/reference.ts';
import { changeOf, lockIncidents, storeChanges } from '#server/sync/store-changes.ts';
import { scopeHashOf } from '#server/sync/sync-session.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { TestReader } from '#tests/helpers/sync-feed.ts';
import { TestClient, registerArgs, sessionOfRole, syncDatabase } from '#tests/helpers/sync-region.ts';
import { withoutIds } from '#tests/helpers/without-ids.ts';

let base: FreshDatabase;
const OPERATOR = sessionOfRole('operator');
const ROADS = sessionOfRole('executor');
const SIZE = { limit: 10, bytes: 1e6 };
const client = (): TestClient => new TestClient(base.db, OPERATOR);
const reader = (session = OPERATOR): TestReader => new TestReader(base.db, session);

beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

/** A reader that has seen everything so far. */
async function upToDate(session = OPERATOR): Promise<TestReader> {
  const fresh = reader(session);
  await fresh.pullAll();
  return fresh;
}

const toRoads = { agency: 'roads', unit: '', from: '', reason: '' };

describe('the feed', () => {
  it('sends a row changed five times once, at its newest, and a quiet feed stays where it is', async () => {
    const [me, it_] = [client(), await upToDate()];
    const id = await me.register();
    for (const text of ['1', '2', '3']) await me.do(id, 'note', { text });
    const page = await it_.pull();
    expect(page.changes).toMatchObject([
      {
        op: 'put',
        entity: 'incident',
        id,
        v: page.to,
        row: { version: 6, notes: [{ text: '1' }, { text: '2' }, { text: '3' }] },
      },
    ]);
    expect(await it_.pull()).toMatchObject({ from: page.to, to: page.to, more: false, changes: [] });
  });

  it('pages end at whole revisions, follow one another without a gap and lose nothing', async () => {
    const [me, it_] = [client(), await upToDate()];
    const ids = [
      await me.register(),
      await me.register(),
      await me.register(),
      await me.register(),
      await me.register(),
    ];
    const pages = await it_.pullAll(2);
    expect(pages.length).toBeGreaterThan(2);
    pages.slice(1).forEach((page, index) => expect(page.from).toBe(pages[index]?.to));
    expect(pages.flatMap(({ changes }) => changes.map(({ id }) => id)).toSorted()).toEqual(ids.toSorted());
  });

  it('never splits a revision, however small the page', async () => {
    const it_ = await upToDate();
    const changes = Array.from({ length: 7 }, () => {
      const { region, createdAt: at, text, source, author } = registerArgs();
      return changeOf(uuidv7(), null, [
        {
          name: 'registered',
          region,
          number: null,
          externalId: null,
          text,
          source,
          author,
          at,
          by: 'import',
        },
      ]);
    });
    await withScope(base.db, { region: 'eao' }, (tx) => storeChanges(tx, 'eao', changes, Date.now()));
    await client().register();
    const page = await it_.pull(1);
    expect(page.changes).toHaveLength(7);
    expect(page.more).toBe(true);
  });

  it('brings the outcomes of this client’s commands with the rows they made, and of nobody else’s', async () => {
    const [me, other] = [client(), client()];
    const [mine, theirs] = [await upToDate(), await upToDate()];
    [mine.clientId, theirs.clientId] = [me.clientId, other.clientId];
    const id = await me.register();
    const refusedCommand = me.envelope(uuidv7(), 'note', { text: 'никуда' });
    await me.push(refusedCommand);
    const page = await mine.pull();
    expect(page).toMatchObject({
      lastSeq: 3,
      outcomes: [{ seq: 1 }, { seq: 2 }, { seq: 3, status: 'refused', id: refusedCommand.id }],
    });
    expect(page.changes.map((change) => change.id)).toEqual([id]);
    expect(await theirs.pull()).toMatchObject({ lastSeq: 0, outcomes: [] });
  });

  it('counts a client as far as the page goes, not as far as the clock', async () => {
    const me = client();
    const it_ = await upToDate();
    it_.clientId = me.clientId;
    await me.register();
    await me.register();
    expect(await it_.pull(1)).toMatchObject({ lastSeq: 2, more: true });
    expect(await it_.pull(1)).toMatchObject({ lastSeq: 4, more: false });
  });

  it('tells a command’s outcome to the client id it was offered under again', async () => {
    const [old, renewed] = [client(), client()];
    const note = old.envelope(await old.register(), 'note', { text: 'раз' });
    await old.push(note);
    const it_ = await upToDate();
    it_.clientId = renewed.clientId;
    await renewed.push({ ...note, seq: 1 });
    expect(await it_.pull()).toMatchObject({
      lastSeq: 1,
      outcomes: [{ status: 'applied', id: note.id, seq: 1 }],
      changes: [],
    });
  });

  it('carries reference rows, their removal, and nothing for rows that are already so', async () => {
    const it_ = await upToDate();
    const agency = (name: string) =>
      ({
        kind: 'agency',
        id: 'new-one',
        row: { id: 'new-one', name, shortName: name, kind: 'other', units: [], verified: false },
      }) as const;
    const put = (...rows: Parameters<typeof upsertReference>[2]): Promise<number> =>
      withScope(base.db, { region: 'eao' }, (tx) => upsertReference(tx, 'eao', rows));
    expect(await put(agency('Новое'))).toBe(1);
    expect(await it_.pull()).toMatchObject({
      changes: [{ op: 'put', entity: 'agency', id: 'new-one', row: { name: 'Новое' } }],
    });
    expect(await put(agency('Новое'))).toBe(0);
    expect((await it_.pull()).to).toBe(it_.cursor);
    expect(await put({ kind: 'agency', id: 'new-one', deleted: true })).toBe(1);
    expect((await it_.pull()).changes).toEqual([
      { op: 'del', entity: 'agency', id: 'new-one', v: it_.cursor },
    ]);
  });

  it('a decision at once follows a changed reference: a removed agency is unknown', async () => {
    const me = client();
    const id = await me.register();
    const change = (deleted: boolean) =>
      withScope(base.db, { region: 'eao' }, (tx) =>
        upsertReference(tx, 'eao', [
          deleted
            ? { kind: 'agency', id: 'brief', deleted }
            : {
                kind: 'agency',
                id: 'brief',
                row: { id: 'brief', name: 'x', shortName: 'x', kind: 'other', units: [], verified: false },
              },
        ]),
      );
    const route = { ...toRoads, agency: 'brief' };
    expect(await me.do(id, 'route', route)).toMatchObject({ refusal: { kind: 'unknown_agency' } });
    await change(false);
    expect(await me.do(id, 'route', route)).toMatchObject({ status: 'applied' });
    await change(true);
    expect(await me.do(id, 'route', { ...route, from: 'brief', unit: 'другой' })).toMatchObject({
      refusal: { kind: 'unknown_agency' },
    });
  });
});

describe('who sees what', () => {
  it('an executor gets its agency’s incidents only, and is told to drop one that is no longer its', async () => {
    const [me, roads, heat] = [
      client(),
      await upToDate(ROADS),
      await upToDate(sessionOfRole('executor', { agency: 'heat' })),
    ];
    const [ours, nobodys] = [await me.register(), await me.register()];
    await me.do(ours, 'route', toRoads);
    expect((await roads.pull()).changes.map((change) => [change.op, change.id])).toEqual([['put', ours]]);
    // The registry's newer row replaces ours and knows of no assignment.
    await withScope(base.db, { region: 'eao' }, async (tx) => {
      const before = (await lockIncidents(tx, 'eao', [ours])).get(ours) ?? null;
      const { region, createdAt: at, text, source, author } = registerArgs();
      await storeChanges(
        tx,
        'eao',
        [
          changeOf(ours, before, [
            {
              name: 'registered',
              region,
              number: before?.number ?? null,
              externalId: 5,
              text,
              source,
              author,
              at,
              by: 'import',
            },
          ]),
        ],
        Date.now(),
      );
    });
    expect((await roads.pull()).changes).toEqual([
      { op: 'evict', entity: 'incident', id: ours, v: roads.cursor },
    ]);
    expect(roads.rows.has(ours) || roads.rows.has(nobodys)).toBe(false);
    expect((await heat.pull()).changes).toEqual([]);
  });

  it('an observer reads texts without the author’s name and address, in the feed and in the snapshot', async () => {
    const [me, observer] = [client(), reader(sessionOfRole('observer'))];
    const id = await me.register('Секретный текст');
    await observer.pullAll();
    const lines = await observer.download('open', 100);
    const shown = lines.flatMap((line) => (line.t === 'incident' && line.row.id === id ? [line.row] : []));
    for (const row of [observer.rows.get(id)?.row, ...shown])
      expect(row).toMatchObject({ text: 'Секретный текст', author: { name: '', url: '' } });
    expect(JSON.stringify([...observer.rows.values(), ...lines])).not.toContain('Петров');
  });

  it('an observer reads no telephone, mail or date of birth in any words: feed, snapshot, bucket and history', async () => {
    const [me, observer] = [client(), reader(sessionOfRole('observer'))];
    const words = 'Звоните 2–15–20 или дворник@двор.рф, я 1961 г.р.';
    const id = await me.register(words);
    await me.do(id, 'note', { text: `Записано: ${words}` });
    await me.do(id, 'setImportance', { importance: 'high', reason: words });
    await observer.pullAll();
    const lines = await observer.download('open', 100);
    const bucket = await bucketPage(base.db, sessionOfRole('observer'), bucketOf(id), '', SIZE);
    const whole = await incidentWithEvents(base.db, sessionOfRole('observer'), id);
    const shown = [
      JSON.stringify(observer.rows.get(id)),
      JSON.stringify(lines.find((line) => line.t === 'incident' && line.row.id === id)),
      bucket.kind === 'page' ? bucket.body.toString() : '',
      JSON.stringify(whole),
    ];
    for (const text of shown) {
      expect(text).toContain('Звоните [телефон] или [почта], я [дата рождения] г.р.');
      expect(withoutIds(text)).not.toMatch(/15.20|двор|1961/);
    }
    const mine = await upToDate();
    expect(JSON.stringify(mine.rows.get(id))).toContain(words);
  });

  it('one region’s feed knows nothing of another’s', async () => {
    const amur = reader(sessionOfRole('operator', { region: 'amur' }));
    await client().register();
    await amur.pullAll();
    expect(amur.rows.size).toBe(0);
  });
});

describe('a cursor of no use', () => {
  const ask = async (change: Partial<Parameters<typeof changesAfter>[2]>) => {
    const { epoch } = await withScope(base.db, { region: 'eao' }, (tx) => clockOf(tx, 'eao'));
    return changesAfter(base.db, OPERATOR, {
      after: 0,
      clientId: randomUUID(),
      epoch,
      scope: scopeHashOf(OPERATOR),
      ...SIZE,
      ...change,
    });
  };

  it('of another epoch, another scope or ahead of the clock is refused, saying how much to renew', async () => {
    expect(await ask({})).toMatchObject({ kind: 'changes' });
    expect(await ask({ epoch: randomUUID() })).toEqual({ kind: 'resync', reset: 'full', reason: 'epoch' });
    expect(await ask({ scope: scopeHashOf(ROADS) })).toEqual({
      kind: 'resync',
      reset: 'bucket',
      reason: 'scope',
    });
    expect(await ask({ after: 1_000_000 })).toEqual({ kind: 'resync', reset: 'full', reason: 'ahead' });
  });

  it('older than the log is refused; the oldest the log still serves is not', async () => {
    await withScope(base.owner, { region: 'eao' }, (tx) =>
      tx.updateTable('sync_clock').set({ log_from: 3 }).execute(),
    );
    expect(await ask({ after: 2 })).toEqual({ kind: 'resync', reset: 'bucket', reason: 'too_old' });
    expect(await ask({ after: 3 })).toMatchObject({ kind: 'changes' });
    await withScope(base.owner, { region: 'eao' }, (tx) =>
      tx.updateTable('sync_clock').set({ log_from: 0 }).execute(),
    );
  });

  it('scopes differ by region, agency and role class, not by account', () => {
    const hashes = [
      OPERATOR,
      ROADS,
      sessionOfRole('executor', { agency: 'heat' }),
      sessionOfRole('observer'),
      sessionOfRole('operator', { region: 'amur' }),
    ].map(scopeHashOf);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(scopeHashOf(sessionOfRole('approver'))).toBe(scopeHashOf(OPERATOR));
  });
});

describe('writers at once on two pools', () => {
  it('every revision is seen in order by a reader that polls meanwhile, and nothing is missed', async () => {
    const pools: Database[] = [connect(base.apiUrl, 5), connect(base.apiUrl, 5)];
    const it_ = await upToDate();
    const start = it_.cursor;
    let isWriting = true;
    const seen: { from: number; to: number }[] = [];
    const reading = (async () => {
      while (isWriting) seen.push(await it_.pull());
    })();
    const writers = Array.from(
      { length: 8 },
      (_, index) => new TestClient(index % 2 === 0 ? (pools[0] ?? base.db) : (pools[1] ?? base.db), OPERATOR),
    );
    const ids = await Promise.all(
      writers.map(async (writer) => {
        const id = await writer.register();
        for (let n = 0; n < 20; n += 1) await writer.do(id, 'note', { text: String(n) });
        return id;
      }),
    );
    isWriting = false;
    await reading;
    seen.push(await it_.pull());
    await Promise.all(pools.map((pool) => pool.destroy()));
    seen.slice(1).forEach((page, index) => expect(page.from).toBe(seen[index]?.to));
    // 22 commands each, one revision a command, none skipped.
    expect(it_.cursor).toBe(start + 8 * 22);
    for (const id of ids)
      expect(it_.rows.get(id)?.row.notes.map(({ text }) => Number(text))).toEqual(
        Array.from({ length: 20 }, (_, n) => n),
      );
    const revisions = await withScope(base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('sync_command').select('v').where('v', '>', start).orderBy('v').execute(),
    );
    expect(revisions.map(({ v }) => v)).toEqual(Array.from({ length: 8 * 22 }, (_, n) => start + n + 1));
  });
});

describe('digests', () => {
  it('equal those of a reader that has everything, and tell the bucket of a row that differs', async () => {
    const it_ = await upToDate();
    await client().register();
    const local = () => {
      const buckets = Array.from({ length: DIGEST_BUCKETS }, () => ({ n: 0, x: 0n }));
      for (const [id, { row }] of it_.rows) {
        const bucket = buckets[bucketOf(id)];
        if (bucket !== undefined) [bucket.n, bucket.x] = [bucket.n + 1, bucket.x ^ rowHash(id, row.version)];
      }
      return buckets.map(({ n, x }) => ({ n, x: String(x) }));
    };
    const differing = async () => {
      const [theirs, ours] = [(await digestOf(base.db, OPERATOR)).buckets, local()];
      return theirs.flatMap((bucket, index) =>
        bucket.n === ours[index]?.n && bucket.x === ours[index]?.x ? [] : [index],
      );
    };
    expect(await differing()).toHaveLength(1);
    await it_.pullAll();
    expect(await differing()).toEqual([]);
    const [[id, held] = []] = it_.rows;
    if (id === undefined || held === undefined) throw new Error('no rows');
    it_.rows.set(id, { ...held, row: { ...held.row, version: held.row.version + 1 } });
    expect(await differing()).toEqual([bucketOf(id)]);
    const repair = await it_.bucket(bucketOf(id), 2);
    expect(
      repair
        .map((line) => (line.t === 'incident' ? bucketOf(line.row.id) : -1))
        .every((bucket) => bucket === bucketOf(id)),
    ).toBe(true);
    expect(repair).toContainEqual(
      expect.objectContaining({
        t: 'incident',
        row: expect.objectContaining({ id, version: held.row.version }) as unknown,
      }),
    );
    expect((await digestOf(base.db, ROADS)).buckets.reduce((sum, { n }) => sum + n, 0)).toBeLessThan(
      it_.rows.size,
    );
  });
});
