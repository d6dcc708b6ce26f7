import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArgsOf, IncidentCommandName } from '#shared/domain/command.ts';
import type { IncidentEvent } from '#shared/domain/event.ts';
import { evolveAll } from '#shared/domain/evolve.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { Envelope, CommandOutcome } from '#shared/protocol/envelope.ts';
import { reportOf } from '#server/report/report-of.ts';
import { incidentWithEvents } from '#server/sync/incident-history.ts';
import type { SyncSession } from '#server/sync/sync-session.ts';
import { stateOf } from '#tests/fixtures/undoing.ts';
import type { FreshDatabase } from '#tests/helpers/postgres.ts';
import { TestReader } from '#tests/helpers/sync-feed.ts';
import {
  makeRegion,
  registerArgs,
  sessionOfRole,
  syncDatabase,
  TestClient,
} from '#tests/helpers/sync-region.ts';

let base: FreshDatabase;
const OPERATOR = sessionOfRole('operator');
const ROADS = sessionOfRole('executor');
const client = (session = OPERATOR): TestClient => new TestClient(base.db, session);
/** Ids differ from region to region. */
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const toRoads = { agency: 'roads', unit: '', from: '', reason: '' };

beforeAll(async () => {
  base = await syncDatabase();
});
afterAll(() => base.stop());

const seen = (id: string, session: SyncSession = OPERATOR) => incidentWithEvents(base.db, session, id);
const incidentOf = async (id: string): Promise<Incident> => must(await seen(id), 'the incident').incident;

/** An act, with its envelope to undo it by. */
async function act<N extends IncidentCommandName>(me: TestClient, id: string, name: N, args: ArgsOf<N>) {
  const envelope = me.envelope(id, name, args);
  const outcome = must((await me.push(envelope)).outcomes[0], 'an outcome');
  return {
    envelope,
    outcome,
    undo: (by = me): Promise<CommandOutcome> => by.do(id, 'undo', { event: envelope.id }),
  };
}

describe('an agency that got an incident by mistake', () => {
  it('sees it no longer: not in its feed, its downloads, nor by its address, and cannot write to it', async () => {
    const [me, roads] = [client(), new TestReader(base.db, ROADS)];
    const id = await me.register();
    const before = await incidentOf(id);
    const routed = await act(me, id, 'route', toRoads);
    await roads.pullAll();
    expect(roads.rows.has(id)).toBe(true);
    expect((await routed.undo()).status).toBe('applied');
    const page = await roads.pull();
    expect(page.changes).toEqual([{ op: 'evict', entity: 'incident', v: page.to, id }]);
    expect(roads.rows.has(id)).toBe(false);
    expect(await seen(id, ROADS)).toBeNull();
    for (const part of ['open', 'closed'] as const)
      expect(JSON.stringify(await roads.download(part, 100))).not.toContain(id);
    const note = await client(ROADS).do(id, 'note', { text: 'Уже едем' });
    expect(note).toMatchObject({ status: 'refused', refusal: { kind: 'no_such_incident' } });
    expect(stateOf(await incidentOf(id))).toEqual(stateOf(before));
  });

  it('still sees what it had before the mistake', async () => {
    const me = client();
    const id = await me.register();
    await me.do(id, 'route', toRoads);
    const away = await act(me, id, 'route', { ...toRoads, agency: 'heat', from: 'roads' });
    await away.undo();
    expect(must(await seen(id, ROADS), 'the incident').incident.assignments).toMatchObject([
      { agency: 'roads', endedAt: null, returned: null },
    ]);
    expect(await seen(id, { ...ROADS, agency: 'heat' })).toBeNull();
  });

  it('takes back its own return while the centre has not acted', async () => {
    const [me, roads] = [client(), client(ROADS)];
    const id = await me.register();
    await me.do(id, 'route', toRoads);
    const returned = await act(roads, id, 'returnToCentre', { reason: 'не наша', target: null });
    expect(await returned.undo(me)).toMatchObject({ refusal: { kind: 'not_your_act' } });
    expect((await returned.undo()).status).toBe('applied');
    expect(await incidentOf(id)).toMatchObject({
      step: { name: 'assigned' },
      assignments: [{ returned: null }],
    });
  });
});

