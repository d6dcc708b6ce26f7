import { afterAll, beforeAll, expect, test } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { Incident } from '#shared/domain/incident.ts';
import { withScope } from '#server/store/database.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { registerArgs, sessionOfRole, syncDatabase, TestClient } from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const DAY_MS = 86_400_000;

test.each([
  ['before all calendars', -9_007_199_254_740_991],
  ['beyond all calendars', 9_007_199_254_740_991],
  ['of no clock', 1e300],
  ['with a part of a millisecond', Date.now() + 0.5],
  ['from before 2000', 0],
])('a moment %s is refused by name, and the next command goes on', async (_what, at) => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await me.register();
  const { outcomes } = await me.push(
    me.envelope(id, 'note', { text: 'x' }, { at }),
    me.envelope(id, 'claim', {}),
  );
  expect(outcomes).toMatchObject([
    { status: 'refused', refusal: { kind: 'clock_wrong' } },
    { status: 'applied' },
  ]);
});

test('a clock that is an hour ahead is set right and its commands are carried out', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await me.register();
  const { outcomes } = await me.push(me.envelope(id, 'note', { text: 'x' }, { at: Date.now() + 3_600_000 }));
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
  const { row } = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('incident').select('row').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  expect((row as unknown as Incident).notes[0]?.at).toBeLessThanOrEqual(Date.now());
});

test.each([2, 40])('a clock that is %i days ahead loses nothing: its act is entered now', async (days) => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await me.register();
  const ahead = Date.now() + days * DAY_MS;
  const { outcomes } = await me.push(me.envelope(id, 'note', { text: 'x' }, { at: ahead }));
  expect(outcomes).toMatchObject([{ status: 'applied' }]);
  const { notes, history } = await rowOf(id);
  expect(notes[0]?.at).toBeLessThanOrEqual(Date.now());
  expect(history.at(-1)).toMatchObject({ event: 'noted', claimed: ahead });
});

/** A message that came so long ago, of which nothing is decided yet. */
async function message(client: TestClient, agoMs = DAY_MS): Promise<string> {
  const id = uuidv7();
  const createdAt = Date.now() - agoMs;
  await client.push(client.envelope(id, 'register', { ...registerArgs(), createdAt }, { at: createdAt }));
  return id;
}

async function rowOf(id: string): Promise<Incident> {
  const { row } = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('incident').select('row').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  return row as unknown as Incident;
}

test('an act dated before what its author had seen counts as entered now, and keeps what was claimed', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await message(me);
  const yearAgo = Date.now() - 365 * DAY_MS;
  const began = Date.now();
  const { outcomes } = await me.push(
    me.envelope(id, 'claim', {}, { at: yearAgo, confirmed: 1 }),
    me.envelope(id, 'note', { text: 'x' }, { at: yearAgo }),
  );
  expect(outcomes).toMatchObject([{ status: 'applied' }, { status: 'applied' }]);
  const { notes, history, createdAt } = await rowOf(id);
  expect(Math.min(...history.map(({ at }) => at))).toBe(createdAt);
  expect(notes[0]?.at).toBeGreaterThanOrEqual(began);
  expect(history.map(({ event, claimed }) => [event, claimed])).toEqual([
    ['registered', undefined],
    ['claimed', yearAgo],
    ['noted', yearAgo],
  ]);
  const events = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('event')
      .select(['name', 'at', 'data'])
      .where('incident_id', '=', id)
      .where('name', '=', 'claimed')
      .execute(),
  );
  expect(events).toMatchObject([{ data: { claimed: yearAgo } }]);
});

test('what was done without a line keeps its moment, though others have acted since', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const other = new TestClient(base.db, sessionOfRole('operator'));
  const id = await message(me);
  const done = Date.now();
  await other.push(other.envelope(id, 'note', { text: 'позже' }, { at: done + 300_000, confirmed: 1 }));
  await me.push(me.envelope(id, 'note', { text: 'раньше' }, { at: done - 30_000, confirmed: 1 }));
  const { notes } = await rowOf(id);
  expect(notes.find(({ text }) => text === 'раньше')).toMatchObject({ at: done - 30_000 });
});

test('an act is not earlier than the last event its console had confirmed', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await message(me, 10 * DAY_MS);
  await me.push(me.envelope(id, 'claim', {}, { confirmed: 1 }));
  const { version } = await rowOf(id);
  const claimed = Date.now() - 5 * DAY_MS;
  await me.push(
    me.envelope(id, 'note', { text: 'знал о взятии' }, { at: claimed, confirmed: version }),
    me.envelope(id, 'note', { text: 'не знал' }, { at: claimed, confirmed: version - 1 }),
  );
  const { history } = await rowOf(id);
  expect(history.slice(2).map((entry) => entry.claimed)).toEqual([claimed, undefined]);
});

test('what is entered afterwards with a reason keeps both moments, and deadlines count from the first', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await message(me, 10 * DAY_MS);
  const [at, began] = [Date.now() - 5 * DAY_MS, Date.now()];
  const routing = { agency: 'roads', unit: '', from: '', reason: '' };
  const happened = { at, reason: 'передали по телефону' };
  const { outcomes } = await me.push(
    me.envelope(id, 'classify', { group: 'Дороги', topic: 'Ямы', from: '' }, { confirmed: 1 }),
    me.envelope(id, 'route', { ...routing, happened }),
    me.envelope(id, 'takeToWork', { happened: { ...happened, at: at - 1 } }),
    me.envelope(id, 'takeToWork', { happened: { ...happened, at: Date.now() + DAY_MS } }),
  );
  expect(outcomes).toMatchObject([
    { status: 'applied' },
    { status: 'applied' },
    { status: 'refused', refusal: { kind: 'before_this_step', at } },
    { status: 'refused', refusal: { kind: 'date_in_future' } },
  ]);
  const row = await rowOf(id);
  expect(row.assignments).toMatchObject([{ agency: routing.agency, at }]);
  const line = row.history.at(-1);
  expect(line).toMatchObject({ event: 'routed', at, entered: { reason: happened.reason } });
  expect(line?.entered?.at).toBeGreaterThanOrEqual(began);
  const events = await withScope(base.db, { region: 'eao' }, (tx) =>
    tx
      .selectFrom('event')
      .select(['at', 'data'])
      .where('incident_id', '=', id)
      .where('name', '=', 'routed')
      .execute(),
  );
  expect(events).toMatchObject([{ at, data: { entered: line?.entered } }]);
});

test('moments of publications and of residents’ messages are their own', async () => {
  const me = new TestClient(base.db, sessionOfRole('operator'));
  const id = await message(me, 10 * DAY_MS);
  const at = Date.now() - 5 * DAY_MS;
  await me.push(
    me.envelope(
      id,
      'receiveMessage',
      { text: 'Спасибо', at, url: '' },
      { at: at - 20 * DAY_MS, confirmed: 1 },
    ),
  );
  expect((await rowOf(id)).history.at(-1)).toMatchObject({ event: 'message_received', at });
  expect((await rowOf(id)).history.at(-1)).not.toHaveProperty('claimed');
});
