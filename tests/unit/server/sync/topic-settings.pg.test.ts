import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Topic } from '#shared/domain/dictionary.ts';
import { topicIdOf } from '#shared/domain/records/topic-id.ts';
import { withScope } from '#server/store/database.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;

beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const client = (
  role: 'administrator' | 'operator' | 'executor' | 'observer',
  account = `${role}-1`,
  region = 'eao',
) => new TestClient(base.db, sessionOfRole(role, { account, region }));

const auditedOf = (id: string) =>
  withScope(base.db, { region: 'eao' }, async (tx) =>
    (await tx.selectFrom('audit').select(['actor', 'action', 'detail']).orderBy('id').execute()).filter(
      ({ detail }) => (detail as { id?: string }).id === id,
    ),
  );

const topic = (name: string, change: Partial<Topic> = {}): Topic & { readonly id: string } => ({
  name,
  group: 'Дороги',
  fastTrack: false,
  severity: null,
  validFrom: null,
  validTo: null,
  ...change,
  id: topicIdOf({ group: 'Дороги', name }, new Set()),
});
const saveTopic = (
  me: TestClient,
  row: Topic & { readonly id: string },
  from: Readonly<Record<string, unknown>> | null,
) => me.nextEnvelope(row.id, 'saveRecord', { kind: 'topic', row, from });
const readTopic = (id: string, region = 'eao'): Promise<unknown> =>
  withScope(
    base.db,
    { region },
    async (tx) => (await readReferenceRows(tx, region, 'topic')).find((row) => row.id === id)?.row,
  );
const lanterns = topic('Лунные фонари');

it('is saved, told to everybody and audited', async () => {
  const me = client('administrator');
  expect((await me.push(saveTopic(me, lanterns, null))).outcomes).toMatchObject([{ status: 'applied' }]);
  expect(await readTopic(lanterns.id)).toEqual(lanterns);
  expect(await auditedOf(lanterns.id)).toMatchObject([
    { actor: 'administrator-1', action: 'setting_changed', detail: { kind: 'topic', after: lanterns } },
  ]);
});

it('is refused to everybody but administrators, and of one region is nothing in another', async () => {
  const stolen = topic('Краденая тема');
  for (const role of ['operator', 'executor'] as const) {
    const me = client(role);
    expect((await me.push(saveTopic(me, stolen, null))).outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'role_may_not', role } },
    ]);
  }
  const observer = client('observer');
  expect((await observer.push(saveTopic(observer, stolen, null))).outcomes).toMatchObject([
    { status: 'held' },
  ]);
  expect(await readTopic(stolen.id)).toBeUndefined();
  const stranger = client('administrator', 'a-9', 'amur');
  await stranger.push(saveTopic(stranger, { ...lanterns, severity: 5 }, null));
  expect(await readTopic(lanterns.id)).toEqual(lanterns);
  expect(await readTopic(lanterns.id, 'amur')).toMatchObject({ severity: 5 });
});

it('is not written past the judge by an agency’s transaction', async () => {
  const attack = withScope(base.db, { region: 'eao', agency: 'roads', account: 'executor-1' }, (tx) =>
    tx
      .updateTable('reference')
      .set({ row: JSON.stringify({ ...lanterns, name: 'Взлом' }) })
      .where('kind', '=', 'topic')
      .where('id', '=', lanterns.id)
      .execute(),
  );
  await attack.catch(() => undefined);
  expect(await readTopic(lanterns.id)).toEqual(lanterns);
});

it('keeps the name that an incident knows it by', async () => {
  const operator = client('operator');
  const incident = await operator.register();
  await operator.do(incident, 'classify', {
    group: 'Дороги',
    topic: lanterns.name,
    from: 'Ямы и выбоины',
  });
  const me = client('administrator');
  const renamed = saveTopic(me, { ...lanterns, name: 'Солнечные фонари' }, { name: lanterns.name });
  expect((await me.push(renamed)).outcomes).toMatchObject([
    { status: 'refused', refusal: { kind: 'topic_in_use', incidents: 1 } },
  ]);
  expect(await readTopic(lanterns.id)).toEqual(lanterns);
});

it('saved twice at one moment is called the same only once', async () => {
  const clients = [client('administrator', 'a-1'), client('administrator', 'a-2')];
  const twins = [topic('Близнецы'), { ...topic('Близнецы!'), name: 'Близнецы' }];
  const pushed = await Promise.all(
    clients.map((me, index) => me.push(saveTopic(me, twins[index] ?? lanterns, null))),
  );
  const statuses = pushed.map(({ outcomes }) => outcomes[0]?.status);
  expect(new Set(statuses)).toEqual(new Set(['applied', 'refused']));
});
