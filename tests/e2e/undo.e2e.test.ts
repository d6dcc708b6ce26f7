import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { UndoableCommand } from '#shared/domain/undo.ts';
import { undoWords } from '#renderer/triage/acts/undo-words.ts';
import { stateOf } from '#tests/fixtures/undoing.ts';
import { ApiClient } from './harness/api-client.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, expectTruth, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { chooseNew, goToLane, historyLines, openByNumber, triageByKeyboard } from './harness/work.ts';

let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let operator: TestConsole;
let executor: TestConsole;

beforeAll(async () => {
  server = await startServer();
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  operator = await openConsole({ url: line.url, account: server.account('operator') });
  executor = await openConsole({ url: server.url, account: server.account('executor') });
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

const toTownHall = { topic: 'снег', municipality: 'Биробиджан', agency: 'Мэрия' };
const incident = async (id: string) => must((await api.incidents()).get(id), 'the incident');

/** One Enter in the queue, in the order of taking back. */
const ENTER = ['route', 'place', 'classify'] as const;

/** Z, until its toast says so. */
async function undo(number: number, ...acts: readonly UndoableCommand[]): Promise<void> {
  const { page, t } = operator;
  const outcomes = acts.map((name) => ({
    incident: '',
    about: t('card.number', { number }),
    name,
    why: null,
  }));
  await page.keyboard.press('KeyZ');
  await page.getByText(undoWords(outcomes, t, 'ru'), { exact: true }).waitFor();
}

test('an agency that got a message by mistake has it on its screen no longer, and no return to answer for', async () => {
  const { id, number } = await api.newMessage('Не чистят снег, отправлено не туда');
  await chooseNew(operator, id);
  await triageByKeyboard(operator, toTownHall);
  await goToLane(executor, 'A');
  await executor.page.keyboard.press('Slash');
  await executor.page.keyboard.type('отправлено не туда');
  const row = executor.page.locator(`#row-${id}`);
  await row.waitFor();
  await undo(number, ...ENTER);
  await row.waitFor({ state: 'detached' });
  expect(await incident(id)).toMatchObject({ step: { name: 'new' }, assignments: [] });
  await openByNumber(operator, number);
  expect((await historyLines(operator)).slice(0, 4).join('\n')).toMatch(
    /^Отменено: Тема[^]*\nОтменено: Место[^]*\nОтменено: Направлено[^]*\nНаправлено: /,
  );
});

test('without the network an act and its undo wait together, and are right whatever came between', async () => {
  const { id, number } = await api.newMessage('Не чистят снег, отменено без связи');
  await chooseNew(operator, id);
  await expectAllSent(operator);
  line.set({ kind: 'refused' });
  await triageByKeyboard(operator, toTownHall);
  await undo(number, ...ENTER);
  await chooseNew(operator, id);
  await operator.page.keyboard.press('KeyC');
  await operator.page.getByText(operator.t('card.claimed')).waitFor();
  await expectTruth(operator, operator.t('truth.unsent', { count: 7 }).slice(0, -1));
  await api.push([api.envelope(id, 'note', { text: 'звонили, пока не было связи' })]);
  line.set({ kind: 'up' });
  await expectAllSent(operator);
  const after = await incident(id);
  expect(after).toMatchObject({
    step: { name: 'new' },
    holder: expect.any(String),
    classification: null,
    place: { municipality: '', street: '' },
    assignments: [],
    notes: [{ text: 'звонили, пока не было связи' }],
  });
  expect(after.history.filter(({ undone }) => undone).map(({ event }) => event)).toEqual([
    'classified',
    'placed',
    'routed',
  ]);
  // The note came before on the centre's side: nothing lies on top of the claim.
  await undo(number, 'claim');
  await expectAllSent(operator);
  expect((await incident(id)).holder).toBeNull();
});

test('six Enters, reloads, six strokes of Z: all six are in the lane again, topic and place as before', async () => {
  const { page } = operator;
  const messages: { readonly id: string; readonly number: number }[] = [];
  for (let n = 1; n <= 6; n += 1) {
    const message = await api.newMessage(`Не чистят снег, шесть подряд, двор ${n}`);
    messages.push(message);
    // Every other one has a topic and a place already, which an Enter replaces.
    const { place } = await incident(message.id);
    if (n % 2 === 0)
      await api.push([
        api.envelope(message.id, 'classify', { group: 'ЖКХ', topic: 'Отопление', from: '' }),
        api.envelope(message.id, 'place', {
          place: { ...place, municipality: 'Облученский' },
          from: place,
        }),
      ]);
  }
  await expectAllSent(operator);
  const before = new Map((await api.incidents()).entries());
  const started = messages.map(({ id }) => stateOf(must(before.get(id), 'the incident')));
  for (const { id } of messages) {
    await chooseNew(operator, id);
    await triageByKeyboard(operator, toTownHall);
  }
  await expectAllSent(operator);
  const routed = await api.incidents();
  expect(messages.map(({ id }) => routed.get(id)?.step.name)).toEqual(messages.map(() => 'assigned'));
  const newestFirst = messages.toReversed();
  for (const half of [newestFirst.slice(0, 3), newestFirst.slice(3)]) {
    await page.reload();
    await goToLane(operator, 'N');
    for (const { number } of half) await undo(number, ...ENTER);
  }
  await expectAllSent(operator);
  const after = await api.incidents();
  expect(messages.map(({ id }) => stateOf(must(after.get(id), 'the incident')))).toEqual(started);
  await page.keyboard.press('Slash');
  await page.keyboard.type('шесть подряд');
  for (const { id } of messages) await page.locator(`#row-${id}`).waitFor();
});
