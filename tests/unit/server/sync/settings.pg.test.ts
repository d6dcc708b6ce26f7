import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { Agency, Municipality } from '#shared/domain/directory.ts';
import { NO_PLACE } from '#shared/domain/incident.ts';
import type { RoutingRule } from '#shared/domain/routing.ts';
import { withScope } from '#server/store/database.ts';
import { readReferenceRows, upsertReference } from '#server/sync/reference.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import {
  fillReference,
  registerArgs,
  sessionOfRole,
  syncDatabase,
  TestClient,
} from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;

beforeAll(async () => {
  base = await syncDatabase();
});
beforeEach(() => fillReference(base.db, 'eao'));
afterAll(() => base.stop());

const agency = (id: string, change: Partial<Agency> = {}): Agency => ({
  id,
  name: id,
  shortName: id,
  kind: 'regional',
  units: [],
  verified: true,
  ...change,
});

const client = (
  role: 'administrator' | 'operator' | 'executor' | 'observer',
  account = `${role}-1`,
  region = 'eao',
) => new TestClient(base.db, sessionOfRole(role, { account, region }));

const save = (me: TestClient, row: Agency, from: Readonly<Record<string, unknown>> | null) =>
  me.nextEnvelope(row.id, 'saveRecord', { kind: 'agency', row, from });

const read = (id: string, region = 'eao'): Promise<unknown> =>
  withScope(
    base.db,
    { region },
    async (tx) => (await readReferenceRows(tx, region, 'agency')).find((row) => row.id === id)?.row,
  );

const audited = (id: string, region = 'eao') =>
  withScope(base.db, { region }, async (tx) =>
    (await tx.selectFrom('audit').select(['actor', 'action', 'detail']).orderBy('id').execute()).filter(
      ({ detail }) => (detail as { id?: string }).id === id,
    ),
  );

it('is saved under a slug, told to everybody, and audited with what was before and after', async () => {
  const me = client('administrator');
  const row = agency('schools', { name: 'Школы' });
  const first = await me.push(save(me, row, null));
  expect(first.outcomes).toMatchObject([{ status: 'applied' }]);
  await me.push(save(me, { ...row, name: 'Школы и сады' }, { name: 'Школы' }));
  expect(await read('schools')).toEqual({ ...row, name: 'Школы и сады' });
  expect(await audited('schools')).toEqual([
    {
      actor: 'administrator-1',
      action: 'setting_changed',
      detail: { kind: 'agency', id: 'schools', before: null, after: row },
    },
    {
      actor: 'administrator-1',
      action: 'setting_changed',
      detail: {
        kind: 'agency',
        id: 'schools',
        before: { name: 'Школы' },
        after: { name: 'Школы и сады' },
      },
    },
  ]);
  const told = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('change_log').select(['entity', 'op', 'agencies']).where('id', '=', 'schools').execute(),
  );
  expect(told).toEqual(Array.from({ length: 2 }, () => ({ entity: 'agency', op: 'put', agencies: null })));
});

it('keeps what two administrators changed, and tells the one who overwrote a newer value', async () => {
  const [first, second] = [client('administrator', 'a-1'), client('administrator', 'a-2')];
  await first.push(save(first, agency('roads', { kind: 'utility' }), { kind: 'regional' }));
  const renamed = agency('roads', { shortName: 'Дороги' });
  expect((await second.push(save(second, renamed, { shortName: 'roads' }))).outcomes).toMatchObject([
    { status: 'applied' },
  ]);
  expect(await read('roads')).toEqual({ ...renamed, kind: 'utility' });
  const late = save(second, agency('roads', { kind: 'federal' }), { kind: 'regional' });
  expect((await second.push(late)).outcomes).toMatchObject([{ status: 'merged', fields: ['kind'] }]);
});

it('is refused to everybody but administrators, and nothing is audited', async () => {
  for (const role of ['operator', 'executor'] as const) {
    const me = client(role);
    expect((await me.push(save(me, agency('stolen'), null))).outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'role_may_not', role } },
    ]);
  }
  const observer = client('observer');
  expect((await observer.push(save(observer, agency('stolen'), null))).outcomes).toMatchObject([
    { status: 'held' },
  ]);
  expect(await read('stolen')).toBeUndefined();
  expect(await audited('stolen')).toEqual([]);
});

