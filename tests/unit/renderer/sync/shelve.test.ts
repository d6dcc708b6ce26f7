import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { PushRequest } from '#shared/protocol/envelope.ts';
import { failed, type Failure } from '#renderer/data/sync/failure.ts';
import { OutcomeMemory } from '#renderer/data/sync/outcome-memory.ts';
import { pullOnce } from '#renderer/data/sync/pull.ts';
import { PushTrouble, SHELVE_AFTER } from '#renderer/data/sync/push-trouble.ts';
import { pushOnce } from '#renderer/data/sync/push.ts';
import { recoverLostDatabase } from '#renderer/data/sync/recover.ts';
import { retryShelved, withdrawShelved } from '#renderer/data/sync/shelve.ts';
import { envelopeOf } from '#renderer/data/sync/stand-in.ts';
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
  type TestConsole,
} from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(70);
const INCIDENTS: readonly Incident[] = Array.from({ length: 4 }, () => incidentAfter(newId(), [CLASSIFY]));
const [A, B] = INCIDENTS.map(({ id }) => id) as [string, string];
const BUSY: Failure = { kind: 'busy', status: 500, afterMs: null };
let api: ModelApi;
let console: TestConsole;

/** Requests with any of these words in them are answered so; `*` stands for every request. */
interface Fault {
  words: readonly string[];
  failure: Failure;
  /** The API has carried it out all the same: only the answer is lost. */
  isCarriedOut: boolean;
}
let fault: Fault;

function faulty(from: TestConsole): TestConsole['ports'] {
  const { push } = from.ports.transport;
  const isBad = (request: PushRequest): boolean =>
    fault.words.some((word) => word === '*' || JSON.stringify(request).includes(word));
  return {
    ...from.ports,
    transport: {
      ...from.ports.transport,
      push: async (request) => {
        if (!isBad(request)) return push(request);
        if (fault.isCarriedOut) await push(request);
        return failed(fault.failure);
      },
    },
  };
}

/** Goes round as a session does, until nothing is left to send or so many rounds are over. */
async function goRound(from = console, rounds = 120): Promise<void> {
  const [ports, memory, trouble] = [faulty(from), new OutcomeMemory(), new PushTrouble()];
  for (let n = 0; n < rounds; n += 1) {
    const pushed = await pushOnce(ports, memory, trouble);
    const pulled = await pullOnce(ports, memory, 1000);
    trouble.asked(pulled.ok);
    if (pushed.kind === 'idle') return;
  }
}

const note = (incident: string, text: string) => dispatch(console.ports, incident, NOTE(text));
const atCentre = (id: string) => api.state.rows.get(id)?.row.notes.map(({ text }) => text) ?? [];
const statesOf = async () =>
  (await console.store.outbox()).map(({ state, args }) => [state, (args as { text: string }).text]);
const shelvedId = async (): Promise<string> =>
  must((await console.store.outbox()).find(({ state }) => state === 'shelved')?.id, 'a shelved command');

beforeEach(async () => {
  fault = { words: [], failure: BUSY, isCarriedOut: false };
  api = new ModelApi(newId(), REFERENCE);
  for (const incident of INCIDENTS) api.put(incident);
  console = await downloadAll(testConsole(api), api);
});

test.each([
  BUSY,
  { kind: 'network', message: 'timeout' },
  { kind: 'nonsense', message: 'not an answer' },
] as const)(
  'a command that always ends in $kind is shelved, what depends on it waits, the rest goes',
  async (failure) => {
    fault = { ...fault, words: ['яд'], failure };
    for (const text of ['раз', 'яд', 'после яда']) await note(A, text);
    for (const text of ['другое', 'ещё']) await note(B, text);
    await goRound();
    expect([atCentre(A), atCentre(B)]).toEqual([['раз'], ['другое', 'ещё']]);
    expect(await statesOf()).toEqual([
      ['shelved', 'яд'],
      ['behind', 'после яда'],
    ]);
    const [shelved] = await console.store.outbox();
    const status = failure.kind === 'busy' ? 500 : null;
    expect(shelved?.shelved).toEqual({ attempts: SHELVE_AFTER, status });
  },
);

test('what is given later waits behind it if it depends on it, and goes if not', async () => {
  fault.words = ['яд'];
  await note(A, 'яд');
  await goRound();
  await note(A, 'за ядом');
  await note(B, 'мимо');
  await dispatch(console.ports, B, { name: 'merge', args: { into: A } });
  await note(B, 'за слиянием');
  await goRound();
  expect([atCentre(A), atCentre(B)]).toEqual([[], ['мимо']]);
  expect((await console.store.outbox()).map(({ state }) => state)).toEqual([
    'shelved',
    'behind',
    'behind',
    'behind',
  ]);
  fault.words = [];
  await retryShelved(console.ports, await shelvedId());
  await goRound();
  expect(atCentre(A)).toEqual(['яд', 'за ядом']);
  expect(await console.store.outbox()).toEqual([]);
});

test('alone in the outbox it is shelved too: a command that means nothing is answered', async () => {
  fault.words = ['яд'];
  await note(A, 'яд');
  await goRound();
  expect(await statesOf()).toEqual([['shelved', 'яд']]);
});

