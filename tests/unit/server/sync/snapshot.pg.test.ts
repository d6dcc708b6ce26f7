import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SnapshotLine } from '#shared/protocol/sync.ts';
import { LIMITS } from '#shared/protocol/version.ts';
import { bucketOf } from '#shared/protocol/digest.ts';
import { withScope } from '#server/store/database.ts';
import { digestOf } from '#server/sync/digest.ts';
import { hello, negotiate } from '#server/sync/hello.ts';
import { defaultReference } from '#server/sync/default-reference.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import { bucketPage, snapshotPage } from '#server/sync/snapshot.ts';
import { scopeHashOf } from '#server/sync/sync-session.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { TestReader } from '#tests/helpers/sync-feed.ts';
import {
  AGENCIES,
  TestClient,
  registerArgs,
  sessionOfRole,
  syncDatabase,
} from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
const OPERATOR = sessionOfRole('operator');
const TWO = { limit: 2, bytes: LIMITS.pageBytes };
let open: string[];
let closed: string[];

beforeAll(async () => {
  base = await syncDatabase();
  const me = new TestClient(base.db, OPERATOR);
  [open, closed] = [[], []];
  for (let n = 0; n < 5; n += 1) open.push(await me.register());
  for (let n = 0; n < 5; n += 1) {
    const id = crypto.randomUUID();
    await me.do(id, 'register', {
      ...registerArgs(),
      createdAt: Date.now() - ([3, 1, 2, 2, 5][n] ?? 0) * 86_400_000,
    });
    await me.do(id, 'reject', { reason: 'spam', comment: '' });
    closed.push(id);
  }
});
afterAll(() => base.stop());

const idsOf = (lines: readonly SnapshotLine[]): string[] =>
  lines.flatMap((line) => (line.t === 'incident' ? [line.row.id] : []));

it.each([1, 2, 3, 5, 100])('pages of %i rows hold every open incident once, by id', async (limit) => {
  const lines = await new TestReader(base.db, OPERATOR).download('open', limit);
  expect(idsOf(lines)).toEqual(open.toSorted());
});

it.each([1, 2, 3, 100])(
  'pages of %i rows hold every closed incident once, newest first, equal moments too',
  async (limit) => {
    const lines = await new TestReader(base.db, OPERATOR).download('closed', limit);
    expect(idsOf(lines).toSorted()).toEqual(closed.toSorted());
    const days = lines.flatMap((line) => (line.t === 'incident' ? [line.row.createdAt] : []));
    expect(days).toEqual(days.toSorted((a, b) => b - a));
  },
);

it('reference rows come whole, by kind and id, over page borders', async () => {
  const lines = await new TestReader(base.db, OPERATOR).download('reference', 100);
  const stored = await withScope(base.db, { region: 'eao' }, (tx) => readReferenceRows(tx, 'eao'));
  expect(lines.map((line) => (line.t === 'reference' ? [line.kind, line.id] : []))).toEqual(
    stored.map(({ kind, id }) => [kind, id]),
  );
  expect(stored).toHaveLength(defaultReference('Asia/Vladivostok').length + AGENCIES.length);
});

it('the head tells epoch, clock and about how many rows there are in all, on every page', async () => {
  const first = await snapshotPage(base.db, OPERATOR, 'open', '', TWO);
  if (first.kind !== 'page') throw new Error(first.kind);
  const lines = first.body
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as SnapshotLine);
  const start = await hello(
    base.db,
    OPERATOR,
    { protocols: [1], appVersion: '0', clientId: crypto.randomUUID() },
    5,
  );
  if (start.kind !== 'hello') throw new Error(start.kind);
  expect(lines[0]).toEqual({
    t: 'head',
    mark: expect.any(String),
    scope: scopeHashOf(OPERATOR),
    epoch: start.response.epoch,
    v0: start.response.headV,
    estimate: 5,
  });
  const tail = lines.at(-1);
  const second = await snapshotPage(
    base.db,
    OPERATOR,
    'open',
    tail?.t === 'tail' ? (tail.next ?? '') : '',
    TWO,
  );
  expect(second.kind === 'page' && second.body.toString()).toContain('"estimate":5');
});

it.each(['zzz', 'eyJhIjoxfQ', Buffer.from('[1,"drop table incident"]').toString('base64url')])(
  'a made-up cursor %s is refused',
  async (after) => {
    expect(await snapshotPage(base.db, OPERATOR, 'open', after, TWO)).toEqual({ kind: 'bad_cursor' });
  },
);

it('an executor downloads its agency’s incidents only', async () => {
  const me = new TestClient(base.db, OPERATOR);
  const [first] = open;
  await me.do(first ?? '', 'route', { agency: 'roads', unit: '', from: '', reason: '' });
  const lines = await new TestReader(base.db, sessionOfRole('executor')).download('open', 3);
  expect(idsOf(lines)).toEqual([first]);
});

it('tells a console which side is too old', () => {
  expect(negotiate([9, 1])).toEqual({ kind: 'agreed', protocol: 1 });
  expect(negotiate([0])).toEqual({ kind: 'protocol_too_old' });
  expect(negotiate([7, 8])).toEqual({ kind: 'protocol_too_new' });
});

it('digests and pages say whose rows they are, as a hello does', async () => {
  const scopes = new Set<string>();
  for (const session of [OPERATOR, sessionOfRole('executor')]) {
    const request = { protocols: [1], appVersion: '1', clientId: crypto.randomUUID() };
    const greeting = await hello(base.db, session, request, Date.now());
    const page = await bucketPage(base.db, session, bucketOf(open[0] ?? ''), '', TWO);
    if (greeting.kind !== 'hello' || page.kind !== 'page') throw new Error('no answer');
    const { scopeHash: scope } = greeting.response;
    expect((await digestOf(base.db, session)).scope).toBe(scope);
    expect(JSON.parse(page.body.toString().split('\n', 1)[0] ?? '')).toMatchObject({ t: 'head', scope });
    scopes.add(scope);
  }
  expect(scopes.size).toBe(2);
});
