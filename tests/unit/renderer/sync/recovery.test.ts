import { must } from '#shared/domain/must.ts';
import { beforeEach, expect, test } from 'vitest';
import { DIGEST_BUCKETS } from '#shared/protocol/sync.ts';
import { ndjsonPage } from '#server/sync/ndjson-page.ts';
import { bootstrapPage } from '#renderer/data/sync/bootstrap.ts';
import { answered } from '#renderer/data/sync/failure.ts';
import { dispatch, enqueue } from '#tests/helpers/dispatch.ts';
import { OutcomeMemory } from '#renderer/data/sync/outcome-memory.ts';
import { pullOnce } from '#renderer/data/sync/pull.ts';
import { pushOnce } from '#renderer/data/sync/push.ts';
import { agreeOnEpoch, pruneJournal, recoverLostDatabase } from '#renderer/data/sync/recover.ts';
import { repairOnce } from '#renderer/data/sync/repair.ts';
import { readSnapshotPage } from '#renderer/data/sync/snapshot-page.ts';
import type { Transport } from '#renderer/data/sync/transport.ts';
import { ModelApi } from '#tests/helpers/model-api.ts';
import {
  CLASSIFY,
  downloadAll,
  idMaker,
  incidentAfter,
  NOON,
  NOTE,
  REFERENCE,
  REGISTER,
  testConsole,
  type TestConsole,
} from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(80);
const rows = Array.from({ length: 7 }, (_, n) =>
  incidentAfter(
    newId(),
    n % 2 ? [CLASSIFY] : [CLASSIFY, { name: 'reject', args: { reason: 'spam', comment: '' } }],
  ),
);
const open = rows.find(({ step }) => step.name === 'new') ?? incidentAfter(newId(), []);
let api: ModelApi;

async function sync(console: TestConsole): Promise<void> {
  const memory = new OutcomeMemory();
  for (let round = 0; round < 4; round += 1) {
    await pushOnce(console.ports, memory);
    await pullOnce(console.ports, memory, 100);
  }
}

beforeEach(() => {
  api = new ModelApi(newId(), REFERENCE);
  for (const row of rows) api.put(row);
});

test('the first download brings reference rows, then open, then closed incidents, page by page', async () => {
  const console = testConsole(api);
  await agreeOnEpoch(console.ports, { epoch: api.epoch, scopeHash: 'all', lastSeq: 0 });
  const places: string[] = [];
  for (let step = await bootstrapPage(console.ports); ; step = await bootstrapPage(console.ports)) {
    if (!step.ok) throw new Error(step.failure.kind);
    places.push(`${step.value.place.part} ${console.store.allViews().size}`);
    if (step.value.kind === 'done') break;
  }
  expect(places).toEqual(['open 0', 'open 2', 'closed 3', 'closed 5', 'done 7']);
  expect(await console.store.reference()).toHaveLength(REFERENCE.length);
  expect((await console.store.meta()).cursor).toBe(rows.length);
  expect(await console.journal.wasFilled()).toBe(true);
});

test('a download goes on where a restart interrupted it, and the feed brings what changed behind it', async () => {
  const console = testConsole(api);
  await agreeOnEpoch(console.ports, { epoch: api.epoch, scopeHash: 'all', lastSeq: 0 });
  for (let n = 0; n < 3; n += 1) await bootstrapPage(console.ports);
  api.put(incidentAfter(open.id, [CLASSIFY, NOTE('пока качалось')]));
  const again = testConsole(api, 1, { store: console.store, journal: console.journal });
  const { bootstrap } = await again.store.meta();
  expect(bootstrap).toMatchObject({ part: 'closed', after: '' });
  await downloadAll(again, api);
  expect(again.store.allViews().size).toBe(7);
  await pullOnce(again.ports, new OutcomeMemory(), 100);
  expect(again.store.mustView(open.id).notes).toHaveLength(1);
});

test('a page that was cut or changed on the way is not used', async () => {
  const whole = api.snapshot('open', '');
  expect(await readSnapshotPage(whole)).toMatchObject({ ok: true, value: { v0: 7, incidents: [{}, {}] } });
  expect(await readSnapshotPage(whole.slice(0, whole.length - 40))).toMatchObject({
    ok: false,
    failure: { kind: 'network' },
  });
  const changed = new TextEncoder().encode(new TextDecoder().decode(whole).replace('Яма', 'Ёма'));
  expect(await readSnapshotPage(changed)).toMatchObject({
    ok: false,
    failure: { message: 'a page that differs from its digest' },
  });
  expect(await readSnapshotPage(new Uint8Array())).toMatchObject({ ok: false });
});

