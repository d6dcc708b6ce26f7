import { beforeEach, expect, test } from 'vitest';
import { bootstrapPage } from '#renderer/data/sync/bootstrap.ts';
import { failed } from '#renderer/data/sync/failure.ts';
import { OutcomeMemory } from '#renderer/data/sync/outcome-memory.ts';
import { pullOnce } from '#renderer/data/sync/pull.ts';
import { pushOnce } from '#renderer/data/sync/push.ts';
import { agreeOnEpoch, rebuild, recoverLostDatabase } from '#renderer/data/sync/recover.ts';
import type { SyncPorts } from '#renderer/data/sync/ports.ts';
import type { PushRequest } from '#shared/protocol/envelope.ts';
import { dispatch } from '#tests/helpers/dispatch.ts';
import { ModelApi } from '#tests/helpers/model-api.ts';
import {
  CLASSIFY,
  downloadAll,
  idMaker,
  incidentAfter,
  NOTE,
  REFERENCE,
  REGISTER,
  testConsole,
  type TestConsole,
} from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(83);
const HELLO = { protocols: [1], appVersion: '1', clientId: newId() };
let api: ModelApi;
let console: TestConsole;
const open = incidentAfter(newId(), [CLASSIFY]);

beforeEach(async () => {
  api = new ModelApi(newId(), REFERENCE);
  api.put(open);
  console = await downloadAll(testConsole(api), api);
});

async function sync({ ports }: TestConsole, memory = new OutcomeMemory()): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await pushOnce(ports, memory);
    await pullOnce(ports, memory, 100);
  }
}

/** Greets an API whose database was put back without a word. */
const greet = (of: TestConsole = console, ports: Partial<SyncPorts> = {}) =>
  agreeOnEpoch(
    { ...of.ports, ...ports },
    { epoch: api.epoch, scopeHash: 'all', lastSeq: 0, headV: api.state.v, putBack: true },
  );

const texts = async (): Promise<unknown[]> =>
  (await console.store.outbox()).map(({ args }) => (args as { text?: string }).text);

test('what the database has lost goes back into the outbox, before what is there, and nothing else', async () => {
  await dispatch(console.ports, open.id, NOTE('в копии'));
  await sync(console);
  const backup = api.backup();
  await dispatch(console.ports, open.id, NOTE('потеряна'));
  await sync(console);
  await dispatch(console.ports, open.id, NOTE('не отправлена'));
  api.restore(backup, api.epoch);
  expect(await greet()).toEqual({ ok: true, value: 'rebuilt' });
  expect(await texts()).toEqual(['потеряна', 'не отправлена']);
  expect(console.troubles).toEqual([{ kind: 'put_back', offered: 1 }]);
  // The screen goes on showing what was done until it is decided.
  expect(console.store.mustView(open.id).notes.map(({ text }) => text)).toContain('не отправлена');
  await downloadAll(console, api);
  await sync(console);
  expect(api.state.rows.get(open.id)?.row.notes.map(({ text }) => text)).toEqual([
    'в копии',
    'потеряна',
    'не отправлена',
  ]);
  expect(await console.store.outbox()).toEqual([]);
});

test('a head behind the cursor is enough, from an API that says nothing of marks', async () => {
  const backup = api.backup();
  await dispatch(console.ports, open.id, NOTE('потеряна'));
  await sync(console);
  api.restore(backup, api.epoch);
  const { v: headV } = api.state;
  await agreeOnEpoch(console.ports, { epoch: api.epoch, scopeHash: 'all', lastSeq: 0, headV });
  expect(await texts()).toEqual(['потеряна']);
});

test('an API that cannot tell what it knows is offered everything', async () => {
  await dispatch(console.ports, open.id, NOTE('в копии'));
  await sync(console);
  const { transport } = console.ports;
  const known = async () => failed({ kind: 'nonsense', message: 'HTTP 404' } as const);
  await greet(console, { transport: { ...transport, known } });
  expect(await texts()).toEqual(['в копии']);
  await downloadAll(console, api);
  await sync(console);
  expect(api.state.rows.get(open.id)?.row.notes).toHaveLength(1);
});

test('a line that fails in between changes nothing, and the next greeting does it all', async () => {
  const backup = api.backup();
  await dispatch(console.ports, open.id, NOTE('потеряна'));
  await sync(console);
  api.restore(backup, api.epoch);
  const { transport } = console.ports;
  const known = async () => failed({ kind: 'network', message: 'reset' } as const);
  expect(await greet(console, { transport: { ...transport, known } })).toMatchObject({ ok: false });
  expect(await texts()).toEqual([]);
  await greet();
  expect(await texts()).toEqual(['потеряна']);
});

