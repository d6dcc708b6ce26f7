import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { openReply } from '#shared/domain/incident.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';
import { chosenIncident, goToLane, openByNumber, submitReply, takeToWork } from './harness/work.ts';

let server: RunningPult;
let api: ApiClient;
let executor: TestConsole;
let approver: TestConsole;

beforeAll(async () => {
  server = await startServer();
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  executor = await openConsole({ url: server.url, account: server.account('executor') });
  approver = await openConsole({ url: server.url, account: server.account('approver') });
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

const incident = async (id: string) => must((await api.incidents()).get(id), 'the incident');
const stepOf = async (id: string): Promise<string> => (await incident(id)).step.name;
const expectAt = (id: string, step: string) =>
  until(
    `it stands at ${step}`,
    () => stepOf(id),
    (name) => name === step,
  );

/** A message that the executor's agency holds. */
async function handedOver(text: string): Promise<{ readonly id: string; readonly number: number }> {
  const message = await api.newMessage(text);
  await api.push([
    api.envelope(message.id, 'classify', { group: 'Дороги', topic: 'Освещение', from: '' }),
    api.envelope(message.id, 'route', { agency: 'meriya-birobidzhan', unit: '', from: '', reason: '' }),
  ]);
  return message;
}

/** The executor answers a message and sends the answer for approval. */
async function answered(text: string, answer: string): Promise<string> {
  const { id, number } = await handedOver(text);
  await openByNumber(executor, number);
  await takeToWork(executor);
  await submitReply(executor, answer);
  await expectAllSent(executor);
  return id;
}

const card = () => approver.page.getByRole('region', { name: approver.t('approval.title') });

/** Goes to the approver's lane and there to this reply, until it may be struck at. */
async function chooseSubmitted(id: string): Promise<void> {
  await goToLane(approver, 'S');
  // By the keyboard: the last toast may lie over its row.
  let before = '';
  await until(
    'the reply is chosen',
    async () => {
      const chosen = await chosenIncident(approver);
      // At the end of the list: from the top again, for a slow machine may have passed it.
      if (chosen !== id) await approver.page.keyboard.press(chosen === before ? 'Home' : 'ArrowDown');
      before = chosen;
      return chosen;
    },
    (chosen) => chosen === id,
  );
  await card().and(approver.page.locator('[data-settled="true"]')).waitFor();
}

test('an executor’s reply comes into the approver’s lane, Enter approves it, and the next card is there', async () => {
  const first = await answered('Нет света у школы, согласование 1', 'Здравствуйте! Фонарь починили вчера.');
  const second = await answered('Нет света у сада, согласование 2', 'Здравствуйте! Фонарь у сада починили.');
  await chooseSubmitted(first);
  await card().getByText('Фонарь починили вчера.').waitFor();
  expect(await seriousViolations(approver)).toEqual([]);
  await approver.page.keyboard.press('Enter');
  await expectAt(first, 'publishing');
  expect(openReply(await incident(first))).toMatchObject({
    state: 'approved',
    text: 'Здравствуйте! Фонарь починили вчера.',
    by: 'executor',
  });
  await approver.page.locator(`#row-${first}`).waitFor({ state: 'detached' });
  await until(
    'the next one is chosen',
    () => chosenIncident(approver),
    (chosen) => chosen !== first,
  );
  await card().and(approver.page.locator('[data-settled="true"]')).waitFor();
  expect(await stepOf(second)).toBe('approval');
});

test('an executor begins with a template of the centre, filled from the message, and its use is counted', async () => {
  const { page, t } = executor;
  const { id, number } = await handedOver('Нет света у бани, согласование 3');
  await openByNumber(executor, number);
  await takeToWork(executor);
  const field = page.getByRole('textbox', { name: t('reply.title') });
  await field.press('Control+Slash');
  await page.getByRole('option').filter({ hasText: 'Передано ведомству' }).click();
  await until(
    'the template is filled',
    () => field.inputValue(),
    (text) => text.startsWith(`Здравствуйте! Ваше сообщение № ${number} получило `),
  );
  await field.press('Control+Enter');
  await expectAt(id, 'approval');
  expect(openReply(await incident(id))).toMatchObject({ template: 'peredano', by: 'executor' });
  await page
    .getByText(t('history.byTemplate', { name: 'Передано ведомству' }))
    .first()
    .waitFor();
});

test('a reply goes back with a reason, the executor mends it, and the approver sees what has changed', async () => {
  const id = await answered('Нет света во дворе, согласование 4', 'Здравствуйте! Починим.');
  await chooseSubmitted(id);
  await approver.page.keyboard.press('KeyX');
  await approver.page
    .getByRole('textbox', { name: approver.t('approval.reason') })
    .fill('Назовите день и кто отвечает');
  await approver.page.keyboard.press('Control+Enter');
  await expectAt(id, 'in_progress');

  const { page, t } = executor;
  const field = page.getByRole('textbox', { name: t('reply.title') });
  await page.getByText(t('reply.sentBack', { reason: 'Назовите день и кто отвечает' })).waitFor();
  await field.fill('Здравствуйте! Мастера мэрии починят фонарь до пятницы.');
  await field.press('Control+Enter');
  await expectAt(id, 'approval');

  await chooseSubmitted(id);
  await card().getByText(approver.t('approval.sinceSentBack')).waitFor();
  await card().locator('del').filter({ hasText: 'Починим' }).waitFor();
  await card().locator('ins').filter({ hasText: 'пятницы' }).first().waitFor();
  await approver.page.keyboard.press('Enter');
  await expectAt(id, 'publishing');
  const sent = (await incident(id)).history.filter(({ event }) => event === 'reply_submitted');
  expect(sent.map(({ by }) => by)).toEqual(['executor', 'executor']);
  // Neither a day nor anybody responsible was named at first: that the checker warned of it is kept.
  expect(sent[0]?.detail['warnings']).toBeGreaterThan(0);
  expect([...executor.troubles, ...approver.troubles]).toEqual([]);
});
