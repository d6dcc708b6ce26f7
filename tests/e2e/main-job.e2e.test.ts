import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import {
  approveReply,
  chooseNew,
  chosenIncident,
  closeIncident,
  goToLane,
  historyLines,
  minutesLeft,
  openByNumber,
  recordPublication,
  submitReply,
  takeToWork,
  triageByKeyboard,
} from './harness/work.ts';

let server: RunningPult;
let console_: TestConsole;
let api: ApiClient;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  api = await ApiClient.logIn(server.url, server.account('operator2'));
  console_ = await openConsole({ url: server.url, account: server.account('operator') });
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

test('the queue stands in the order of working time left', async () => {
  await goToLane(console_, 'N');
  await chosenIncident(console_);
  const left = (await minutesLeft(console_)).filter((minutes) => minutes !== null);
  expect(left.length).toBeGreaterThan(3);
  expect(left).toEqual(left.toSorted((a, b) => a - b));
});

test('an operator takes a message from the queue to its closing, and everybody can read how', async () => {
  // The form asks for the minute.
  const begun = Date.now() - 60_000;
  const { id } = await api.newMessage('Не чистят снег на остановке, ходить невозможно');
  await chooseNew(console_, id);
  await triageByKeyboard(console_, { topic: 'снег', municipality: 'Биробиджан' });
  await expectAllSent(console_);
  const routed = must((await api.incidents()).get(id), 'the routed incident');
  expect(routed.step.name).toBe('assigned');
  expect(routed.place.municipality).toMatch(/Биробиджан/);

  await openByNumber(console_, must(routed.number, 'a number'));
  await takeToWork(console_);
  await submitReply(console_, 'Здравствуйте! Снег убран.');
  await approveReply(console_, 'Здравствуйте! Снег убран сегодня утром.');
  await recordPublication(console_, 'Мэрия Биробиджана', 'https://vk.com/wall-1_1?reply=2');
  await closeIncident(console_, 'solvable', 'solved', 'author_pleased');

  const { t } = console_;
  const lines = await historyLines(console_);
  const names = [
    'closed',
    'outcome_set',
    'reply_published',
    'reply_approved',
    'reply_submitted',
    'reply_drafted',
    'taken_to_work',
    'routed',
    'placed',
    'classified',
    'registered',
  ];
  let at = 0;
  for (const event of names) {
    const found = lines.findIndex((line, index) => index >= at && line.startsWith(t(`history.${event}`)));
    expect(found, `${event} after line ${at} of\n${lines.join('\n')}`).toBeGreaterThanOrEqual(at);
    at = found;
  }

  await expectAllSent(console_);
  const closed = must((await api.incidents()).get(id), 'the closed incident');
  expect(closed).toMatchObject({
    step: { name: 'done' },
    type: 'solvable',
    outcome: 'solved',
    closing: { reason: 'author_pleased' },
    replies: [
      {
        state: 'published',
        text: 'Здравствуйте! Снег убран сегодня утром.',
        account: 'Мэрия Биробиджана',
        link: 'https://vk.com/wall-1_1?reply=2',
      },
    ],
  });
  expect(must(closed.replies[0], 'a reply').publishedAt).toBeGreaterThanOrEqual(begun);
  expect(console_.troubles).toEqual([]);
});
