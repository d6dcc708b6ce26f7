import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, expectTruth, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import {
  openNote,
  chooseNew,
  chosenIncident,
  expectStep,
  goToLane,
  openByNumber,
  pick,
  takeToWork,
  triageByKeyboard,
} from './harness/work.ts';

let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let first: TestConsole;
let second: TestConsole;

beforeAll(async () => {
  server = await startServer();
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  first = await openConsole({ url: server.url, account: server.account('operator') });
  second = await openConsole({ url: line.url, account: server.account('operator2') });
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

test('each change of one console comes to the screen of the other, in order', async () => {
  const { number } = await api.newMessage('Прорвало трубу у дома, проверка двух пультов');
  await openByNumber(first, number);
  await openByNumber(second, number);
  const text = (round: number): string => `заметка с первого пульта ${String(round).padStart(2, '0')}`;
  const rounds = Array.from({ length: 12 }, (_, index) => text(index + 1));
  for (const note of rounds) {
    await openNote(first.page);
    await first.page.getByRole('dialog').getByRole('textbox').fill(note);
    await first.page.keyboard.press('Control+Enter');
    await second.page.getByText(note).waitFor();
    await first.page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  const shown = await second.page.getByText(/^заметка с первого пульта \d\d$/).allInnerTexts();
  expect(shown).toEqual(rounds);
});

test('a new message and a routing appear in the queue of the other', async () => {
  const { id } = await api.newMessage('Не чистят снег у школы, видно обоим');
  await goToLane(second, 'N');
  await chooseNew(first, id);
  await second.page.locator(`#row-${id}`).waitFor();
  await triageByKeyboard(first, { topic: 'снег', municipality: 'Биробиджан' });
  await second.page.locator(`#row-${id}`).waitFor({ state: 'detached' });
  expect(await chosenIncident(first)).not.toBe(id);
});

test('a message routed elsewhere keeps its card here, which says by whom, and Enter asks first', async () => {
  const { id } = await api.newMessage('Не чистят снег, заберёт другой оператор');
  await chooseNew(first, id);
  await chooseNew(second, id);
  await first.page.keyboard.press('Digit1');
  await triageByKeyboard(second, { topic: 'снег', municipality: 'Биробиджан', agency: 'Мэрия' });
  await first.page.locator(`#row-${id}`).waitFor({ state: 'detached' });
  const { page, t } = first;
  const card = page.getByRole('complementary', { name: t('queue.preview') });
  await card.getByRole('status').filter({ hasText: 'Олег Рябов' }).waitFor();
  await page.keyboard.press('Enter');
  await page
    .getByRole('dialog')
    .filter({ hasText: t('taken.title') })
    .waitFor();
  const leave = page.getByRole('button', { name: t('taken.leave') });
  await leave.and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expectAllSent(second);
  expect(must((await api.incidents()).get(id), 'the incident').assignments).toHaveLength(1);
  await page.keyboard.press('KeyJ');
  expect(await chosenIncident(first)).not.toBe(id);
});

test('two route the same message: the second sees it as not accepted, with the reason, and can decide', async () => {
  const { id } = await api.newMessage('Спорное сообщение для двух операторов');
  await chooseNew(second, id);
  await expectAllSent(second);
  line.set({ kind: 'refused' });
  await chooseNew(first, id);
  await triageByKeyboard(first, { topic: 'снег', municipality: 'Биробиджан', agency: 'Мэрия' });
  await expectAllSent(first);
  await triageByKeyboard(second, { topic: 'снег', municipality: 'Биробиджан', agency: 'Департамент' });
  await expectTruth(second, second.t('truth.unsent', { count: 2 }).slice(0, -1));
  line.set({ kind: 'up' });
  await second.page.locator('header [role="status"]').click();
  await expectAllSent(second);

  const { page, t } = second;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyE');
  await page.getByRole('heading', { name: t('notAccepted.title') }).waitFor();
  const item = page.getByRole('article').filter({ hasText: t('command.route') });
  const incident = must((await api.incidents()).get(id), 'the incident');
  expect(await item.innerText()).toContain(
    t('refusal.already_routed', { to: '', by: 'Анна Ким', at: '' }).split('.')[0]?.trim(),
  );
  expect(await item.innerText()).toContain('Анна Ким');
  expect(await item.innerText()).toContain(t('notAccepted.to', { agency: 'Деп' }));
  expect(incident.assignments).toHaveLength(1);
  const card = page.getByRole('region', { name: t('card.number', { number: incident.number ?? 0 }) });
  expect(await card.getByRole('list').innerText()).toMatch(/Анна Ким: Направлено: .*Мэрия/);
  expect(await item.getByRole('row').last().innerText()).toMatch(/Адресат\s+Деп[^]*Мэрия/);
  await page.reload();
  await page
    .getByRole('article')
    .filter({ hasText: t('command.route') })
    .waitFor();
  await page
    .getByRole('article')
    .filter({ hasText: t('command.route') })
    .getByRole('button', { name: t('notAccepted.discard') })
    .click();
  await expect
    .poll(() =>
      page
        .getByRole('article')
        .filter({ hasText: t('command.route') })
        .count(),
    )
    .toBe(0);
});

test('taking to work on one changes the card that stands open on the other', async () => {
  const assigned = must(
    [...(await api.incidents()).values()].find(({ step }) => step.name === 'assigned'),
    'an assigned incident',
  );
  const number = must(assigned.number, 'a number');
  await openByNumber(first, number);
  await openByNumber(second, number);
  await takeToWork(first);
  await expectStep(second, 'in_progress');
  expect([...first.troubles, ...second.troubles]).toEqual([]);
});

test('a draft saved by a colleague meanwhile is shown beside the own one, which does not replace it unseen', async () => {
  const [own, other] = ['Перекрёсток расчистят к вечеру.', 'Перекрёсток расчистят завтра.'];
  const field = ({ page, t }: TestConsole) => page.getByRole('textbox', { name: t('reply.title') });
  const save = ({ page, t }: TestConsole): Promise<void> =>
    page.getByRole('button', { name: t('reply.saveDraft') }).click();
  await field(second).fill(own);
  await field(first).fill(other);
  await save(first);
  const { page, t } = second;
  const beside = page.getByRole('status').filter({ hasText: t('reply.keepOwn') });
  await beside.filter({ hasText: 'Анна Ким' }).waitFor();
  expect(await field(second).inputValue()).toBe(own);
  await page.reload();
  await beside.waitFor();
  expect(await field(second).inputValue()).toBe(own);
  await save(second);
  await page
    .getByText(t('refusal.decided_meanwhile', { act: t('history.reply_drafted') }).split(':')[0] ?? '')
    .waitFor();
  await page.getByRole('button', { name: t('reply.keepOwn') }).click();
  await beside.waitFor({ state: 'detached' });
  await save(second);
  await first.page.getByRole('button', { name: t('reply.takeOther') }).click();
  await expect.poll(() => field(first).inputValue()).toBe(own);
});

test('what was returned to the centre without a line is not taken from the agency that got it meanwhile', async () => {
  const { page, t } = second;
  await expectAllSent(second);
  line.set({ kind: 'refused' });
  await page.getByRole('button', { name: t('incident.actions') }).click();
  await page.getByRole('menuitem', { name: t('action.returnToCentre') }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('не наш перекрёсток');
  await page.keyboard.press('Control+Enter');
  await expectStep(second, 'returned');
  await first.page.getByRole('button', { name: t('incident.actions') }).click();
  await first.page.getByRole('menuitem', { name: t('action.route') }).click();
  await pick(first, 'Департамент');
  await expectStep(first, 'assigned');
  await expectAllSent(first);
  line.set({ kind: 'up' });
  await page.locator('header [role="status"]').first().click();
  await expectStep(second, 'assigned');
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyE');
  const item = page.getByRole('article').filter({ hasText: t('command.returnToCentre') });
  await item.filter({ hasText: 'не наш перекрёсток' }).waitFor();
  expect(await item.innerText()).toContain('Анна Ким');
  expect([...first.troubles, ...second.troubles]).toEqual([]);
});
