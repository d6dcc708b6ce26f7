import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { deadlinePolicySchema, type DeadlinePolicy } from '#shared/domain/deadline.ts';
import { withScope } from '#server/store/database.ts';
import { readReferenceRows } from '#server/sync/reference.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { fillReference, sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;

beforeAll(async () => {
  base = await syncDatabase();
});
beforeEach(() => fillReference(base.db, 'eao'));
afterAll(() => base.stop());

const client = (role: 'administrator' | 'operator' | 'executor', account = `${role}-1`, region = 'eao') =>
  new TestClient(base.db, sessionOfRole(role, { account, region }));

const audited = (id: string, region = 'eao') =>
  withScope(base.db, { region }, async (tx) =>
    (await tx.selectFrom('audit').select(['actor', 'action', 'detail']).orderBy('id').execute()).filter(
      ({ detail }) => (detail as { id?: string }).id === id,
    ),
  );

const saveCalendar = (me: TestClient, row: WorkingCalendar, from: Readonly<Record<string, unknown>>) =>
  me.nextEnvelope('working', 'saveRecord', { kind: 'calendar', row, from });
const calendarOf = async (region = 'eao'): Promise<unknown> =>
  withScope(base.db, { region }, async (tx) => (await readReferenceRows(tx, region, 'calendar'))[0]?.row);
const withHoliday = (date: string, name: string): WorkingCalendar => {
  const usual = defaultWorkingCalendar('Asia/Vladivostok');
  return { ...usual, days: { ...usual.days, [date]: 'off' }, names: { [date]: name } };
};
const asNew = (date: string) => ({ days: { [date]: null }, names: { [date]: null } });

it('the calendar keeps the days of two administrators, and the audit log only those', async () => {
  const [first, second] = [client('administrator', 'a-1'), client('administrator', 'a-2')];
  const [mine, theirs] = ['2026-09-15', '2026-06-01'];
  await first.push(saveCalendar(first, withHoliday(mine, 'День области'), asNew(mine)));
  const { outcomes } = await second.push(
    saveCalendar(second, withHoliday(theirs, 'Сабантуй'), asNew(theirs)),
  );
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
  expect(await calendarOf()).toMatchObject({
    days: { [mine]: 'off', [theirs]: 'off', '2026-01-01': 'off' },
    names: { [mine]: 'День области', [theirs]: 'Сабантуй' },
  });
  const [line] = (await audited('working')).filter(({ actor }) => actor === 'a-2');
  expect(line?.detail).toEqual({
    kind: 'calendar',
    id: 'working',
    before: asNew(theirs),
    after: { days: { [theirs]: 'off' }, names: { [theirs]: 'Сабантуй' } },
  });
});

it('the calendar is refused to other roles, and that of one region is nothing in another', async () => {
  const before = await calendarOf();
  const row = withHoliday('2026-10-01', 'Чужой праздник');
  for (const role of ['operator', 'executor'] as const) {
    const me = client(role);
    expect((await me.push(saveCalendar(me, row, asNew('2026-10-01')))).outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'role_may_not', role } },
    ]);
  }
  const stranger = client('administrator', 'a-9', 'amur');
  await stranger.push(saveCalendar(stranger, row, asNew('2026-10-01')));
  expect(await calendarOf()).toEqual(before);
  expect(await calendarOf('amur')).toMatchObject({ names: { '2026-10-01': 'Чужой праздник' } });
});

it('a calendar by which nobody works is refused, and nothing of it is stored', async () => {
  const me = client('administrator');
  const before = await calendarOf();
  const row = { ...withHoliday('2026-10-02', 'Отдых'), week: Array.from({ length: 7 }, () => null) };
  const { outcomes } = await me.push(saveCalendar(me, row, { week: null, ...asNew('2026-10-02') }));
  expect(outcomes).toMatchObject([{ status: 'refused', refusal: { kind: 'week_without_work' } }]);
  expect(await calendarOf()).toEqual(before);
});

const policy = (id: string, change: Partial<DeadlinePolicy> = {}): DeadlinePolicy => ({
  ...deadlinePolicySchema.parse({
    id,
    name: id,
    start: 'created',
    unit: 'working',
    minutes: 300,
    agency: 'heat',
  }),
  ...change,
});
const savePolicy = (
  me: TestClient,
  row: DeadlinePolicy,
  from: Readonly<Record<string, unknown>> | null = null,
) => me.nextEnvelope(row.id, 'saveRecord', { kind: 'policy', row, from });
const policiesOf = (region = 'eao'): Promise<readonly string[]> =>
  withScope(base.db, { region }, async (tx) =>
    (await readReferenceRows(tx, region, 'policy')).map(({ id }) => id),
  );