it('of one region is nothing in another', async () => {
  const stranger = client('administrator', 'a-9', 'amur');
  const mine = agency('roads', { name: 'Чужие дороги' });
  await stranger.push(save(stranger, mine, { name: 'roads' }));
  expect(await read('roads')).toEqual(agency('roads'));
  expect(await read('roads', 'amur')).toMatchObject({ name: 'Чужие дороги' });
  expect(await audited('roads', 'amur')).toHaveLength(1);
  const seen = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select('id').where('actor', '=', 'a-9').execute(),
  );
  expect(seen).toEqual([]);
});

it('is not written past the judge by an agency’s transaction', async () => {
  const attack = withScope(base.db, { region: 'eao', agency: 'roads', account: 'executor-1' }, (tx) =>
    tx
      .updateTable('reference')
      .set({ row: JSON.stringify(agency('roads', { name: 'Взлом' })) })
      .where('kind', '=', 'agency')
      .where('id', '=', 'roads')
      .execute(),
  );
  await attack.catch(() => undefined);
  expect(await read('roads')).toEqual(agency('roads'));
});

it('closes with open incidents only when it names a successor', async () => {
  const operator = client('operator');
  const incident = await operator.register();
  await operator.do(incident, 'route', { agency: 'heat', unit: '', from: '', reason: '' });
  const me = client('administrator');
  const closing = agency('heat', { validTo: Date.now() + 1000 });
  expect((await me.push(save(me, closing, { validTo: null }))).outcomes).toMatchObject([
    { status: 'refused', refusal: { kind: 'agency_has_work', incidents: 1, routes: 0 } },
  ]);
  const handed = { ...closing, successor: 'roads' };
  expect((await me.push(save(me, handed, { validTo: null, successor: null }))).outcomes).toMatchObject([
    { status: 'applied' },
  ]);
  expect(await read('heat')).toEqual(handed);
});

it('saved twice at one moment is called the same only once', async () => {
  const clients = [client('administrator', 'a-1'), client('administrator', 'a-2')];
  const pushed = await Promise.all(
    clients.map((me, index) => me.push(save(me, agency(`twin-${index}`, { name: 'Близнецы' }), null))),
  );
  const statuses = pushed.map(({ outcomes }) => outcomes[0]?.status);
  expect(new Set(statuses)).toEqual(new Set(['applied', 'refused']));
});

it('refuses what is no incident by name, also when it is offered again', async () => {
  const me = client('operator');
  const again = { upon: 5, behind: false, number: null };
  const { outcomes } = await me.push(
    { ...me.nextEnvelope(uuidv7(), 'register', registerArgs()), incident: 'roads' },
    { ...me.nextEnvelope(uuidv7(), 'note', { text: 'Примечание' }), incident: 'roads', again },
  );
  expect(outcomes.map((outcome) => outcome.status === 'refused' && outcome.refusal.kind)).toEqual([
    'malformed',
    'malformed',
  ]);
});

