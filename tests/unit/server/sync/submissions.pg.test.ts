import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { must } from '#shared/domain/must.ts';
import { submissionOf } from '#shared/domain/submission.ts';
import { freshDatabase, type FreshDatabase } from '#tests/helpers/postgres.ts';
import { postgresRegion } from '#tests/helpers/simulation/postgres-region.ts';
import type { SimulatedRegion } from '#tests/helpers/simulation/region.ts';
import { SimulatedConsole } from '#tests/helpers/simulation/simulated-console.ts';
import { VirtualTime } from '#tests/helpers/simulation/virtual-time.ts';
import { idMaker, NOON, operator } from '#tests/helpers/sync-fixtures.ts';
import { enqueue } from '#tests/helpers/dispatch.ts';

let database: FreshDatabase;
let region: SimulatedRegion;
let incident: string;
/** A reads and goes offline; B works on. */
let a: SimulatedConsole;
let b: SimulatedConsole;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  await database.stop();
});
beforeEach(async () => {
  region = await postgresRegion(database);
  incident = must(region.incidents[0], 'an incident');
  const time = new VirtualTime();
  const [first, second] = [1, 2].map(
    (lane) => new SimulatedConsole({ region, time, actor: operator(`u${lane}`), newId: idMaker(lane) }),
  );
  [a, b] = [must(first, 'a console'), must(second, 'a console')];
  for (const console of [a, b]) {
    await console.start();
    await sync(console);
  }
});

/** Has the network for as long as everything takes that waits for it. */
async function sync(console: SimulatedConsole): Promise<void> {
  await console.drain();
  await console.setLine(false);
}

const draft = (text: string): IncidentCommand => ({
  name: 'draftReply',
  args: { text, kind: 'final', promises: [] },
});
const SUBMIT: IncidentCommand = { name: 'submitForApproval', args: {} };
const TO_WORK: readonly IncidentCommand[] = [
  { name: 'route', args: { agency: 'roads', unit: '', from: '', reason: '' } },
  { name: 'takeToWork', args: {} },
];

async function does(console: SimulatedConsole, ...commands: readonly IncidentCommand[]): Promise<void> {
  for (const command of commands)
    expect(await console.dispatch(incident, command)).toMatchObject({ ok: true });
}

const seenBy = async (console: SimulatedConsole) =>
  submissionOf(must(await console.store.view(incident), 'the incident'));

/** The text on approval is sent back, and another one submitted in its place. */
async function replaced(by: SimulatedConsole, text: string): Promise<void> {
  await does(by, { name: 'sendBack', args: { reason: 'нет срока', submission: await seenBy(by) } });
  await does(by, draft(text), SUBMIT);
  await sync(by);
}

const onServer = async () => must((await region.rows()).get(incident), 'the incident');

test('an approval of a text that was sent back meanwhile publishes nothing and keeps what was typed', async () => {
  await does(b, ...TO_WORK, draft('Сделаем во вторник'), SUBMIT);
  await sync(b);
  await sync(a);
  const approval = { text: 'Сделаем во вторник, 8 марта', submission: await seenBy(a) };
  await does(a, { name: 'approve', args: approval });
  await replaced(b, 'Не сделаем: это не наша дорога');
  await sync(a);

  const { step, replies } = await onServer();
  expect(step.name).toBe('approval');
  expect(replies.at(-1)).toMatchObject({ text: 'Не сделаем: это не наша дорога', approvedAt: null });
  expect(await a.store.outbox()).toEqual([]);
  expect(await a.store.notAccepted()).toMatchObject([
    { name: 'approve@2', args: approval, why: { refusal: { kind: 'other_submission', by: 'u2', at: NOON } } },
  ]);
  expect(await a.store.view(incident)).toEqual(await onServer());
});

test('the same text submitted once more is another submission, too', async () => {
  await does(b, ...TO_WORK, draft('Сделаем'), SUBMIT);
  await sync(b);
  await sync(a);
  const seen = await seenBy(a);
  await does(a, { name: 'sendBack', args: { reason: 'когда?', submission: seen } });
  await replaced(b, 'Сделаем');
  await sync(a);
  expect((await onServer()).step.name).toBe('approval');
  expect(await a.store.notAccepted()).toMatchObject([
    { args: { reason: 'когда?' }, why: { refusal: { kind: 'other_submission' } } },
  ]);
  await does(a, { name: 'approve', args: { text: 'Сделаем', submission: await seenBy(a) } });
  await sync(a);
  expect((await onServer()).step.name).toBe('publishing');
});

test('two first submissions made apart are two, though each is the first where it was made', async () => {
  await does(b, ...TO_WORK);
  await sync(b);
  await sync(a);
  await does(a, draft('Текст без сети'), SUBMIT);
  await does(a, { name: 'approve', args: { text: 'Текст без сети', submission: await seenBy(a) } });
  await does(b, draft('Текст из центра'), SUBMIT);
  await sync(b);
  await sync(a);
  const { step, replies } = await onServer();
  expect([step.name, replies.at(-1)?.text]).toEqual(['approval', 'Текст из центра']);
  expect((await a.store.notAccepted()).map(({ name }) => name)).toEqual(['draftReply@1', 'approve@2']);
});

test.each([
  ['approve@1', { text: 'Сделаем во вторник' }],
  ['sendBack@1', { reason: 'нет срока' }],
])('%s of an older console is refused by name, and its words are kept', async (name, args) => {
  await does(b, ...TO_WORK, draft('Сделаем'), SUBMIT);
  await sync(b);
  await sync(a);
  const view = await a.store.view(incident);
  const old = { id: idMaker(7)(), actor: a.actor.id, incident, name, args, at: NOON, baseVersion: 1 };
  await enqueue(a.store, old, view, view);
  await sync(a);
  expect((await onServer()).step.name).toBe('approval');
  expect(await a.store.notAccepted()).toMatchObject([
    { name, args, why: { refusal: { kind: 'submission_unnamed' } } },
  ]);
});