test('offered commands survive the loss of the local database before they are decided', async () => {
  const backup = api.backup();
  await dispatch(console.ports, open.id, NOTE('потеряна'));
  await sync(console);
  api.restore(backup, api.epoch);
  await greet();
  const fresh = testConsole(api, 2, { journal: console.journal });
  const ports = { ...fresh.ports, actor: console.ports.actor };
  expect(await recoverLostDatabase(ports)).toBe(1);
  expect((await fresh.store.outbox()).map(({ args }) => args)).toEqual([{ text: 'потеряна' }]);
});

test('a registration says which number it had', async () => {
  const backup = api.backup();
  const done = await dispatch(console.ports, '', { name: 'register', args: REGISTER });
  await sync(console);
  const number = console.store.mustView(done.ok ? done.incident : '').number;
  expect(number).not.toBeNull();
  api.restore(backup, api.epoch);
  await greet();
  expect(await console.store.outbox()).toMatchObject([{ again: { number, behind: false } }]);
});

/** The console, with all that it sends. */
function watched(): { readonly ports: SyncPorts; readonly sent: PushRequest[] } {
  const sent: PushRequest[] = [];
  const { transport } = console.ports;
  const push: typeof transport.push = (request) => {
    sent.push(structuredClone(request));
    return transport.push(request);
  };
  return { ports: { ...console.ports, transport: { ...transport, push } }, sent };
}

