import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { DexieSyncStore } from '#renderer/data/store/dexie-sync-store.ts';
import { answered } from '#renderer/data/sync/failure.ts';
import { OutcomeMemory } from '#renderer/data/sync/outcome-memory.ts';
import { SyncEngine } from '#renderer/data/sync/engine.ts';
import type { SyncPorts } from '#renderer/data/sync/ports.ts';
import { pullOnce } from '#renderer/data/sync/pull.ts';
import { pushOnce } from '#renderer/data/sync/push.ts';
import { referenceContexts } from '#renderer/data/sync/reference-context.ts';
import { repairOnce } from '#renderer/data/sync/repair.ts';
import type { Applied, SyncMeta } from '#renderer/data/sync/sync-store.ts';
import { dispatch } from '#tests/helpers/dispatch.ts';
import { MemorySyncStore } from '#tests/helpers/memory-sync-store.ts';
import { ModelApi } from '#tests/helpers/model-api.ts';
import {
  CLASSIFY,
  downloadAll,
  idMaker,
  incidentAfter,
  NOTE,
  REFERENCE,
  testConsole,
  ZONE,
  type TestConsole,
} from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(130);
const BAD = 'чего этот пульт не знает';
const incidentOf = (text: string): Incident => ({ ...incidentAfter(newId(), [CLASSIFY]), text });

/** A store that throws on rows of one text, as the real one does on what it cannot lay into its columns. */
class PickyStore extends MemorySyncStore {
  isPicky = true;
  tries = 0;

  #look(rows: readonly Incident[]): void {
    const isBad = rows.some(({ text }) => text === BAD);
    if (isBad) this.tries += 1;
    if (isBad && this.isPicky) throw new TypeError('Cannot read properties of undefined');
  }

  override async apply(step: Applied): Promise<void> {
    this.#look(step.views);
    await super.apply(step);
  }

  override async load(rows: readonly Incident[], meta: Partial<SyncMeta>): Promise<void> {
    this.#look(rows);
    await super.load(rows, meta);
  }
}

const good = Array.from({ length: 5 }, (_, index) => incidentOf(`обычное ${index}`));
let api: ModelApi;
let store: PickyStore;
let console: TestConsole;
const engines: SyncEngine[] = [];

const pull = (ports: SyncPorts = console.ports) => pullOnce(ports, new OutcomeMemory(), 1000);
const idsHere = (): string[] => [...store.allViews().keys()].toSorted();
const idsOf = (rows: readonly Incident[]): string[] => rows.map(({ id }) => id).toSorted();
const asideIds = async () => (await store.meta()).setAside?.map(({ id }) => id);

beforeEach(() => {
  api = new ModelApi(newId(), REFERENCE);
  store = new PickyStore(newId());
  console = testConsole(api, 1, { store });
});

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
});

function engineOf(appVersion: string): SyncEngine {
  const engine = new SyncEngine({ ports: console.ports, appVersion, onChange: () => undefined });
  engines.push(engine);
  return engine;
}

test('a row of the feed that the store throws on is set aside and told; the page goes on', async () => {
  await downloadAll(console, api);
  const bad = { ...incidentOf(BAD), number: 77 };
  for (const row of [...good.slice(0, 3), bad, ...good.slice(3)]) api.put(row);
  expect(await pull()).toMatchObject({ ok: true, value: { kind: 'applied', more: false } });
  expect(idsHere()).toEqual(idsOf(good));
  expect(await store.meta()).toMatchObject({ cursor: api.state.v, setAside: [{ id: bad.id, number: 77 }] });
  expect(console.troubles).toEqual([{ kind: 'rows_set_aside', rows: 1, names: '77' }]);
});

test('a command leaves with its page although the row of another is set aside', async () => {
  for (const row of good) api.put(row);
  await downloadAll(console, api);
  const [first] = good;
  await dispatch(console.ports, first?.id ?? '', NOTE('моя'));
  const memory = new OutcomeMemory();
  await pushOnce(console.ports, memory);
  api.put(incidentOf(BAD));
  await pullOnce(console.ports, memory, 1000);
  expect(await store.outbox()).toEqual([]);
  expect(store.mustView(first?.id ?? '').notes.map(({ text }) => text)).toEqual(['моя']);
});

test('rows that the schema cannot read are set aside; unknown reference kinds are kept for later', async () => {
  await downloadAll(console, api);
  const [row] = good;
  if (row === undefined) throw new Error('rows');
  api.put(row);
  const { version: _version, ...headless } = { ...incidentOf('без версии'), number: 5 };
  const odd: readonly unknown[] = [
    { op: 'put', entity: 'incident', v: 9, id: headless.id, row: headless },
    { op: 'put', entity: 'incident', v: 9, id: 'не номер', row: null },
    { op: 'put', entity: 'incident', v: 9, id: row.id.replace('0', '1'), row },
    { op: 'put', entity: 'drone', v: 9, id: 'd1', row: { wings: 4 } },
    'не изменение',
  ];
  const { transport } = console.ports;
  const changes: typeof transport.changes = async (query) => {
    const page = await transport.changes(query);
    return page.ok ? answered({ ...page.value, changes: [...odd, ...page.value.changes] }) : page;
  };
  expect(await pull({ ...console.ports, transport: { ...transport, changes } })).toMatchObject({ ok: true });
  expect(idsHere()).toEqual([row.id]);
  expect(await asideIds()).toEqual([headless.id, '', row.id.replace('0', '1')]);
  expect(await store.reference()).toContainEqual({ kind: 'drone', id: 'd1', row: { wings: 4 } });
});

