import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Agency } from '#shared/domain/directory.ts';
import { currentAgency, NO_PLACE, type Incident } from '#shared/domain/incident.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { HAND_OVER_ACTOR } from '#shared/domain/records/hand-over-actor.ts';
import { handOver } from '#server/jobs/hand-over.ts';
import { withScope } from '#server/store/database.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;

beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const client = (role: 'operator' | 'administrator', region: string) =>
  new TestClient(base.db, sessionOfRole(role, { region }));

async function routed(region: string, agency: string): Promise<string> {
  const me = client('operator', region);
  const id = await me.register();
  const outcome = await me.do(id, 'route', { agency, unit: '', from: '', reason: '' });
  if (outcome.status !== 'applied') throw new Error(JSON.stringify(outcome));
  return id;
}

const read = (region: string, id: string): Promise<Incident> =>
  withScope(base.db, { region }, async (tx) => {
    const { row } = await tx
      .selectFrom('incident')
      .select('row')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row as unknown as Incident;
  });

it('routes what a merged agency holds to its successor, once, and nothing else', async () => {
  const [held, other] = [await routed('eao', 'heat'), await routed('eao', 'roads')];
  const stranger = await routed('amur', 'heat');
  const onApproval = await routed('eao', 'heat');
  const me = client('operator', 'eao');
  await me.do(onApproval, 'takeToWork', {});
  await me.do(onApproval, 'draftReply', { text: 'Починим сегодня', kind: 'final', promises: [] });
  expect(await me.do(onApproval, 'submitForApproval', {})).toMatchObject({ status: 'applied' });
  const row: Agency = {
    id: 'heat',
    name: 'heat',
    shortName: 'heat',
    kind: 'regional',
    units: [],
    verified: true,
    validTo: Date.now() - 1,
    successor: 'housing',
  };
  const administrator = client('administrator', 'eao');
  const from = { validTo: null, successor: null };
  const { outcomes } = await administrator.push(
    administrator.nextEnvelope('heat', 'saveRecord', { kind: 'agency', row, from }),
  );
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
  const followed: unknown[] = [];
  const context = {
    ...jobContext(base.db),
    follow: (...told: readonly unknown[]) => void followed.push(told),
  };
  for (const _ of [1, 2]) await runJob(handOver, context);
  // Whoever has them now is told at once.
  expect(followed).toEqual([['eao', [{ kind: 'happened', event: 'routed' }]]]);

  const after = await read('eao', held);
  expect(currentAgency(after)).toBe('housing');
  expect(after.history.filter(({ by }) => by === HAND_OVER_ACTOR)).toMatchObject([{ event: 'routed' }]);
  expect(after.assignments.map(({ agency }) => agency)).toEqual(['heat', 'housing']);
  expect(currentAgency(await read('eao', other))).toBe('roads');
  expect(currentAgency(await read('eao', onApproval))).toBe('heat');
  expect(currentAgency(await read('amur', stranger))).toBe('heat');

  await me.do(onApproval, 'sendBack', {
    reason: 'Короче',
    submission: submissionOf(await read('eao', onApproval)),
  });
  await runJob(handOver, jobContext(base.db));
  expect(currentAgency(await read('eao', onApproval))).toBe('housing');
});

it('routes what a split agency holds to its heirs by topic and place, and leaves it the rest', async () => {
  const about = async (topic: string, municipality: string): Promise<string> => {
    const id = await routed('amur', 'heat');
    const me = client('operator', 'amur');
    const group = topic === 'Отопление' ? 'ЖКХ' : 'Дороги';
    await me.do(id, 'classify', { group, topic, from: 'Ямы и выбоины' });
    await me.do(id, 'place', { place: { ...NO_PLACE, municipality }, from: NO_PLACE });
    return id;
  };
  const [heating, potholes, elsewhere] = [
    await about('Отопление', 'город Биробиджан'),
    await about('Ямы и выбоины', 'город Биробиджан'),
    await about('Ямы и выбоины', 'Ленинский район'),
  ];
  const row: Agency = {
    id: 'heat',
    name: 'heat',
    shortName: 'heat',
    kind: 'municipal',
    units: [],
    verified: true,
    split: {
      at: Date.now() - 1,
      heirs: [
        { group: 'Дороги', municipality: 'город Биробиджан', agency: 'roads' },
        { topic: 'Отопление', agency: 'housing' },
      ],
    },
  };
  const administrator = client('administrator', 'amur');
  const envelope = administrator.nextEnvelope('heat', 'saveRecord', {
    kind: 'agency',
    row,
    from: { split: null },
  });
  expect((await administrator.push(envelope)).outcomes).toMatchObject([{ status: 'applied' }]);
  for (const _ of [1, 2]) await runJob(handOver, jobContext(base.db), 'amur');
  const holders = await Promise.all(
    [heating, potholes, elsewhere].map(async (id) => currentAgency(await read('amur', id))),
  );
  expect(holders).toEqual(['housing', 'roads', 'heat']);
  const { history } = await read('amur', heating);
  expect(history.filter(({ by }) => by === HAND_OVER_ACTOR)).toMatchObject([{ event: 'routed' }]);
  expect((await read('amur', elsewhere)).history.some(({ by }) => by === HAND_OVER_ACTOR)).toBe(false);
});