describe('an undo on its way', () => {
  it('is decided once, however often it is sent, under whatever client id', async () => {
    const [me, renewed] = [client(), client()];
    const id = await me.register();
    const routed = me.envelope(id, 'route', toRoads);
    const undo = me.envelope(id, 'undo', { event: routed.id });
    const first = await me.push(routed, undo);
    expect(first.outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
    await me.push(undo);
    await renewed.push({ ...routed, seq: 1 }, { ...undo, seq: 2 });
    const names = must(await seen(id), 'the incident').events.map(({ name }) => name);
    expect(names.slice(-3)).toEqual(['classified', 'routed', 'undone']);
  });

  it('finds its act though others came between the two and the numbers of events are others', async () => {
    const [me, other] = [client(), client({ ...OPERATOR, account: 'operator-2' })];
    const id = await me.register();
    const [tagged, undo] = offline(me, id);
    await other.do(id, 'note', { text: 'звонили' });
    expect((await me.push(tagged, undo)).outcomes.map(({ status }) => status)).toEqual([
      'applied',
      'applied',
    ]);
    expect(await incidentOf(id)).toMatchObject({ tags: [], notes: [{ text: 'звонили' }] });
  });

  it('is refused by name when somebody acted on top meanwhile, and nothing is changed', async () => {
    const [me, roads] = [client(), client(ROADS)];
    const id = await me.register();
    const routed = await act(me, id, 'route', toRoads);
    await roads.do(id, 'takeToWork', {});
    const before = await incidentOf(id);
    expect(await routed.undo()).toMatchObject({
      status: 'refused',
      refusal: { kind: 'acted_on_top', act: 'taken_to_work', by: 'executor-1' },
    });
    expect(await incidentOf(id)).toEqual(before);
  });

  it('of an act the API refused is fulfilled: there is nothing to take back', async () => {
    const [me, other] = [client(), client({ ...OPERATOR, account: 'operator-2' })];
    const id = await me.register();
    const routed = me.envelope(id, 'route', { ...toRoads, agency: 'heat' });
    const undo = me.envelope(id, 'undo', { event: routed.id });
    await other.do(id, 'route', toRoads);
    expect((await me.push(routed, undo)).outcomes).toMatchObject([
      { status: 'refused', refusal: { kind: 'already_routed' } },
      { status: 'applied' },
    ]);
    expect((await incidentOf(id)).assignments).toMatchObject([{ agency: 'roads' }]);
  });

  const offline = (me: TestClient, id: string): [Envelope, Envelope] => {
    const tagged = me.envelope(id, 'tag', { add: ['двор'], remove: [] });
    return [tagged, me.envelope(id, 'undo', { event: tagged.id })];
  };
});

it('the stored events give the row again, and name the command once', async () => {
  const me = client();
  const id = await me.register();
  const routed = await act(me, id, 'route', toRoads);
  await act(me, id, 'claim', {});
  await (await act(me, id, 'setImportance', { importance: 'high', reason: 'дети' })).undo();
  const { incident, events } = must(await seen(id), 'the incident');
  const stored = events.map(({ name, at, by, command, data }) => ({ ...data, name, at, by, command }));
  expect(evolveAll(id, null, stored as unknown as IncidentEvent[])).toEqual(incident);
  expect(events.find(({ name }) => name === 'routed')).toMatchObject({ command: routed.envelope.id });
  for (const { name, data } of events) expect([name, data]).not.toHaveProperty('1.command');
});

describe('what was taken back', () => {
  const DAY = 86_400_000;
  const now = Date.now();
  const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

  /**
   * Two messages of ten days ago and a day's work on them, with its mistakes, each taken back at once, or
   * without them.
   */
  async function work(region: string, hasMistakes: boolean): Promise<void> {
    const me = client({ ...OPERATOR, region });
    const mistake = async <N extends IncidentCommandName>(
      id: string,
      name: N,
      args: ArgsOf<N>,
    ): Promise<void> => {
      if (!hasMistakes) return;
      expect([name, (await (await act(me, id, name, args)).undo()).status]).toEqual([name, 'applied']);
    };
    const [id, twin] = [uuidv7(), uuidv7()];
    const said = { createdAt: now - 10 * DAY };
    await me.do(id, 'register', { ...registerArgs('Яма', region), ...said });
    await mistake(id, 'classify', { group: 'ЖКХ', topic: 'Отопление', from: '' });
    await me.do(id, 'classify', { group: 'Дороги', topic: 'Ямы и выбоины', from: '' });
    await mistake(id, 'reject', { reason: 'spam', comment: '' });
    await mistake(id, 'route', { ...toRoads, agency: 'heat' });
    await me.do(id, 'route', toRoads);
    await mistake(id, 'returnToCentre', { reason: 'не наша', target: null });
    await mistake(id, 'defer', { until: now + 30 * DAY, reason: 'весной' });
    await me.do(twin, 'register', { ...registerArgs('Снова яма', region), ...said });
    await mistake(twin, 'merge', { into: id });
    await mistake(twin, 'setImportance', { importance: 'high', reason: '' });
  }

  it('is in no figure: the summary is that of a region where it never was', async () => {
    const figures = async (region: string, hasMistakes: boolean): Promise<unknown> => {
      await makeRegion(base, region);
      await work(region, hasMistakes);
      const request = { form: 'custom', from: dateOf(now - 20 * DAY), to: dateOf(now) } as const;
      const report = await reportOf(base.db, region, request, now);
      expect(report?.received).toBe(2);
      return JSON.parse(JSON.stringify(report).replaceAll(`"${region}"`, '""').replaceAll(ID, ''));
    };
    expect(await figures('careless', true)).toEqual(await figures('careful', false));
  });

  it('an ending of an earlier day counts as a reopening', async () => {
    const me = client();
    const id = uuidv7();
    const createdAt = now - 3 * DAY;
    await me.push(me.envelope(id, 'register', { ...registerArgs(), createdAt }, { at: createdAt }));
    const rejected = me.envelope(id, 'reject', { reason: 'spam', comment: '' }, { at: now - 2 * DAY });
    await me.push(rejected);
    await me.do(id, 'undo', { event: rejected.id });
    const { events } = must(await seen(id), 'the incident');
    expect(events.at(-1)).toMatchObject({ name: 'undone', data: { act: 'rejected', reopens: true } });
  });
});