test('a page older than the copy is not stored: it could bring back what is gone', async () => {
  const console = testConsole(api);
  await agreeOnEpoch(console.ports, { epoch: api.epoch, scopeHash: 'all', lastSeq: 0 });
  await bootstrapPage(console.ports);
  const old = api.snapshot('open', '');
  api.put(incidentAfter(newId(), []));
  await pullOnce(console.ports, new OutcomeMemory(), 100);
  const before = console.store.allViews();
  const ports = {
    ...console.ports,
    transport: { ...console.ports.transport, snapshot: async () => answered(old) },
  };
  expect(await bootstrapPage(ports)).toMatchObject({
    ok: true,
    value: { kind: 'more', place: { part: 'open', after: '' } },
  });
  expect(console.store.allViews()).toEqual(before);
});

test('commands on an incident that the download brings are kept on top of it', async () => {
  const console = await downloadAll(testConsole(api), api);
  await dispatch(console.ports, open.id, NOTE('моя'));
  await agreeOnEpoch(console.ports, { epoch: api.epoch, scopeHash: 'narrower', lastSeq: 0 });
  api.put(incidentAfter(open.id, [CLASSIFY, NOTE('чужая')]));
  await downloadAll({ ...console }, api);
  expect(console.store.mustView(open.id).notes.map(({ text }) => text)).toEqual(['чужая', 'моя']);
});

test('a lost database costs a download, never work', async () => {
  const before = await downloadAll(testConsole(api), api);
  await dispatch(before.ports, open.id, NOTE('отправлена'));
  await pushOnce(before.ports, new OutcomeMemory());
  await dispatch(before.ports, open.id, NOTE('не отправлена'));
  const registered = await dispatch(before.ports, '', { name: 'register', args: REGISTER });
  const after = testConsole(api, 2, { journal: before.journal });
  const ports = { ...after.ports, actor: before.ports.actor, transport: before.ports.transport };
  const console = { ...after, ports };
  expect(await recoverLostDatabase(ports)).toBe(3);
  expect(after.troubles).toEqual([{ kind: 'database_lost', reimported: 3 }]);
  expect(after.store.mustView(registered.ok ? registered.incident : '').text).toBe(REGISTER.text);
  await downloadAll(console, api);
  await sync(console);
  expect(await after.store.outbox()).toEqual([]);
  expect(after.store.mustView(open.id).notes.map(({ text }) => text)).toEqual([
    'отправлена',
    'не отправлена',
  ]);
  expect(api.state.commands.size).toBe(3);
});

test('a refused command nobody has dealt with comes back too, a dismissed one does not', async () => {
  const before = await downloadAll(testConsole(api), api);
  for (const text of ['раз', 'два']) await dispatch(before.ports, open.id, NOTE(text));
  const [first, two] = await before.store.outbox();
  const { clientId } = await before.store.meta();
  await before.journal.noteEnds([first?.id ?? ''], 'refused', clientId);
  await before.journal.noteEnds([two?.id ?? ''], 'dismissed', clientId);
  const after = testConsole(api, 1, { journal: before.journal });
  expect(await recoverLostDatabase(after.ports)).toBe(1);
  expect(await after.store.outbox()).toMatchObject([{ id: first?.id, seq: 1 }]);
});

test('a database that fell back to an earlier moment gets back what the journal knows, and nothing is done twice', async () => {
  const before = await downloadAll(testConsole(api), api);
  await dispatch(before.ports, open.id, NOTE('до'));
  const [kept] = await before.store.outbox();
  await dispatch(before.ports, open.id, NOTE('после'));
  const after = await downloadAll(testConsole(api, 2), api);
  const ports = { ...after.ports, actor: before.ports.actor, journal: before.journal };
  const view = must(await before.store.base(open.id), 'a base');
  await enqueue(after.store, must(kept, 'the first note'), view, view);
  expect(await recoverLostDatabase(ports)).toBe(1);
  expect(after.troubles).toEqual([]);
  expect((await after.store.outbox()).map(({ args }) => args)).toEqual([{ text: 'до' }, { text: 'после' }]);
  expect(after.store.mustView(open.id).notes.map(({ text }) => text)).toEqual(['до', 'после']);
  expect(await recoverLostDatabase(ports)).toBeNull();
});

test('a first start is not a loss, and neither is a restart', async () => {
  const console = testConsole(api);
  expect(await recoverLostDatabase(console.ports)).toBeNull();
  await downloadAll(console, api);
  expect(await recoverLostDatabase(console.ports)).toBeNull();
  expect(await recoverLostDatabase(testConsole(api, 1, { journal: console.journal }).ports)).toBe(0);
});

