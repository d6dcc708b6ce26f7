import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connection, StoreChange } from '#renderer/data/sync/sync-status.ts';
import { SyncEngine } from '#renderer/data/sync/engine.ts';
import { failed, type Failure } from '#renderer/data/sync/failure.ts';
import { systemTimer, type StartTimer } from '#renderer/data/sync/pause.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { ModelApi } from '#tests/helpers/model-api.ts';
import {
  CLASSIFY,
  idMaker,
  incidentAfter,
  NOTE,
  REFERENCE,
  testConsole,
  type TestConsole,
} from '#tests/helpers/sync-fixtures.ts';

/**
 * Draws an hour between two polls beside the stream (45 s and so many times 30 s): what comes was not polled
 * for.
 */
const hourly = () => 119;
const newId = idMaker(100);
const incident = incidentAfter(newId(), [CLASSIFY]);
let api: ModelApi;
let console: TestConsole;
let failure: Failure | null;
let poke: () => void;
let breakStream: () => void;
let states: Connection['state'][];
let changes: StoreChange[];
let isStreaming: boolean;
/** How many timers of the engine run at the moment. */
const running = new Set<() => void>();
const engines: SyncEngine[] = [];

/** The model API behind a switch: while `failure` is set, nothing else is answered. */
function switched(real: Transport): Transport {
  const through =
    <A extends unknown[], T>(call: (...args: A) => Promise<T>) =>
    async (...args: A) =>
      failure === null ? call(...args) : (failed(failure) as T);
  return {
    hello: through(real.hello),
    snapshot: through(real.snapshot),
    changes: through(real.changes),
    push: through(real.push),
    known: through(real.known),
    digest: through(real.digest),
    bucket: through(real.bucket),
    stream: (onPoke, signal) =>
      new Promise((resolve) => {
        poke = onPoke;
        isStreaming = true;
        breakStream = () => resolve(failed({ kind: 'network', message: 'reset' }));
        if (failure === null) onPoke();
        else breakStream();
        signal.addEventListener('abort', () => resolve(failed({ kind: 'network', message: 'ended' })));
      }),
  };
}

/** Real timers, counted while they run. */
const countedTimer: StartTimer = (ms, run) => {
  const over = (): void => void running.delete(over);
  running.add(over);
  const stop = systemTimer(ms, () => {
    over();
    run();
  });
  return () => {
    over();
    stop();
  };
};

function engineOf(of: TestConsole, random = of.ports.random): SyncEngine {
  const engine = new SyncEngine({
    ports: { ...of.ports, transport: switched(of.ports.transport), random, startTimer: countedTimer },
    appVersion: 'test',
    onChange: (change) => {
      changes.push(change);
      void engine.status().then(({ connection }) => {
        if (states.at(-1) !== connection.state) states.push(connection.state);
      });
    },
  });
  engines.push(engine);
  return engine;
}

const isLive = (engine: SyncEngine) =>
  expect.poll(async () => (await engine.status()).connection.state, { interval: 5, timeout: 120_000 });

/**
 * Waits until the stream stands and the rounds that it asked for are over: a sleep that outlasts a turn was
 * not woken.
 */
async function asleep(): Promise<void> {
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  const isAsleep = () => isStreaming && running.size > 0;
  for (let hasSlept = false; !hasSlept;) {
    await turn();
    if (!isAsleep()) continue;
    await turn();
    hasSlept = isAsleep();
  }
}

beforeEach(() => {
  api = new ModelApi(newId(), REFERENCE);
  api.put(incident);
  console = testConsole(api);
  [failure, states, changes, isStreaming] = [null, [], [], false];
});

afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop();
});

test('it downloads, becomes live, and sends what the operator does at once', async () => {
  const engine = engineOf(console, hourly);
  await engine.start();
  await isLive(engine).toBe('live');
  expect(states).toEqual(['connecting', 'downloading', 'live']);
  expect(await engine.status()).toMatchObject({ unsent: 0, archiveComplete: true, alarms: [] });
  await engine.dispatch(incident.id, NOTE('раз'));
  await expect.poll(() => api.state.rows.get(incident.id)?.row.notes.length, { interval: 5 }).toBe(1);
  await expect.poll(async () => (await engine.status()).unsent, { interval: 5 }).toBe(0);
});

test('a poke brings what others did, and the screen is told which incident', async () => {
  const engine = engineOf(console, hourly);
  await engine.start();
  await isLive(engine).toBe('live');
  changes.length = 0;
  api.put(incidentAfter(incident.id, [CLASSIFY, NOTE('чужая')]));
  poke();
  await expect
    .poll(() => changes.some(({ incidents }) => incidents.includes(incident.id)), { interval: 5 })
    .toBe(true);
  expect(console.store.mustView(incident.id).notes).toHaveLength(1);
});

