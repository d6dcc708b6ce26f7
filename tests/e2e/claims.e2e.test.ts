import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { chooseNew, openByNumber, takeToWork, triageByKeyboard } from './harness/work.ts';

let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let holder: TestConsole;
let other: TestConsole;

beforeAll(async () => {
  server = await startServer();
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  holder = await openConsole({ url: server.url, account: server.account('operator') });
  other = await openConsole({ url: line.url, account: server.account('operator2') });
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

async function claimed(text: string): Promise<{ readonly id: string; readonly number: number }> {
  const message = await api.newMessage(text);
  await chooseNew(holder, message.id);
  await holder.page.keyboard.press('KeyC');
  await holder.page.getByText(holder.t('card.claimed')).first().waitFor();
  await expectAllSent(holder);
  await openByNumber(other, message.number);
  await other.page.getByText(/Сейчас с этим работает/).waitFor();
  return message;
}

const important = async (id: string): Promise<string | undefined> =>
  (await api.incidents()).get(id)?.importance;

test('an act on what a colleague has claimed asks first, and the colleague is told of it', async () => {
  const { id } = await claimed('Взято другим оператором, проверка вопроса');
  const { page, t } = other;
  const dialog = page.getByRole('dialog', { name: t('claimed.title') });
  await page.keyboard.press('KeyI');
  await dialog.waitFor();
  expect(await seriousViolations(other)).toEqual([]);
  await page.getByRole('button', { name: t('common.cancel') }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expectAllSent(other);
  expect(await important(id)).toBe('ordinary');
  await page.keyboard.press('KeyI');
  await page.getByRole('button', { name: t('claimed.act') }).click();
  await page.getByText(t('card.importance.high')).first().waitFor();
  await expectAllSent(other);
  expect(await important(id)).toBe('high');
  await holder.page.getByText(/у вас, но .+: «/).waitFor();
  await holder.page.getByText(/^Пока сообщение у вас: .+: «/).waitFor();
});

test('without the network it asks by the claim that this workstation knows, and says so', async () => {
  const { id } = await claimed('Взято другим оператором, вопрос без связи');
  line.set({ kind: 'refused' });
  const { page, t } = other;
  await page
    .getByText(/^нет связи/)
    .first()
    .waitFor();
  await page.keyboard.press('KeyI');
  await page.getByRole('dialog', { name: t('claimed.title') }).waitFor();
  await page.getByText(t('claimed.offline')).waitFor();
  await page.keyboard.press('Escape');
  line.set({ kind: 'up' });
  await expectAllSent(other);
  expect(await important(id)).toBe('ordinary');
});

test('who else is at the card, and who of them writes, is seen by name until they leave', async () => {
  const { id, number } = await api.newMessage('Не чистят снег, двое на одной карточке');
  await chooseNew(holder, id);
  await triageByKeyboard(holder, { topic: 'снег', municipality: 'Биробиджан', agency: 'Мэрия' });
  await openByNumber(holder, number);
  await takeToWork(holder);
  await openByNumber(other, number);
  await holder.page.getByText(/^Эта карточка открыта и у других: /).waitFor();
  await other.page.locator('#reply-text').fill('Пишем ответ');
  await holder.page.getByText(/ пишет ответ…$/).waitFor();
  expect(await seriousViolations(holder)).toEqual([]);
  await other.page.goto(`${line.url}/queue/new`);
  await holder.page.getByText(/ пишет ответ…$/).waitFor({ state: 'detached' });
});