test('after the API is restored from a backup, what it had accepted is offered again', async () => {
  const console = await downloadAll(testConsole(api), api);
  await dispatch(console.ports, open.id, NOTE('до копии'));
  await sync(console);
  const backup = api.backup();
  await dispatch(console.ports, open.id, NOTE('после копии'));
  await sync(console);
  await dispatch(console.ports, open.id, NOTE('ещё не отправлена'));
  api.restore(backup, newId());
  expect(await agreeOnEpoch(console.ports, { epoch: api.epoch, scopeHash: 'all', lastSeq: 1 })).toEqual({
    ok: true,
    value: 'rebuilt',
  });
  await downloadAll(console, api);
  await sync(console);
  expect(console.store.mustView(open.id).notes.map(({ text }) => text)).toEqual([
    'до копии',
    'после копии',
    'ещё не отправлена',
  ]);
  expect(console.store.mustView(open.id)).toEqual(api.state.rows.get(open.id)?.row);
  expect(await console.store.outbox()).toEqual([]);
});

test('the journal keeps what may be needed and drops the rest', async () => {
  const console = await downloadAll(testConsole(api), api);
  for (const text of ['открыта', 'принята', 'давно принята', 'снята'])
    await dispatch(console.ports, open.id, NOTE(text));
  const entries = await console.journal.read();
  const [first, accepted, old, dismissed] = entries;
  if (!first || !accepted || !old || !dismissed) throw new Error('four entries');
  await console.journal.append([{ ...old, at: NOON - 31 * 24 * 3600 * 1000 }], old.clientId);
  await console.journal.noteEnds([accepted.id, old.id], 'accepted', old.clientId);
  await console.journal.noteEnds([dismissed.id], 'dismissed', old.clientId);
  await pruneJournal(console.ports);
  expect((await console.journal.read()).map(({ id }) => id)).toEqual([first.id, accepted.id]);
});

test('a clock that is years ahead drops nothing that a restored API may ask for again', async () => {
  const console = await downloadAll(testConsole(api), api);
  await dispatch(console.ports, open.id, NOTE('принята вчера'));
  const [entry] = await console.journal.read();
  await console.journal.noteEnds([entry?.id ?? ''], 'accepted', entry?.clientId ?? '');
  await pruneJournal({ ...console.ports, now: () => NOON + 3650 * 24 * 3600 * 1000 });
  expect(await console.journal.read()).toHaveLength(1);
});

test('digests find a row that differs, one that is missing and one too many; only those are repaired', async () => {
  const console = await downloadAll(testConsole(api), api);
  expect(await repairOnce(console.ports)).toEqual({ ok: true, value: { kind: 'agree' } });
  const [wrong, missing] = rows;
  const extra = incidentAfter(newId(), []);
  if (!wrong || !missing) throw new Error('rows');
  await console.store.apply({
    views: [{ ...wrong, version: 99 }, extra],
    gone: [missing.id],
    bases: [],
    withoutPending: [],
    reference: [],
    referenceGone: [],
    leave: [],
    notAccepted: [],
    meta: {},
  });
  const repaired = await repairOnce(console.ports);
  expect(
    repaired.ok && repaired.value.kind === 'repaired' && [...repaired.value.incidents].toSorted(),
  ).toEqual([wrong.id, missing.id, extra.id].toSorted());
  expect(console.troubles).toEqual([{ kind: 'copies_differed', repaired: 3 }]);
  expect(console.store.allViews()).toEqual(new Map(rows.map((row) => [row.id, row])));
});

test('a digest and a bucket of other rights than the copy was pulled under change nothing', async () => {
  const console = await downloadAll(testConsole(api), api);
  const { transport } = console.ports;
  const nothing = Array.from({ length: DIGEST_BUCKETS }, () => ({ n: 0, x: '0' }));
  const comparedAs = (digest: string, bucket: string) => {
    const head = { epoch: api.epoch, v0: api.state.v, mark: null, scope: bucket, estimate: 0, next: null };
    const line: Transport = {
      ...transport,
      digest: async () => answered({ v: api.state.v, scope: digest, buckets: nothing }),
      bucket: async () => answered(new Uint8Array(ndjsonPage([], head))),
    };
    return repairOnce({ ...console.ports, transport: line });
  };
  const resync = { ok: false, failure: { kind: 'resync' } };
  expect(await comparedAs('narrower', 'narrower')).toEqual(resync);
  expect(await comparedAs('all', 'narrower')).toEqual(resync);
  expect(console.store.allViews().size).toBe(rows.length);
  expect(console.troubles).toEqual([]);
  expect(await comparedAs('all', 'all')).toMatchObject({ value: { kind: 'repaired' } });
});

test('pending commands do not disturb digests, and a clock that moved says nothing', async () => {
  const console = await downloadAll(testConsole(api), api);
  await dispatch(console.ports, open.id, NOTE('моя'));
  expect(await repairOnce(console.ports)).toEqual({ ok: true, value: { kind: 'agree' } });
  api.put(incidentAfter(newId(), []));
  expect(await repairOnce(console.ports)).toEqual({ ok: true, value: { kind: 'moved' } });
});