test('a centre that takes no command at all has none put aside, however long it lasts', async () => {
  fault.words = ['*'];
  for (const { id } of INCIDENTS) for (const text of ['раз', 'два']) await note(id, text);
  await goRound(console, 400);
  expect(new Set((await console.store.outbox()).map(({ state }) => state))).toEqual(new Set(['queued']));
  fault.words = [];
  await goRound();
  expect(INCIDENTS.map(({ id }) => atCentre(id))).toEqual(INCIDENTS.map(() => ['раз', 'два']));
});

test('a centre that fails all work, and not a command that means nothing, has one put aside at most', async () => {
  fault.words = ['note@1'];
  for (const { id } of INCIDENTS) {
    await note(id, 'работа');
    await goRound(console, 60);
  }
  const states = (await console.store.outbox()).map(({ state }) => state);
  expect(states.filter((state) => state === 'shelved').length).toBeLessThanOrEqual(1);
});

test('without a network nothing is counted against a command', async () => {
  await note(A, 'раз');
  const trouble = new PushTrouble();
  fault.words = ['*'];
  const ports = faulty(console);
  for (let n = 0; n < 50; n += 1) {
    await pushOnce(ports, new OutcomeMemory(), trouble);
    trouble.asked(false);
  }
  expect(trouble.attempts((await console.store.outbox())[0]?.id ?? '')).toBe(0);
});

test('it outlives a restart, and a lost database: the journal knows that it was put aside', async () => {
  fault.words = ['яд'];
  await note(A, 'яд');
  await note(A, 'за ядом');
  await goRound();
  const again = testConsole(api, 1, { store: console.store, journal: console.journal });
  await goRound(again);
  expect((await statesOf()).map(([state]) => state)).toEqual(['shelved', 'behind']);
  const lost = testConsole(api, 1, { store: new MemorySyncStore(newId()), journal: console.journal });
  await recoverLostDatabase(lost.ports);
  console = await downloadAll(lost, api);
  await goRound();
  expect((await statesOf()).map(([state]) => state)).toEqual(['shelved', 'behind']);
  fault.words = [];
  await retryShelved(console.ports, await shelvedId());
  await goRound();
  expect(atCentre(A)).toEqual(['яд', 'за ядом']);
});

test('withdrawn, nothing comes of it, at the centre too, and what waited behind it goes', async () => {
  fault.words = ['яд'];
  await note(A, 'яд');
  await note(A, 'после');
  await goRound();
  await withdrawShelved(console.ports, await shelvedId());
  expect(console.store.mustView(A).notes.map(({ text }) => text)).toEqual(['после']);
  fault.words = [];
  await goRound();
  expect(await console.store.outbox()).toEqual([]);
  expect(await console.store.notAccepted()).toEqual([]);
  expect(atCentre(A)).toEqual(['после']);
  expect((await console.journal.read()).map(({ known }) => known)).toEqual(['dismissed', 'accepted']);
});

test('carried out though every answer is lost, it leaves by the feed', async () => {
  fault = { words: ['яд'], failure: { kind: 'network', message: 'timeout' }, isCarriedOut: true };
  await note(A, 'яд');
  await note(A, 'за ядом');
  await goRound();
  expect(atCentre(A)).toEqual(['яд', 'за ядом']);
  expect(await console.store.outbox()).toEqual([]);
});

test('withdrawn though the centre has carried it out since, it stands', async () => {
  fault.words = ['яд'];
  await note(A, 'яд');
  await goRound();
  const item = must((await console.store.outbox())[0], 'the shelved one');
  const { actor } = console.ports;
  api.push(actor, { protocol: 1, clientId: newId(), commands: [{ ...envelopeOf(item), seq: 1 }] });
  await withdrawShelved(console.ports, item.id);
  fault.words = [];
  await goRound();
  expect(atCentre(A)).toEqual(['яд']);
  expect(console.store.mustView(A).notes.map(({ text }) => text)).toEqual(['яд']);
  expect(await console.store.outbox()).toEqual([]);
  expect(await console.store.notAccepted()).toEqual([]);
});

test('of any outbox exactly what fails and what depends on it stays; the rest arrives in its order', async () => {
  const work = fc.array(
    fc.record({ at: fc.nat(INCIDENTS.length - 1), isBad: fc.nat(5).map((n) => n === 0) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  );
  await fc.assert(
    fc.asyncProperty(work, async (items) => {
      api = new ModelApi(newId(), REFERENCE);
      for (const incident of INCIDENTS) api.put(incident);
      console = await downloadAll(testConsole(api), api);
      fault.words = ['яд'];
      for (const [n, { at, isBad }] of items.entries())
        await note(must(INCIDENTS[at], 'one of them').id, isBad ? `яд ${n}` : `${n}`);
      // One that can be answered, so that the centre is seen to work.
      const free = incidentAfter(newId(), [CLASSIFY]);
      api.put(free);
      await goRound(console, 1);
      await note(free.id, 'мимо');
      await goRound(console, 600);
      for (const [at, { id }] of INCIDENTS.entries()) {
        const given = items.flatMap((item, n) => (item.at === at ? [item.isBad ? `яд ${n}` : `${n}`] : []));
        const bad = given.findIndex((text) => text.startsWith('яд'));
        expect(atCentre(id)).toEqual(bad === -1 ? given : given.slice(0, bad));
        const kept = (await console.store.outbox()).filter(({ incident }) => incident === id);
        expect(kept.map(({ args }) => (args as { text: string }).text)).toEqual(
          bad === -1 ? [] : given.slice(bad),
        );
      }
    }),
    { numRuns: 40 },
  );
});
