import { beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { failed } from '#renderer/data/sync/failure.ts';
import { dispatch } from '#tests/helpers/dispatch.ts';
import { OutcomeMemory } from '#renderer/data/sync/outcome-memory.ts';
import { applyPage, pullOnce } from '#renderer/data/sync/pull.ts';
import { pushOnce } from '#renderer/data/sync/push.ts';
import { ModelApi } from '#tests/helpers/model-api.ts';
import {
  CLASSIFY,
  downloadAll,
  idMaker,
  incidentAfter,
  NOTE,
  operator,
  REFERENCE,
  testConsole,
  type TestConsole,
} from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(70);
const incident = incidentAfter(newId(), [CLASSIFY]);
const CLAIM = { name: 'claim', args: {} } as const;
let api: ModelApi;
let console: TestConsole;
let memory: OutcomeMemory;

const push = (from = console) => pushOnce(from.ports, memory);
const pull = (from = console) => pullOnce(from.ports, memory, 1000);
const note = (text: string) => dispatch(console.ports, incident.id, NOTE(text));
const texts = ({ notes }: Incident) => notes.map(({ text }) => text);

beforeEach(async () => {
  memory = new OutcomeMemory();
  api = new ModelApi(newId(), REFERENCE);
  api.put(incident);
  console = await downloadAll(testConsole(api), api);
});

test('a command leaves the outbox when the feed has shown it, not when the push was answered', async () => {
  await note('раз');
  expect(await push()).toMatchObject({ kind: 'sent', more: false });
  expect(await console.store.outbox()).toMatchObject([{ state: 'sent' }]);
  await pull();
  expect(await console.store.outbox()).toEqual([]);
  expect(await console.store.base(incident.id)).toBeUndefined();
  expect(texts(console.store.mustView(incident.id))).toEqual(['раз']);
  expect(await console.journal.read()).toMatchObject([{ known: 'accepted' }]);
});

test('what is pending stays on top of what others did', async () => {
  await note('моя');
  api.put(incidentAfter(incident.id, [CLASSIFY, NOTE('чужая')]));
  await pull();
  expect(texts(console.store.mustView(incident.id))).toEqual(['чужая', 'моя']);
  expect((await console.store.base(incident.id))?.notes).toHaveLength(1);
});

test('a refused command waits for the person, with what was typed and why', async () => {
  const other = await downloadAll(testConsole(api, 2), api);
  await dispatch(other.ports, incident.id, CLAIM);
  await pushOnce(other.ports, new OutcomeMemory());
  await dispatch(console.ports, incident.id, CLAIM);
  await push();
  expect(await console.store.notAccepted()).toEqual([]);
  await pull();
  expect(await console.store.notAccepted()).toMatchObject([
    { name: 'claim@1', why: { kind: 'refused', refusal: { kind: 'already_claimed', by: 'u2' } } },
  ]);
  expect(console.store.mustView(incident.id).holder).toBe('u2');
  expect(await console.journal.read()).toMatchObject([{ known: 'refused' }]);
});

test('a late page changes nothing: not one from an older cursor, not one of an older client id', async () => {
  const request = await console.store.meta();
  const query = {
    after: request.cursor,
    clientId: request.clientId,
    epoch: api.epoch,
    scope: 'all',
    limit: 10,
  };
  await note('раз');
  await push();
  const late = await console.ports.transport.changes(query);
  if (!late.ok) throw new Error(late.failure.kind);
  await pull();
  await note('два');
  const before = await console.store.outbox();
  expect(await applyPage(console.ports, memory, late.value, request)).toEqual({ kind: 'stale' });
  expect(
    await applyPage(
      console.ports,
      memory,
      { ...late.value, from: late.value.to, lastSeq: 99 },
      { ...request, clientId: newId() },
    ),
  ).toEqual({ kind: 'stale' });
  expect(await console.store.outbox()).toEqual(before);
});

test('a command the feed has passed without telling its outcome is asked about again', async () => {
  await note('раз');
  await push();
  memory = new OutcomeMemory();
  const real = console.ports.transport.changes;
  const ports = {
    ...console.ports,
    transport: {
      ...console.ports.transport,
      changes: async (query: Parameters<typeof real>[0]) => {
        const page = await real(query);
        return page.ok ? { ok: true as const, value: { ...page.value, outcomes: [] } } : page;
      },
    },
  };
  await pullOnce(ports, memory, 100);
  expect(await console.store.outbox()).toMatchObject([{ state: 'queued' }]);
  await push();
  await pull();
  expect(await console.store.outbox()).toEqual([]);
  expect(api.state.commands.size).toBe(1);
});

test('fifty at a time, and a long text travels alone', async () => {
  for (let n = 0; n < 60; n += 1) await note(`${n}`);
  expect(await push()).toMatchObject({ kind: 'sent', more: true });
  expect((await console.store.outbox()).filter(({ state }) => state === 'sent')).toHaveLength(50);
  expect(await push()).toMatchObject({ kind: 'sent', more: false });
  await pull();
  expect(texts(console.store.mustView(incident.id))).toHaveLength(60);
});

test('one the API cannot read is quarantined; its neighbours go on, and the count has no gap', async () => {
  const poison = async (request: Parameters<TestConsole['ports']['transport']['push']>[0]) =>
    JSON.stringify(request).includes('яд')
      ? failed({ kind: 'unreadable', status: 413, message: 'too large' })
      : console.ports.transport.push(request);
  const ports = { ...console.ports, transport: { ...console.ports.transport, push: poison } };
  for (const text of ['раз', 'два', 'яд', 'три', 'четыре']) await note(text);
  for (let round = 0; round < 10; round += 1) await pushOnce(ports, memory);
  expect(texts(console.store.mustView(incident.id))).toEqual(['раз', 'два', 'три', 'четыре']);
  await pull();
  expect(await console.store.outbox()).toEqual([]);
  expect(await console.store.notAccepted()).toMatchObject([
    { args: { text: 'яд' }, why: { kind: 'quarantined', message: 'HTTP 413' } },
  ]);
  expect(texts(console.store.mustView(incident.id))).toEqual(['раз', 'два', 'три', 'четыре']);
  expect(api.lastSeq((await console.store.meta()).clientId)).toBe(5);
});

test('when the API has counted further than we have, the outbox goes on under a new client id', async () => {
  const { clientId } = await console.store.meta();
  await note('раз');
  const foreign = {
    id: newId(),
    seq: 1,
    actor: 'u1',
    incident: incident.id,
    name: 'note@1',
    args: { text: 'прежняя' },
    at: Date.UTC(2026, 2, 3),
    baseVersion: 1,
  };
  api.push(operator('u1'), { protocol: 1, clientId, commands: [foreign] });
  expect(await push()).toEqual({ kind: 'renewed' });
  expect((await console.store.meta()).clientId).not.toBe(clientId);
  await push();
  await pull();
  expect(texts(console.store.mustView(incident.id))).toEqual(['прежняя', 'раз']);
});

test('when the API has counted less, what is still here is sent again from there', async () => {
  const backup = api.backup();
  await note('раз');
  await note('два');
  await push();
  api.restore(backup, api.epoch);
  await note('три');
  expect(await push()).toMatchObject({ more: true });
  await push();
  await pull();
  expect(texts(console.store.mustView(incident.id))).toEqual(['раз', 'два', 'три']);
  expect(await console.store.outbox()).toEqual([]);
});

test('another account on the same copy is never pushed', async () => {
  await note('раз');
  const ports = { ...console.ports, actor: operator('другой') };
  expect(await pushOnce(ports, memory)).toEqual({ kind: 'idle' });
});

test.each([
  { kind: 'unauthenticated' },
  { kind: 'forbidden' },
  { kind: 'busy', status: 503, afterMs: null },
  { kind: 'network', message: '' },
] as const)('after $kind everything stays where it is', async (failure) => {
  await note('раз');
  const ports = {
    ...console.ports,
    transport: { ...console.ports.transport, push: async () => failed(failure) },
  };
  expect(await pushOnce(ports, memory)).toEqual({ kind: 'failed', failure });
  expect(await console.store.outbox()).toMatchObject([{ state: 'queued' }]);
});