test('the first download goes on around a row, pending commands or not', async () => {
  api.pageRows = 3;
  const bad = incidentOf(BAD);
  for (const row of [...good, bad]) api.put(row);
  await downloadAll(console, api);
  expect(idsHere()).toEqual(idsOf(good));
  expect(await asideIds()).toEqual([bad.id]);
});

test('a line of a page that is no row costs only itself', async () => {
  for (const row of good) api.put(row);
  api.pageRows = 10;
  api.put({ ...incidentOf('негодная'), version: 'первая' as never });
  await downloadAll(console, api);
  expect(idsHere()).toEqual(idsOf(good));
  expect(await asideIds()).toHaveLength(1);
});

test('a comparison does not ask for it again, and takes nothing away', async () => {
  await downloadAll(console, api);
  const bad = incidentOf(BAD);
  for (const row of [...good, bad]) api.put(row);
  await pull();
  store.tries = 0;
  expect(await repairOnce(console.ports)).toEqual({ ok: true, value: { kind: 'agree' } });
  expect(store.tries).toBe(0);
});

test('a repair that meets one stores the others of its bucket', async () => {
  await downloadAll(console, api);
  const id = newId();
  const [bad, other] = [incidentOf(BAD), { ...incidentOf('сосед'), id: `${id.slice(0, -2)}aa` }];
  const there = { ...bad, id: `${bad.id.slice(0, -2)}aa` };
  for (const row of [there, other]) api.put(row);
  await store.setMeta({ cursor: api.state.v });
  expect(await repairOnce(console.ports)).toMatchObject({ value: { incidents: [other.id] } });
  expect(await asideIds()).toEqual([there.id]);
  expect(await repairOnce(console.ports)).toEqual({ ok: true, value: { kind: 'agree' } });
});

test('a version of it that can be read takes its place', async () => {
  await downloadAll(console, api);
  const bad = incidentOf(BAD);
  api.put(bad);
  await pull();
  api.put({ ...bad, text: 'исправлено', version: bad.version + 1 });
  await pull();
  expect(store.mustView(bad.id).text).toBe('исправлено');
  expect(await asideIds()).toEqual([]);
});

test('the session lives and tells of it; an updated console asks for it and takes it in', async () => {
  const bad = { ...incidentOf(BAD), number: 12 };
  for (const row of [...good, bad]) api.put(row);
  const isLive = (engine: SyncEngine) =>
    expect.poll(async () => (await engine.status()).connection.state, { interval: 5, timeout: 60_000 });
  const before = engineOf('1.0.0');
  await before.start();
  await isLive(before).toBe('live');
  const told = { kind: 'rows_set_aside', rows: 1, names: '12' };
  expect((await before.status()).alarms).toEqual([told]);
  await before.stop();
  const same = engineOf('1.0.0');
  store.tries = 0;
  await same.start();
  await isLive(same).toBe('live');
  expect((await same.status()).alarms).toEqual([told]);
  expect(store.tries).toBe(0);
  await same.stop();
  store.isPicky = false;
  const after = engineOf('1.0.1');
  await after.start();
  await isLive(after).toBe('live');
  expect(store.mustView(bad.id).number).toBe(12);
  expect((await after.status()).alarms).toEqual([]);
});

test('a fault of the storage is no row’s: nothing is set aside, and the page stays to come', async () => {
  await downloadAll(console, api);
  api.put(incidentOf('обычное'));
  store.apply = async () => {
    throw new DOMException('no room', 'QuotaExceededError');
  };
  await expect(pull()).rejects.toThrow('no room');
  expect(await store.meta()).toMatchObject({ cursor: 0, setAside: [] });
});

test('the real store goes on around rows that cannot be laid into its columns', async () => {
  const real = await DexieSyncStore.open({ name: 'pult:set-aside', newId });
  const ports = { ...console.ports, store: real, contexts: referenceContexts(real, ZONE) };
  const broken: readonly Partial<Record<keyof Incident, unknown>>[] = [
    { promises: null },
    { author: null },
    { history: 'нет' },
    { step: null },
  ];
  const bad = broken.map((change) => ({ ...incidentOf('негодная'), ...change }) as Incident);
  await downloadAll({ ...console, ports, store: real as never }, api);
  for (const row of [...good.slice(0, 2), ...bad, ...good.slice(2)]) api.put(row);
  expect(await pull(ports)).toMatchObject({ ok: true, value: { kind: 'applied' } });
  expect([...(await real.views(idsOf(good))).keys()].toSorted()).toEqual(idsOf(good));
  expect((await real.meta()).setAside?.map(({ id }) => id)).toEqual(bad.map(({ id }) => id));
  expect(await repairOnce(ports)).toEqual({ ok: true, value: { kind: 'agree' } });
  await real.close();
});