test('without a network work goes on and is counted; when it is back everything goes up', async () => {
  const engine = engineOf(console);
  await engine.start();
  await isLive(engine).toBe('live');
  failure = { kind: 'network', message: 'pulled the cable' };
  for (const text of ['раз', 'два', 'три'])
    expect(await engine.dispatch(incident.id, NOTE(text))).toMatchObject({ ok: true });
  await isLive(engine).toBe('offline');
  expect((await engine.status()).unsent).toBe(3);
  failure = null;
  engine.syncNow();
  await isLive(engine).toBe('live');
  await expect.poll(async () => (await engine.status()).unsent, { interval: 5 }).toBe(0);
  expect(api.state.rows.get(incident.id)?.row.notes.map(({ text }) => text)).toEqual(['раз', 'два', 'три']);
});

test('what others do arrives while a long outbox is being sent', async () => {
  const engine = engineOf(console);
  await engine.start();
  await isLive(engine).toBe('live');
  failure = { kind: 'network', message: 'pulled the cable' };
  const notes = Array.from({ length: 500 }, (_, n) => ({ id: incident.id, command: NOTE(String(n)) }));
  await engine.dispatchTogether(notes, 'none');
  const others = Array.from({ length: 3 }, () => incidentAfter(newId(), [CLASSIFY]));
  for (const other of others) api.put(other);
  const unsentAt = new Map<string, number>();
  const apply = console.store.apply.bind(console.store);
  console.store.apply = async (step) => {
    await apply(step);
    const { length } = (await console.store.outbox()).filter(({ state }) => state === 'queued');
    for (const { id } of step.views) if (!unsentAt.has(id)) unsentAt.set(id, length);
  };
  failure = null;
  engine.syncNow();
  await expect.poll(async () => (await engine.status()).unsent, { interval: 5, timeout: 120_000 }).toBe(0);
  for (const { id } of others) expect(unsentAt.get(id)).toBeGreaterThanOrEqual(400);
});

test('a stream that breaks tells of a lost network at once, with nothing to send', async () => {
  const engine = engineOf(console);
  await engine.start();
  await isLive(engine).toBe('live');
  await asleep();
  failure = { kind: 'network', message: 'the API was killed' };
  breakStream();
  await isLive(engine).toBe('offline');
  expect(await engine.status()).toMatchObject({ unsent: 0, connection: { state: 'offline' } });
});

test.each([
  [{ kind: 'unauthenticated' }, 'needs_login'],
  [{ kind: 'forbidden' }, 'failed'],
  [{ kind: 'too_old' }, 'failed'],
  [{ kind: 'busy', status: 503, afterMs: null }, 'connecting'],
] as const)('after %o it is %s, keeps everything, and goes on when asked', async (why, state) => {
  const engine = engineOf(console);
  await engine.start();
  await isLive(engine).toBe('live');
  failure = why;
  await engine.dispatch(incident.id, NOTE('раз'));
  await isLive(engine).toBe(state);
  expect((await engine.status()).unsent).toBe(1);
  failure = null;
  engine.syncNow();
  await expect.poll(async () => (await engine.status()).unsent, { interval: 5, timeout: 120_000 }).toBe(0);
});

test('another epoch: everything is downloaded anew and offered again', async () => {
  const engine = engineOf(console);
  await engine.start();
  await isLive(engine).toBe('live');
  const backup = api.backup();
  await engine.dispatch(incident.id, NOTE('после копии'));
  await expect.poll(async () => (await engine.status()).unsent, { interval: 5 }).toBe(0);
  api.restore(backup, newId());
  poke();
  await expect
    .poll(() => api.state.rows.get(incident.id)?.row.notes.length, { interval: 5, timeout: 120_000 })
    .toBe(1);
  await expect.poll(async () => (await console.store.meta()).epoch, { interval: 5 }).toBe(api.epoch);
});

test('trouble becomes an alarm until it is dismissed', async () => {
  const engine = engineOf(console);
  await engine.start();
  console.journal.append = () => Promise.reject(new Error('disk'));
  await isLive(engine).toBe('live');
  await engine.dispatch(incident.id, NOTE('раз'));
  expect((await engine.status()).alarms).toEqual([
    { kind: 'journal_failed', why: 'failed', message: 'disk' },
  ]);
  engine.dismissAlarm('journal_failed');
  expect((await engine.status()).alarms).toEqual([]);
});

test('a dismissed command stays dismissed, in the journal too', async () => {
  const engine = engineOf(console);
  await engine.start();
  await isLive(engine).toBe('live');
  api.put({ ...incident, holder: 'другой', version: incident.version + 1 });
  await engine.dispatch(incident.id, { name: 'claim', args: {} });
  await expect.poll(async () => (await engine.status()).notAccepted, { interval: 5 }).toBe(1);
  const [entry] = await console.store.notAccepted();
  await engine.dismissNotAccepted(entry?.id ?? '');
  expect((await engine.status()).notAccepted).toBe(0);
  expect(await console.journal.read()).toMatchObject([{ known: 'dismissed' }]);
});