describe('many routes in one command', () => {
  const AT = Date.UTC(2026, 0, 1);
  const route = (id: string, change: Partial<RoutingRule> = {}): RoutingRule => ({
    id,
    topic: 'Ямы',
    agency: 'roads',
    ...change,
  });
  const rowsOf = (region = 'eao') =>
    withScope(base.db, { region }, async (tx) =>
      (await readReferenceRows(tx, region, 'route')).map(({ row }) => row as RoutingRule),
    );
  const load = (me: TestClient, id: string, ...rows: readonly RoutingRule[]) =>
    me.nextEnvelope(id, 'saveRecords', {
      kind: 'route',
      file: 'маршруты.xlsx',
      takesBack: null,
      rows: rows.map((row) => ({ id: row.id, row, from: null })),
    });
  const names = [
    { kind: 'topic' as const, id: 't', row: { name: 'Ямы', group: 'Дороги' } },
    { kind: 'topic' as const, id: 'u', row: { name: 'Лужи', group: 'Дороги' } },
    {
      kind: 'municipality' as const,
      id: 'm',
      row: { id: 'm', name: 'Город', shortName: 'Город', kind: 'city', population: null, settlements: [] },
    },
  ];
  beforeEach(async () => {
    for (const region of ['eao', 'amur'])
      await withScope(base.db, { region }, (tx) => upsertReference(tx, region, names));
  });

  it('are stored under one revision and audited by one line', async () => {
    const [me, id] = [client('administrator'), uuidv7()];
    const both = [route('one'), route('two', { municipality: 'Город' })];
    expect((await me.push(load(me, id, ...both))).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await rowsOf()).toEqual(expect.arrayContaining(both));
    const [line, ...others] = await audited(id);
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      action: 'settings_loaded',
      detail: { kind: 'route', file: 'маршруты.xlsx', added: 2, changed: 0, takesBack: null },
    });
    const told = await withScope(base.db, { region: 'eao' }, (tx) =>
      tx.selectFrom('change_log').select(['v', 'op']).where('id', 'in', ['one', 'two']).execute(),
    );
    expect(told).toHaveLength(2);
    expect(new Set(told.map(({ v }) => v)).size).toBe(1);
  });

  it('are stored all or not at all, and judged on what another row of the centre says', async () => {
    const me = client('administrator');
    const puddles = { topic: 'Лужи', municipality: 'Город' };
    await me.push(load(me, uuidv7(), route('there', { ...puddles, validFrom: AT })));
    const second = load(me, uuidv7(), route('fine', { topic: 'Лужи' }), route('taken', puddles));
    expect((await me.push(second)).outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'row_refused', row: 2, why: { kind: 'route_taken' } } },
    ]);
    expect((await rowsOf()).filter(({ id }) => id === 'fine')).toEqual([]);
  });

  it.each([
    { topic: 'Люки' },
    { topic: 'Люки', municipality: 'Город' },
    { group: 'Колодцы' },
    { group: 'Колодцы', municipality: 'Город' },
    { group: 'Колодцы', topic: 'Люки', municipality: 'Город' },
    { municipality: 'Город' },
  ])('are judged on those of their very pair: %j', async (pair) => {
    const row = { name: 'Люки', group: 'Колодцы' };
    const topic = { kind: 'topic', id: 'hatch', row } as const;
    await withScope(base.db, { region: 'eao' }, (tx) => upsertReference(tx, 'eao', [topic]));
    const me = client('administrator');
    const of = (id: string): RoutingRule => ({
      id: `${id} ${JSON.stringify(pair)}`,
      agency: 'roads',
      ...pair,
    });
    const others = load(me, uuidv7(), of('first'));
    expect((await me.push(others)).outcomes).toMatchObject([{ status: 'applied' }]);
    expect((await me.push(load(me, uuidv7(), of('second')))).outcomes).toMatchObject([
      { status: 'refused', refusal: { why: { kind: 'route_taken' } } },
    ]);
  });

  it('are refused to other roles, and those of one region are nothing in another', async () => {
    for (const role of ['operator', 'executor'] as const) {
      const me = client(role);
      expect((await me.push(load(me, uuidv7(), route('stolen', { validTo: AT })))).outcomes).toMatchObject([
        { status: 'refused', refusal: { kind: 'role_may_not', role } },
      ]);
    }
    const stranger = client('administrator', 'a-9', 'amur');
    await stranger.push(load(stranger, uuidv7(), route('theirs', { validTo: AT })));
    expect((await rowsOf()).map(({ id }) => id)).not.toContain('theirs');
    expect((await rowsOf()).map(({ id }) => id)).not.toContain('stolen');
    expect((await rowsOf('amur')).map(({ id }) => id)).toContain('theirs');
  });
});

