import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
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

/** Z, until its toast says so. */
async function undo(number: number, what: string): Promise<void> {
  await operator.page.keyboard.press('KeyZ');
  const about = operator.t('card.number', { number });
  await operator.page
    .getByText(operator.t('undo.line', { about, what: operator.t(`undo.done.${what}`) }))
    .waitFor();
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
  await undo(number, 'route');
  await row.waitFor({ state: 'detached' });
  expect(await incident(id)).toMatchObject({ step: { name: 'new' }, assignments: [] });
  await openByNumber(operator, number);
  expect((await historyLines(operator)).slice(0, 2).join('\n')).toMatch(
    /^Отменено: Направлено[^]*\nНаправлено: /,
  );
});

test('without the network an act and its undo wait together, and are right whatever came between', async () => {
  const { id, number } = await api.newMessage('Не чистят снег, отменено без связи');
  await chooseNew(operator, id);
  await expectAllSent(operator);
  line.set({ kind: 'refused' });
  await triageByKeyboard(operator, toTownHall);
  await undo(number, 'route');
  await undo(number, 'place');
  await expectTruth(operator, operator.t('truth.unsent', { count: 5 }).slice(0, -1));
  await api.push([api.envelope(id, 'note', { text: 'звонили, пока не было связи' })]);
  line.set({ kind: 'up' });
  await expectAllSent(operator);
  const after = await incident(id);
  expect(after).toMatchObject({
    step: { name: 'new' },
    classification: { topic: expect.any(String) },
    place: { municipality: '', street: '' },
    assignments: [],
    notes: [{ text: 'звонили, пока не было связи' }],
  });
  expect(after.history.filter(({ undone }) => undone).map(({ event }) => event)).toEqual([
    'placed',
    'routed',
  ]);
  // The note came before on the centre's side: nothing lies on top of the choice of topic.
  await undo(number, 'classify');
  await expectAllSent(operator);
  expect((await incident(id)).classification).toBeNull();
});
