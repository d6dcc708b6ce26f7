import { afterAll, beforeAll, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { WorkingCalendar } from '#shared/domain/calendar.ts';
import { defaultWorkingCalendar } from '#shared/domain/data/russian-holidays.ts';
import { must } from '#shared/domain/must.ts';
import { NO_PLACE, type Incident } from '#shared/domain/incident.ts';
import { parseLocalTimestamp } from '#shared/domain/time-zone.ts';
import { renewDeadlines } from '#server/jobs/renew-deadlines.ts';
import { withScope } from '#server/store/database.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { registerArgs, sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

const ZONE = 'Asia/Vladivostok';
const local = (text: string): number => must(parseLocalTimestamp(ZONE, text), text);
/** A Thursday afternoon: nine working hours end on Friday. */
const CREATED = local('2026-03-05 16:30:00');
const NOW = local('2026-03-05 17:00:00');
const HEAT = { id: 'heat', name: 'heat', shortName: 'heat', kind: 'regional', units: [], verified: true };
const USUAL = defaultWorkingCalendar(ZONE);

let base: FreshDatabase;
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const client = (role: 'operator' | 'administrator', region: string) =>
  new TestClient(base.db, sessionOfRole(role, { region }));

async function register(region: string, createdAt: number): Promise<string> {
  const me = client('operator', region);
  const id = uuidv7();
  const args = { ...registerArgs('Яма на дороге', region), createdAt };
  const { outcomes } = await me.push({ ...me.nextEnvelope(id, 'register', args), at: createdAt + 1000 });
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
  return id;
}

async function saveCalendar(region: string, row: WorkingCalendar, from: object): Promise<void> {
  const me = client('administrator', region);
  const { outcomes } = await me.push(
    me.nextEnvelope('working', 'saveRecord', { kind: 'calendar', row, from }),
  );
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
}

const read = (region: string, id: string): Promise<Incident> =>
  withScope(base.db, { region }, async (tx) => {
    const found = await tx
      .selectFrom('incident')
      .select(['row', 'due_at'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const row = found.row as unknown as Incident;
    expect(found.due_at).toBe(row.due?.at ?? null);
    return row;
  });

const run = (now = NOW) => runJob(renewDeadlines, { ...jobContext(base.db), now: () => now });
const withHoliday = (date: string): WorkingCalendar => ({ ...USUAL, days: { ...USUAL.days, [date]: 'off' } });

it('moves what runs once, leaves what has passed, and touches nothing else', async () => {
  const open = await register('eao', CREATED);
  const passed = await register('eao', local('2026-03-02 09:00:00'));
  const stranger = await register('amur', CREATED);
  await run();
  const before = await read('eao', open);
  expect(before.due?.at).toBe(local('2026-03-06 16:30:00'));
  const missed = await read('eao', passed);
  expect(missed.due?.at).toBeLessThan(NOW);

  await saveCalendar('eao', withHoliday('2026-03-06'), { days: { '2026-03-06': null } });
  await run();
  const after = await read('eao', open);
  expect(after).toEqual({
    ...before,
    version: before.version + 1,
    due: { ...before.due, at: local('2026-03-10 16:30:00') },
  });
  expect(await read('eao', passed)).toEqual(missed);
  expect((await read('amur', stranger)).due).toEqual(before.due);

  await run();
  await run(NOW + 1000);
  expect((await read('eao', open)).version).toBe(after.version);
  await saveCalendar('eao', USUAL, { days: { '2026-03-06': 'off' } });
  await run();
  expect((await read('eao', open)).due).toEqual(before.due);
});

it('tells consoles by the incident’s own row, and by one row of the setting', async () => {
  const open = await register('eao', CREATED);
  const head = (): Promise<number> =>
    withScope(base.db, { region: 'eao' }, async (tx) => {
      const { v } = await tx.selectFrom('sync_clock').select('v').executeTakeFirstOrThrow();
      return v;
    });
  const since = await head();
  await saveCalendar('eao', withHoliday('2026-03-06'), { days: { '2026-03-06': null } });
  await run();
  const told = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('change_log').select(['entity', 'id']).where('v', '>', since).orderBy('v').execute(),
  );
  expect(told.filter(({ entity }) => entity === 'calendar')).toHaveLength(1);
  expect(told.filter(({ id }) => id === open)).toHaveLength(1);
  expect(told.every(({ entity }) => entity === 'calendar' || entity === 'incident')).toBe(true);
});

it('moves what an agency holds by the hours of the agency, and by no other change of it', async () => {
  await saveCalendar('eao', USUAL, { days: { '2026-03-06': 'off' } });
  const held = await register('eao', CREATED);
  const open = await register('eao', CREATED);
  const operator = client('operator', 'eao');
  const commands = [
    ['classify', { group: 'ЖКХ', topic: 'Отопление', from: '' }],
    ['place', { place: { ...NO_PLACE, municipality: 'Биробиджан' }, from: NO_PLACE }],
    ['route', { agency: 'heat', unit: '', from: '', reason: '' }],
  ] as const;
  for (const [name, args] of commands) {
    const { outcomes } = await operator.push({
      ...operator.nextEnvelope(held, name, args),
      at: CREATED + 60_000,
    });
    expect(outcomes).toMatchObject([{ status: 'applied' }]);
  }
  await run();
  const before = await read('eao', held);
  const saveAgency = async (row: object, from: object): Promise<void> => {
    const me = client('administrator', 'eao');
    const args = { kind: 'agency', row: { ...HEAT, ...row }, from };
    expect((await me.push(me.nextEnvelope('heat', 'saveRecord', args))).outcomes).toMatchObject([
      { status: 'applied' },
    ]);
  };
  await saveAgency({ name: 'Тепло' }, { name: 'heat' });
  await run();
  expect(await read('eao', held)).toEqual(before);

  const day = { from: '12:00', to: '21:00', break: { from: '19:00', to: '20:00' } };
  const hours = [...Array.from({ length: 5 }, () => day), null, null];
  await saveAgency({ name: 'Тепло', hours }, { hours: null });
  await run();
  // Three and a half hours of Thursday, and the rest on Friday from noon.
  expect((await read('eao', held)).due).toEqual({ ...before.due, at: local('2026-03-06 17:30:00') });
  await saveAgency({ name: 'Тепло' }, { hours });
  await run();
  expect((await read('eao', held)).due).toEqual(before.due);
  expect((await read('eao', open)).due?.at).toBe(local('2026-03-06 16:30:00'));
});