describe('a municipality', () => {
  const place = (id: string, change: Partial<Municipality> = {}): Municipality => ({
    id,
    name: `Район ${id}`,
    shortName: id,
    kind: 'district',
    population: { count: 10_600, year: 2021, verified: true },
    settlements: [{ kind: 'с', name: 'Валдгейм', streets: ['Центральная'] }],
    ...change,
  });
  const savePlace = (me: TestClient, row: Municipality, from: Readonly<Record<string, unknown>> | null) =>
    me.nextEnvelope(row.id, 'saveRecord', { kind: 'municipality', row, from });
  const readPlace = (id: string, region = 'eao'): Promise<unknown> =>
    withScope(
      base.db,
      { region },
      async (tx) => (await readReferenceRows(tx, region, 'municipality')).find((row) => row.id === id)?.row,
    );

  it('is saved, told to everybody and audited', async () => {
    const me = client('administrator');
    const row = place('valley');
    expect((await me.push(savePlace(me, row, null))).outcomes).toMatchObject([{ status: 'applied' }]);
    expect(await readPlace('valley')).toEqual(row);
    expect(await audited('valley')).toMatchObject([
      { actor: 'administrator-1', action: 'setting_changed', detail: { kind: 'municipality', after: row } },
    ]);
  });

  it('is refused to everybody but administrators, and of one region is nothing in another', async () => {
    for (const role of ['operator', 'executor'] as const) {
      const me = client(role);
      expect((await me.push(savePlace(me, place('stolen'), null))).outcomes).toMatchObject([
        { status: 'refused', refusal: { kind: 'role_may_not', role } },
      ]);
    }
    expect(await readPlace('stolen')).toBeUndefined();
    const stranger = client('administrator', 'a-9', 'amur');
    await stranger.push(savePlace(stranger, place('valley', { name: 'Чужая долина' }), null));
    expect(await readPlace('valley')).toMatchObject({ name: 'Район valley' });
    expect(await readPlace('valley', 'amur')).toMatchObject({ name: 'Чужая долина' });
  });

  it('is not written past the judge by an agency’s transaction', async () => {
    const attack = withScope(base.db, { region: 'eao', agency: 'roads', account: 'executor-1' }, (tx) =>
      tx
        .updateTable('reference')
        .set({ row: JSON.stringify(place('valley', { name: 'Взлом' })) })
        .where('kind', '=', 'municipality')
        .where('id', '=', 'valley')
        .execute(),
    );
    await attack.catch(() => undefined);
    expect(await readPlace('valley')).toMatchObject({ name: 'Район valley' });
  });

  it('keeps the name that an incident knows it by, and ends only when it names a successor', async () => {
    const operator = client('operator');
    const incident = await operator.register();
    const where = { municipality: 'Район valley', settlement: '', street: '', house: '', object: '' };
    await operator.do(incident, 'place', { place: where, from: NO_PLACE });
    const me = client('administrator');
    const renamed = place('valley', { name: 'Долина' });
    expect((await me.push(savePlace(me, renamed, { name: 'Район valley' }))).outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'place_in_use', incidents: 1, routes: 0 } },
    ]);
    const ended = place('valley', { validTo: Date.now() + 1000 });
    expect((await me.push(savePlace(me, ended, { validTo: null }))).outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'place_needs_successor', incidents: 1, routes: 0 } },
    ]);
    await me.push(savePlace(me, place('hills'), null));
    const merged = { ...ended, successor: 'hills' };
    expect((await me.push(savePlace(me, merged, { validTo: null, successor: null }))).outcomes).toMatchObject(
      [{ status: 'applied' }],
    );
    expect(await readPlace('valley')).toEqual(merged);
  });

  it('saved twice at one moment is called the same only once', async () => {
    const clients = [client('administrator', 'a-1'), client('administrator', 'a-2')];
    const pushed = await Promise.all(
      clients.map((me, index) => me.push(savePlace(me, place(`twin-${index}`, { name: 'Близнецы' }), null))),
    );
    const statuses = pushed.map(({ outcomes }) => outcomes[0]?.status);
    expect(new Set(statuses)).toEqual(new Set(['applied', 'refused']));
  });
});