test('a waiting command stays with all that is shown of it, the rest goes on, and what is behind it says so', async () => {
  const { ports, sent } = watched();
  api.waits = ({ incident }) => incident === open.id;
  await dispatch(ports, open.id, NOTE('ждёт'));
  const memory = new OutcomeMemory();
  await pushOnce(ports, memory);
  expect(await console.store.outbox()).toMatchObject([{ state: 'waiting' }]);
  expect(await pushOnce(ports, memory)).toEqual({ kind: 'idle' });
  await pullOnce(ports, memory, 100);
  expect(console.store.mustView(open.id).notes).toHaveLength(1);
  await dispatch(ports, '', { name: 'register', args: REGISTER });
  await dispatch(ports, open.id, NOTE('за ним'));
  await pushOnce(ports, memory);
  expect(sent.at(-1)?.commands.map(({ again }) => again?.behind ?? false)).toEqual([false, true]);
  expect((await console.store.outbox()).map(({ state }) => state)).toEqual(['waiting', 'sent', 'waiting']);
  await pullOnce(ports, memory, 100);
  expect((await console.store.outbox()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
});

test('what arrives for a waiting command has it sent once more, under a new client id and in its order', async () => {
  const { ports } = watched();
  api.waits = () => true;
  const memory = new OutcomeMemory();
  await dispatch(ports, open.id, NOTE('раз'));
  await dispatch(ports, open.id, NOTE('два'));
  await pushOnce(ports, memory);
  const { clientId } = await console.store.meta();
  api.put(incidentAfter(newId(), []));
  expect(await pullOnce(ports, memory, 100)).toMatchObject({ value: { isQueued: false } });
  api.put(incidentAfter(open.id, [CLASSIFY, NOTE('чужая')]));
  expect(await pullOnce(ports, memory, 100)).toMatchObject({ value: { isQueued: true } });
  expect((await console.store.meta()).clientId).not.toBe(clientId);
  expect(await texts()).toEqual(['раз', 'два']);
  expect((await console.store.outbox()).map(({ seq, state }) => [seq, state])).toEqual([
    [1, 'queued'],
    [2, 'queued'],
  ]);
  api.waits = () => false;
  await sync({ ...console, ports }, memory);
  expect(api.state.rows.get(open.id)?.row.notes.map(({ text }) => text)).toEqual(['чужая', 'раз', 'два']);
  expect(await console.store.outbox()).toEqual([]);
});

test('a command that was answered and that the whole feed does not know is sent again', async () => {
  const backup = api.backup();
  const memory = new OutcomeMemory();
  await dispatch(console.ports, open.id, NOTE('отвечена'));
  await pushOnce(console.ports, memory);
  api.restore(backup, api.epoch);
  expect(await pullOnce(console.ports, memory, 100)).toMatchObject({ value: { isQueued: true } });
  await sync(console, memory);
  expect(api.state.rows.get(open.id)?.row.notes).toHaveLength(1);
  expect(await console.store.outbox()).toEqual([]);
});

test('an empty copy does not know what it was of: its journal is asked about', async () => {
  const backup = api.backup();
  await dispatch(console.ports, open.id, NOTE('потеряна'));
  await sync(console);
  api.restore(backup, api.epoch);
  const fresh = testConsole(api, 2, { journal: console.journal });
  const ports = { ...fresh.ports, actor: console.ports.actor };
  await recoverLostDatabase(ports);
  await agreeOnEpoch(ports, { epoch: api.epoch, scopeHash: 'all', lastSeq: 0, headV: api.state.v });
  expect((await fresh.store.outbox()).map(({ args }) => args)).toEqual([{ text: 'потеряна' }]);
});

test('an outcome told before the database was put back does not stand for one that waits', async () => {
  const memory = new OutcomeMemory();
  await dispatch(console.ports, open.id, NOTE('потеряна'));
  const { transport } = console.ports;
  await pushOnce(console.ports, memory);
  const [item] = await console.store.outbox();
  const id = item?.id ?? '';
  expect(memory.get(id)?.status).toBe('applied');
  await console.store.markOutbox([id], 'queued');
  const push: typeof transport.push = async (request) => {
    const answer = await transport.push(request);
    if (!answer.ok) return answer;
    const outcomes = answer.value.outcomes.map(({ id: own, seq }) => ({
      id: own,
      seq,
      status: 'waits' as const,
      until: 0,
    }));
    return { ok: true, value: { ...answer.value, outcomes } };
  };
  await pushOnce({ ...console.ports, transport: { ...transport, push } }, memory);
  expect(memory.get(id)).toBeUndefined();
  expect((await console.store.outbox()).map(({ state }) => state)).toEqual(['waiting']);
});

test('a copy that is being downloaded anew asks its journal, whatever the API says of itself', async () => {
  const backup = api.backup();
  await dispatch(console.ports, open.id, NOTE('потеряна'));
  await sync(console);
  await rebuild(console.ports, { epoch: api.epoch, scopeHash: 'all' });
  api.restore(backup, api.epoch);
  await agreeOnEpoch(console.ports, { epoch: api.epoch, scopeHash: 'all', lastSeq: 0, headV: api.state.v });
  expect(await texts()).toEqual(['потеряна']);
});

test('a database put back between the greeting and the first page of a download is noticed by that page', async () => {
  const { ports, store } = console;
  const backup = api.backup();
  await dispatch(ports, open.id, NOTE('потеряна'));
  await sync(console);
  await dispatch(ports, open.id, NOTE('не отправлена'));
  const [greeting, { epoch }] = [await ports.transport.hello(HELLO), api];
  if (!greeting.ok) throw new Error(greeting.failure.kind);
  const seen = { epoch, cursor: api.state.v, mark: null };
  await rebuild(ports, greeting.value.value);
  expect(await store.meta()).toMatchObject({ cursor: 0, greetedAt: seen });
  api.restore(backup, epoch);
  const asked: unknown[] = [];
  const { transport } = ports;
  const snapshot: typeof transport.snapshot = (ask) => {
    asked.push(ask.seen);
    return transport.snapshot(ask);
  };
  const noting = { ...ports, transport: { ...transport, snapshot } };
  expect(await bootstrapPage(noting)).toMatchObject({ ok: false, failure: { kind: 'resync' } });
  // Nothing is decided by it either.
  const watching = watched();
  await pushOnce(watching.ports, new OutcomeMemory());
  expect(watching.sent.map((request) => request.seen)).toEqual([seen]);
  await agreeOnEpoch(noting, { epoch, scopeHash: 'all', lastSeq: 0, headV: api.state.v });
  expect(await texts()).toEqual(['потеряна', 'не отправлена']);
  // From the first page on the copy has a cursor of its own.
  while ((await store.meta()).bootstrap.part !== 'done') await bootstrapPage(noting);
  const cursor = api.state.v;
  expect(asked.slice(1, 3)).toEqual([
    { epoch, cursor, mark: null },
    { epoch, cursor, mark: null },
  ]);
  await sync(console);
  expect(api.state.rows.get(open.id)?.row.notes.map(({ text }) => text)).toEqual([
    'потеряна',
    'не отправлена',
  ]);
});
