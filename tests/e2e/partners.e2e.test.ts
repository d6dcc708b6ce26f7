import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#shared/domain/must.ts';
import { FakeVkReading } from '#tests/fakes/vk-reading.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { until } from './harness/until.ts';

const NAME = 'Портал «Наш дом»';
const READ_TOKEN = 'vk1.reading-token';

let server: RunningPult;
let vk: FakeVkReading;
let vkAddress: string;
let receiver: Server;
let hook: string;
/** The status that the partner's system answers with; beside it, the events it took. */
let status = 500;
const taken: string[] = [];
let administrator: TestConsole;
let key: string;

beforeAll(async () => {
  vk = new FakeVkReading(READ_TOKEN);
  vkAddress = await vk.start();
  receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      if (status === 200) taken.push(body);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  server = await startServer({ hasJanuary: true, env: { ALLOWED_NETWORKS: '127.0.0.0/8' } });
  administrator = await openConsole({ url: server.url, account: server.account('administrator') });
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
  receiver.close();
  await vk.stop();
});

const button = ({ page, t }: TestConsole, words: string) =>
  page.locator('main').getByRole('button', { name: t(words), exact: true });
const field = ({ page, t }: TestConsole, words: string) =>
  page.getByRole('textbox', { name: t(words), exact: true });

async function handIn(): Promise<string> {
  const endpoint = await administrator.page
    .getByRole('region', { name: administrator.t('partners.access') })
    .locator('code')
    .innerText();
  const answer = await fetch(`${endpoint}/requests.json`, {
    method: 'POST',
    headers: { 'x-api-key': key },
    body: new URLSearchParams({
      service_code: 'unsorted',
      description: 'На портале просят убрать упавшее дерево',
      address_string: 'г Биробиджан, ул Ленина, 5',
    }),
  });
  const made = z.array(z.object({ service_request_id: z.string() })).parse(await answer.json());
  return must(made[0], 'a request').service_request_id;
}

test('keys lead to an empty screen that teaches; a form not filled in says what is wrong', async () => {
  const { page, t } = administrator;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyX');
  await page.getByRole('heading', { name: t('partners.empty.title') }).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await button(administrator, 'partners.add').click();
  await field(administrator, 'partners.form.url').fill('ftp://portal');
  await button(administrator, 'partners.saveNew').click();
  await page.getByText(t('formEmpty.name')).waitFor();
  await page.getByText(t('partners.formWrong.url')).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await button(administrator, 'common.cancel').click();
  const question = page.getByRole('dialog', { name: t('leaving.typed.title') });
  await question.getByRole('button', { name: t('leaving.stay') }).click();
  await question.waitFor({ state: 'detached' });
});

test('a system gets its key once, and the key hands a request into the queue', async () => {
  const { page, t } = administrator;
  await field(administrator, 'partners.form.name').fill(NAME);
  await field(administrator, 'partners.form.url').fill(hook);
  await button(administrator, 'partners.saveNew').click();
  const keys = page.getByRole('status', { name: t('partners.keys') });
  key = await keys.locator('code').first().innerText();
  expect(await seriousViolations(administrator)).toEqual([]);
  await button(administrator, 'partners.keysKept').click();
  await keys.waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(key);
  const incident = await handIn();
  const operator = await openConsole({ url: server.url, account: server.account('operator') });
  await operator.page.goto(`${server.url}/incident/${incident}`);
  await operator.page.getByText('На портале просят убрать упавшее дерево').first().waitFor();
  await operator.page.getByText(NAME).first().waitFor();
  await operator.close();
});

test('a message that did not arrive says why, and goes when it is sent again', async () => {
  const { page, t } = administrator;
  const log = button(administrator, 'partners.log');
  const state = page.locator('main tbody tr').first();
  await until(
    'the log tells of the failure',
    async () => {
      await log.click();
      const words = await state.innerText({ timeout: 3000 }).catch(() => '');
      if (!words.includes('500')) await log.click();
      return words;
    },
    (words) => words.includes(t('partners.problem.http', { detail: '500' })),
  );
  expect(await seriousViolations(administrator)).toEqual([]);
  status = 200;
  await state.getByRole('button', { name: t('partners.again') }).click();
  await until(
    'the partner took it',
    async () => taken.length,
    (count) => count === 1,
  );
  expect(taken[0]).toContain('"event":"new"');
});

test('a pasted link fills the form from its network; what is typed stays', async () => {
  const operator = await openConsole({ url: server.url, account: server.account('operator') });
  const { page, t } = operator;
  await page.keyboard.press('Shift+KeyN');
  const link = page.getByRole('textbox', { name: t('field.url'), exact: true });
  await link.fill('https://vk.com/wall-777_5?reply=98211023614189660');
  await page.getByText(t('register.failure.no_page')).waitFor();
  const added = await administrator.page.evaluate(
    async (page_) => {
      const answer = await fetch('/api/v1/channels', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(page_),
      });
      return answer.status;
    },
    {
      network: 'vk',
      name: 'ЦУР',
      baseUrl: vkAddress,
      pageId: '777',
      token: 'vk1.community',
      readToken: READ_TOKEN,
      secret: 'a-secret-of-ours',
      confirmation: 'c0nf1rm',
    },
  );
  expect(added).toBe(201);
  vk.items.set('-777:98211023614189660', { id: 1, from_id: 10, date: 1_700_000_000, text: 'Нет воды' });
  await field(operator, 'register.contact').fill('8 914 555-66-77');
  await link.fill('');
  await link.fill('https://vk.com/feed?w=wall-777_5_r98211023614189660');
  await page.getByText(t('register.filled')).waitFor();
  expect(await field(operator, 'register.text').inputValue()).toBe('Нет воды');
  expect(await field(operator, 'field.author').inputValue()).toBe('Иван Петров');
  expect(await field(operator, 'register.contact').inputValue()).toBe('8 914 555-66-77');
  expect(await seriousViolations(operator)).toEqual([]);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('action.register'), exact: true })
    .click();
  await page.waitForURL('**/incident/*');
  const card = await until(
    'the card shows whom to answer',
    () => page.locator('main').innerText(),
    (words) => words.includes('Иван Петров'),
  );
  expect(card).toContain('Нет воды');
  expect(card).toContain('89145556677');
  expect(operator.troubles).toEqual([]);
  await operator.close();
});

test('a revoked key lets nobody in; an operator has no such screen', async () => {
  const { page, t } = administrator;
  await button(administrator, 'partners.revoke').click();
  await page.getByText(t('partners.revokeAsk', { name: NAME })).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await button(administrator, 'partners.revokeYes').click();
  await button(administrator, 'partners.change').waitFor({ state: 'detached' });
  const answer = await fetch(`${server.url}/api/open311/eao/v2/services.json`, {
    headers: { 'x-api-key': key },
  });
  expect(answer.status).toBe(403);
  expect(administrator.troubles).toEqual([]);
  const operator = await openConsole({ url: server.url, account: server.account('operator') });
  expect(
    await operator.page.getByRole('link', { name: operator.t('nav.partners'), exact: true }).count(),
  ).toBe(0);
  await operator.page.goto(`${server.url}/partners`);
  await operator.page.getByText(operator.t('partners.mayNot')).waitFor();
});
