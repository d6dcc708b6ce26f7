import { beforeEach, describe, expect, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { must } from '#shared/domain/must.ts';
import { dispatchTogether } from '#renderer/data/sync/outbox.ts';
import { dispatch } from '#tests/helpers/dispatch.ts';
import { ModelApi } from '#tests/helpers/model-api.ts';
import {
  CLASSIFY,
  idMaker,
  incidentAfter,
  NOTE,
  NOON,
  REFERENCE,
  REGISTER,
  testConsole,
  type TestConsole,
} from '#tests/helpers/sync-fixtures.ts';

const newId = idMaker(50);
const incident = incidentAfter(newId(), [CLASSIFY]);
let console: TestConsole;
beforeEach(async () => {
  console = testConsole(new ModelApi(newId(), REFERENCE));
  await console.store.apply({
    views: [],
    bases: [],
    withoutPending: [],
    gone: [],
    reference: REFERENCE,
    referenceGone: [],
    leave: [],
    notAccepted: [],
    meta: {},
  });
  await console.store.load([incident], {});
});

test('a command shows at once, is queued and is in the journal when it is reported as done', async () => {
  const acted = await dispatch(console.ports, incident.id, NOTE('позвонить'));
  expect(acted).toMatchObject({ ok: true, incident: incident.id });
  expect(console.store.mustView(incident.id).notes).toEqual([{ text: 'позвонить', at: NOON, by: 'u1' }]);
  const [item] = await console.store.outbox();
  expect(item).toMatchObject({
    seq: 1,
    name: 'note@1',
    actor: 'u1',
    baseVersion: incident.version,
    state: 'queued',
  });
  expect(await console.journal.read()).toEqual([
    { ...item, clientId: (await console.store.meta()).clientId, known: 'open' },
  ]);
});

test('a refusal is told at once and leaves nothing behind', async () => {
  const acted = await dispatch(console.ports, incident.id, { name: 'takeToWork', args: {} });
  expect(acted).toEqual({ ok: false, refusal: { kind: 'wrong_step', step: 'new' } });
  expect(await console.store.outbox()).toEqual([]);
  expect(await console.journal.read()).toEqual([]);
});

test('a registration gets an id of its own and no number', async () => {
  const acted = await dispatch(console.ports, '', { name: 'register', args: REGISTER });
  if (!acted.ok) throw new Error(acted.refusal.kind);
  expect(console.store.mustView(acted.incident)).toMatchObject({
    id: acted.incident,
    number: null,
    text: REGISTER.text,
  });
  expect(await console.store.base(acted.incident)).toBeNull();
});

test('a registration goes by the id it was given, so that the screen can follow it', async () => {
  const id = '0198c0de-0000-7000-8000-0000000000aa';
  const acted = await dispatch(console.ports, id, { name: 'register', args: REGISTER });
  expect(acted).toMatchObject({ ok: true, incident: id });
  expect(console.store.mustView(id).text).toBe(REGISTER.text);
});

test('commands given at once are numbered in the order of decision', async () => {
  await Promise.all(['а', 'б', 'в', 'г'].map((text) => dispatch(console.ports, incident.id, NOTE(text))));
  expect(console.store.mustView(incident.id).notes.map(({ text }) => text)).toEqual(['а', 'б', 'в', 'г']);
  expect((await console.store.outbox()).map(({ seq, args }) => [seq, args])).toEqual([
    [1, { text: 'а' }],
    [2, { text: 'б' }],
    [3, { text: 'в' }],
    [4, { text: 'г' }],
  ]);
});

test('agencies and deadlines come from the reference rows', async () => {
  const route = (agency: string) =>
    dispatch(console.ports, incident.id, { name: 'route', args: { agency, unit: '', from: '', reason: '' } });
  expect(await route('nowhere')).toEqual({
    ok: false,
    refusal: { kind: 'unknown_agency', agency: 'nowhere' },
  });
  expect(await route('roads')).toMatchObject({ ok: true });
  expect(console.store.mustView(incident.id).due).not.toBeNull();
});

test('the moment is corrected to the clock of the API', async () => {
  await console.store.setMeta({ clockOffset: -60_000 });
  await dispatch(console.ports, incident.id, NOTE('сейчас'));
  expect((await console.store.outbox())[0]?.at).toBe(NOON - 60_000);
});

test('a journal that fails is trouble and not a failure: the command is stored', async () => {
  console.journal.append = () => Promise.reject(new Error('disk'));
  expect(await dispatch(console.ports, incident.id, NOTE('всё равно'))).toMatchObject({ ok: true });
  expect(console.troubles).toEqual([{ kind: 'journal_failed', why: 'failed', message: 'disk' }]);
  expect(await console.store.outbox()).toHaveLength(1);
});

describe('a gesture', () => {
  const place = (municipality: string): IncidentCommand => ({
    name: 'place',
    args: { place: { ...incident.place, municipality }, from: incident.place },
  });
  const ROUTE: IncidentCommand = { name: 'route', args: { agency: 'roads', unit: '', from: '', reason: '' } };
  const part = (command: IncidentCommand) => ({ id: incident.id, command });

  test('is decided in its order, queued and journalled in a row, and every act of it may be taken back', async () => {
    const acted = await dispatchTogether(console.ports, [part(place('Биробиджан')), part(ROUTE)], 'none');
    expect(acted).toMatchObject([
      { ok: true, canUndo: true },
      { ok: true, canUndo: true },
    ]);
    expect(console.store.mustView(incident.id)).toMatchObject({
      place: { municipality: 'Биробиджан' },
      step: { name: 'assigned' },
    });
    const outbox = await console.store.outbox();
    expect(outbox.map(({ seq, name, baseVersion }) => [seq, name, baseVersion - incident.version])).toEqual([
      [1, 'place@1', 0],
      [2, expect.stringMatching(/^route@/), 1],
    ]);
    expect((await console.journal.read()).map(({ id }) => id)).toEqual(outbox.map(({ id }) => id));
  });

  test('of which one command is refused leaves nothing behind, where all or none is meant', async () => {
    const unknown: IncidentCommand = { ...ROUTE, args: { ...ROUTE.args, agency: 'nobody' } };
    const acted = await dispatchTogether(console.ports, [part(place('Облученский')), part(unknown)], 'none');
    const refused = { ok: false, refusal: { kind: 'unknown_agency', agency: 'nobody' } };
    expect(acted).toEqual([refused, refused]);
    expect([await console.store.outbox(), await console.journal.read()]).toEqual([[], []]);
    expect(console.store.mustView(incident.id)).toEqual(incident);
  });

  test('does the rest where that is meant, and answers each command', async () => {
    const takeToWork: IncidentCommand = { name: 'takeToWork', args: {} };
    const acted = await dispatchTogether(console.ports, [part(takeToWork), part(NOTE('позвонить'))], 'rest');
    expect(acted).toMatchObject([{ ok: false, refusal: { kind: 'wrong_step' } }, { ok: true }]);
    expect(must(console.store.mustView(incident.id).notes[0], 'a note').text).toBe('позвонить');
  });
});