it('policies of one filter do not overlap, even when they are saved at one moment', async () => {
  const clients = [client('administrator', 'a-1'), client('administrator', 'a-2')];
  const pushed = await Promise.all(
    clients.map((me, index) => me.push(savePolicy(me, policy(`overlap-${index}`)))),
  );
  const outcomes = pushed.flatMap(({ outcomes: all }) => all);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['applied', 'refused']);
  expect(outcomes).toContainEqual(
    expect.objectContaining({ refusal: expect.objectContaining({ kind: 'policies_overlap' }) as unknown }),
  );
  expect((await policiesOf()).filter((id) => id.startsWith('overlap'))).toHaveLength(1);
});

it('a policy is refused to other roles, for an unknown topic, and is nothing in another region', async () => {
  for (const role of ['operator', 'executor'] as const) {
    const me = client(role);
    expect((await me.push(savePolicy(me, policy('stolen')))).outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'role_may_not', role } },
    ]);
  }
  const me = client('administrator');
  const unknown = policy('unknown', { topic: 'Такой темы нет', agency: null });
  expect((await me.push(savePolicy(me, unknown))).outcomes).toMatchObject([
    { status: 'refused', refusal: { kind: 'unknown_topic', topic: 'Такой темы нет' } },
  ]);
  const stranger = client('administrator', 'a-9', 'amur');
  await stranger.push(savePolicy(stranger, policy('strange', { agency: 'roads' })));
  expect(await policiesOf()).not.toContain('strange');
  expect(await policiesOf()).not.toContain('stolen');
  expect(await policiesOf('amur')).toContain('strange');
});

it('a rule of importance is refused to other roles and without a condition, and is nothing in another region', async () => {
  const row = {
    id: 'gas',
    name: 'Газ',
    importance: 'high',
    words: ['газ'],
    group: null,
    topic: null,
    count: null,
    validFrom: Date.now(),
    validTo: null,
  };
  const push = async (me: TestClient, change: object = {}) =>
    (
      await me.push(
        me.nextEnvelope('gas', 'saveRecord', {
          kind: 'importance_rule',
          row: { ...row, ...change },
          from: null,
        }),
      )
    ).outcomes;
  for (const role of ['operator', 'executor'] as const)
    expect(await push(client(role))).toMatchObject([{ refusal: { kind: 'role_may_not' } }]);
  expect(await push(client('administrator'), { words: [] })).toMatchObject([
    { refusal: { kind: 'rule_without_condition' } },
  ]);
  expect(await push(client('administrator'))).toMatchObject([{ status: 'applied' }]);
  const rows = await withScope(base.db, { region: 'amur' }, (tx) =>
    tx.selectFrom('reference').select('id').where('kind', '=', 'importance_rule').execute(),
  );
  expect(rows).toEqual([]);
});

it('a template is kept by administrators alone, and braces that name nothing are refused by name', async () => {
  const row = {
    id: 'sneg',
    name: 'Снег уберут',
    text: '{обращение} Снег по адресу {адрес} уберут до {срок}.',
    group: null,
    topic: null,
    outcome: null,
    network: null,
    season: { from: '11-01', to: '03-31' },
    validFrom: null,
    validTo: null,
  };
  const push = async (me: TestClient, change: object = {}, from: object | null = null) =>
    (
      await me.push(
        me.nextEnvelope('sneg', 'saveRecord', { kind: 'reply_template', row: { ...row, ...change }, from }),
      )
    ).outcomes;
  for (const role of ['operator', 'executor'] as const)
    expect(await push(client(role))).toMatchObject([{ refusal: { kind: 'role_may_not' } }]);
  const text = '{обращение} Уберут до {сорк}.';
  expect(await push(client('administrator'), { text })).toMatchObject([
    { refusal: { kind: 'unknown_variable', variable: 'сорк' } },
  ]);
  expect(await push(client('administrator'), { topic: 'Нет такой темы' })).toMatchObject([
    { refusal: { kind: 'unknown_topic' } },
  ]);
  expect(await push(client('administrator'), { season: { from: '02-30', to: '03-31' } })).toMatchObject([
    { refusal: { kind: 'malformed' } },
  ]);
  expect(await push(client('administrator'))).toMatchObject([{ status: 'applied' }]);
  expect(await push(client('administrator'), { text }, { text: row.text })).toMatchObject([
    { refusal: { kind: 'unknown_variable' } },
  ]);
});
