import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Campaign } from '#shared/domain/campaign.ts';
import { withScope } from '#server/store/database.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;

beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const campaign = (id: string, change: Partial<Campaign> = {}): Campaign => ({
  id,
  title: 'Чистые крыши',
  topics: [{ group: 'ЖКХ', topic: '' }],
  reason: 'Сосульки над входами',
  from: '2022-01-10',
  to: '2022-01-20',
  materials: [],
  posts: [],
  reach: null,
  note: '',
  ...change,
});

const read = async (id: string, region = 'eao'): Promise<unknown> =>
  withScope(
    base.db,
    { region },
    async (tx) => (await readReferenceRows(tx, region, 'campaign')).find((row) => row.id === id)?.row,
  );

const save = (
  me: TestClient,
  row: Campaign,
  from: Readonly<Record<string, unknown>> | null,
): ReturnType<TestClient['nextEnvelope']> =>
  me.nextEnvelope(row.id, 'saveRecord', { kind: 'campaign', row, from });

it('is saved under one revision, told to everybody, and counted once however often it is sent', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = uuidv7();
  const command = save(me, campaign(id), null);
  const first = await me.push(command);
  expect(first).toMatchObject({ outcomes: [{ status: 'applied', id: command.id }], lastSeq: 1 });
  expect(await me.push(command)).toMatchObject({ outcomes: [{ status: 'applied', id: command.id }] });
  expect(await read(id)).toEqual(campaign(id));
  const changes = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('change_log as l')
      .innerJoin('reference as r', (join) => join.onRef('r.id', '=', 'l.id'))
      .select([
        'l.entity',
        'l.op',
        'l.agencies',
        'l.v',
        'l.actor',
        sql<boolean>`l.bytes = r.bytes`.as('isWhole'),
      ])
      .where('l.id', '=', id)
      .execute(),
  );
  const told = { op: 'put', agencies: null, v: first.headV, actor: 'operator-1', isWhole: true };
  expect(changes).toEqual([{ entity: 'campaign', ...told }]);
});

it('lets two people mend two fields, and tells the one who overwrote a newer value', async () => {
  const client = (account: string): TestClient =>
    new TestClient(base.db, sessionOfRole('operator', { account }));
  const [first, second] = [client('o-1'), client('o-2')];
  const id = uuidv7();
  await first.push(save(first, campaign(id), null));
  await first.push(save(first, campaign(id, { reach: 500 }), { reach: null }));
  const noted = await second.push(save(second, campaign(id, { note: 'Продлить' }), { note: '' }));
  expect(noted.outcomes).toMatchObject([{ status: 'applied' }]);
  expect(await read(id)).toEqual(campaign(id, { reach: 500, note: 'Продлить' }));
  const late = await second.push(save(second, campaign(id, { reach: 700 }), { reach: null }));
  expect(late.outcomes).toMatchObject([{ status: 'merged', fields: ['reach'] }]);
  expect(await read(id)).toEqual(campaign(id, { reach: 700, note: 'Продлить' }));
});

it('is removed, and comes back whole when somebody saves it after that', async () => {
  const me = new TestClient(base.db, sessionOfRole('approver'));
  const id = uuidv7();
  await me.push(save(me, campaign(id), null));
  await me.push(me.nextEnvelope(id, 'removeRecord', { kind: 'campaign' }));
  expect(await read(id)).toBeUndefined();
  const back = await me.push(save(me, campaign(id, { reach: 3 }), { reach: null }));
  expect(back.outcomes).toMatchObject([{ status: 'applied' }]);
  expect(await read(id)).toEqual(campaign(id, { reach: 3 }));
});

it('is refused to executors, held from observers, and refused when it does not read', async () => {
  const id = uuidv7();
  const executor = new TestClient(base.db, sessionOfRole('executor'));
  expect((await executor.push(save(executor, campaign(id), null))).outcomes).toMatchObject([
    { status: 'refused', refusal: { kind: 'role_may_not', role: 'executor' } },
  ]);
  const observer = new TestClient(base.db, sessionOfRole('observer'));
  expect((await observer.push(save(observer, campaign(id), null))).outcomes).toMatchObject([
    { status: 'held' },
  ]);
  const me = new TestClient(base.db, sessionOfRole('administrator'));
  const broken = [
    save(me, campaign(id, { title: ' ' }), null),
    save(me, campaign(id, { from: 'завтра' }), null),
    me.nextEnvelope(uuidv7(), 'saveRecord', { kind: 'campaign', row: campaign(id), from: null }),
    me.nextEnvelope(id, 'saveRecord', { kind: 'agency', row: {}, from: null }),
  ];
  const { outcomes } = await me.push(...broken);
  expect(outcomes.map((outcome) => outcome.status === 'refused' && outcome.refusal.kind)).toEqual(
    broken.map(() => 'malformed'),
  );
  expect(await read(id)).toBeUndefined();
});

it('stays in its region', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = uuidv7();
  await me.push(save(me, campaign(id), null));
  expect(await read(id, 'amur')).toBeUndefined();
});
