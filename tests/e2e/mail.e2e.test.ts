import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { FakeMailServer } from '#tests/fakes/mail-server.ts';
import { FakeTelegram } from '#tests/fakes/telegram.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, openConsole } from './harness/console.ts';
import { drawn } from './harness/drawn.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

/** The job runs once a minute; on a busy machine it is late. */
const A_RUN_MS = 240_000;
const mails = new FakeMailServer();
const BOT_TOKEN = '7000001:a-token-of-the-centre';
const telegram = new FakeTelegram(BOT_TOKEN);
let server: RunningPult;
let administrator: TestConsole;
let executor: TestConsole;

beforeAll(async () => {
  await mails.start();
  server = await startServer({ hasJanuary: true, env: { ALLOWED_NETWORKS: '127.0.0.0/8' } });
  administrator = await openConsole({ url: server.url, account: server.account('administrator') });
  executor = await openConsole({ url: server.url, account: server.account('executor') });
});
afterAll(async () => {
  await closeBrowser();
  await server.stop();
  await mails.stop();
  await telegram.stop();
});

const mailTo = (address: string) =>
  until(
    `a mail to ${address}`,
    async () => mails.mails.find(({ to }) => to?.some((one) => one.address === address)) ?? null,
    (mail) => mail !== null,
    A_RUN_MS,
  ).then((mail) => must(mail, 'a mail'));
/** Enabled once the console is connected. */
const ready = async (console: TestConsole, words: string, within = 'main') => {
  const button = console.page.locator(within).getByRole('button', { name: console.t(words), exact: true });
  await until(`«${words}» is possible`, () => button.isEnabled(), Boolean);
  return button;
};
const field = ({ page, t }: TestConsole, words: string) =>
  page.getByRole('textbox', { name: t(words), exact: true });
const isWide = ({ page }: TestConsole) =>
  page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) > document.documentElement.clientWidth);

test('an administrator says how mail goes out, by the keyboard, and sends a mail to see it', async () => {
  const { page, t } = administrator;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyZ');
  await page.getByRole('heading', { name: t('mail.title'), level: 1 }).waitFor();
  await page.getByText(t('mail.empty.lead')).waitFor();
  await ready(administrator, 'mail.save');
  expect(await seriousViolations(administrator)).toEqual([]);
  await field(administrator, 'mail.form.host').focus();
  await page.keyboard.press('Enter');
  await page.getByText(t('formEmpty.host')).waitFor();
  await page.keyboard.type('127.0.0.1');
  await page.getByRole('combobox', { name: t('mail.form.security'), exact: true }).click();
  await page.getByRole('option', { name: t('mail.security.none') }).click();
  await field(administrator, 'mail.form.port').fill(String(mails.port));
  await field(administrator, 'mail.form.sender').fill('centre@example.org');
  expect(await field(administrator, 'mail.form.consoleUrl').inputValue()).toBe(server.url);
  await field(administrator, 'mail.form.digestMinutes').fill('0');
  for (const name of ['quietFrom', 'quietTo']) await page.getByLabel(t(`mail.form.${name}`)).fill('00:00');
  await page.keyboard.press('Enter');
  await page.getByText(t('mail.saved')).waitFor();
  await field(administrator, 'mail.check.to').fill('chief@example.org');
  await page.keyboard.press('Enter');
  await page.getByText(t('mail.sent', { to: 'chief@example.org' })).waitFor();
  expect(mails.mails).toMatchObject([{ subject: 'Пульт: проверка почты' }]);
  await drawn(page);
  expect(await seriousViolations(administrator)).toEqual([]);
  mails.unknown.add('nobody@example.org');
  await field(administrator, 'mail.check.to').fill('nobody@example.org');
  await page.keyboard.press('Enter');
  await page.getByText(t('mail.problem.address_refused', { to: 'nobody@example.org' })).waitFor();
});

test('the screen fits at 200 %', async () => {
  const { page } = administrator;
  await page.setViewportSize({ width: 683, height: 384 });
  await drawn(page);
  expect(await isWide(administrator)).toBe(false);
  await page.setViewportSize({ width: 1366, height: 768 });
});

test('an executor gives an address and shows by a code that it is theirs', async () => {
  const { page, t } = executor;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('Comma');
  await ready(executor, 'notices.sendCode');
  await field(executor, 'notices.own').fill('yudin@example.org');
  await page.keyboard.press('Enter');
  await field(executor, 'notices.code').waitFor();
  expect(await seriousViolations(executor)).toEqual([]);
  const code = must(/\d{8}/.exec((await mailTo('yudin@example.org')).subject ?? ''), 'a code')[0];
  await field(executor, 'notices.code').fill(code === '12345678' ? '87654321' : '12345678');
  await page.keyboard.press('Enter');
  await page.getByText(t('error.code_wrong')).waitFor();
  await field(executor, 'notices.code').fill(code);
  await page.keyboard.press('Enter');
  await page
    .getByText(t('notices.goesTo', { address: 'yudin@example.org' }))
    .first()
    .waitFor();
  await page.getByRole('checkbox', { name: t('notices.kind.near') }).focus();
  await page.keyboard.press('Space');
  await page.getByText(t('notices.kept')).waitFor();
  expect(await page.getByRole('checkbox', { name: t('notices.kind.near') }).isChecked()).toBe(false);
  expect(await seriousViolations(executor)).toEqual([]);
  mails.mails.length = 0;
});

test('they are told of what they are given, its link leads to it, and one press ends the mails', async () => {
  const api = await ApiClient.logIn(server.url, server.account('operator'));
  const { id, number } = await api.newMessage('Прорвало трубу у Ивана Петрова');
  await api.push([
    api.envelope(id, 'classify', { group: 'ЖКХ', topic: 'Отопление', from: '' }),
    api.envelope(id, 'route', { agency: 'meriya-birobidzhan', unit: '', from: '', reason: '' }),
  ]);
  const mail = await mailTo('yudin@example.org');
  expect(mail.text).toContain(String(number));
  expect(`${mail.text}${mail.html}`).not.toContain('Петров');
  const links = [...(mail.text ?? '').matchAll(/https?:\/\/\S+/g)].map(([link]) => link);
  const { page, t } = executor;
  await page.goto(
    must(
      links.find((link) => link.endsWith(id)),
      'a link to the incident',
    ),
  );
  await page.getByText('Прорвало трубу у Ивана Петрова').first().waitFor();
  await page.goto(
    must(
      links.find((link) => link.includes('unsubscribe')),
      'a link that ends it',
    ),
  );
  expect(await seriousViolations(executor)).toEqual([]);
  await page.getByRole('button', { name: 'Не присылать' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Уведомления выключены' }).waitFor();
  await page.goto(`${server.url}/settings`);
  await page.getByText(t('notices.none')).waitFor();
  expect(executor.troubles).toEqual([]);
});

test('a person ties a chat of their own by a code, and the bot tells them what they are given', async () => {
  const baseUrl = await telegram.start();
  const chat = telegram.addChat({ id: 500, type: 'private', bot: 'member' });
  const boss = await ApiClient.logIn(server.url, server.account('administrator'));
  const tsur = { network: 'telegram', name: 'ЦУР в Телеграме', pageId: '-1001500000001', baseUrl };
  await boss.ask('channels', { ...tsur, token: BOT_TOKEN, secret: 'a-secret-of-ours', reception: 'poll' });
  {
    const { page, t } = administrator;
    await page.goto(`${server.url}/mail`);
    await ready(administrator, 'bot.centre.save');
    await page.getByRole('switch', { name: t('bot.centre.isOn') }).focus();
    await page.keyboard.press('Space');
    await field(administrator, 'bot.centre.where').fill('@pult_test_bot');
    await page.keyboard.press('Enter');
    await page.getByText(t('bot.centre.saved')).waitFor();
    await drawn(page);
    expect(await seriousViolations(administrator)).toEqual([]);
  }
  const { page, t } = executor;
  await page.goto(`${server.url}/settings`);
  const of = { network: t('network.telegram'), name: tsur.name };
  const make = page.getByRole('button', { name: t('bot.make', of) });
  await until('a code is possible', () => make.isEnabled(), Boolean);
  await make.focus();
  await page.keyboard.press('Enter');
  await page.getByText(t('bot.send', { ...of })).waitFor();
  await page.getByText('@pult_test_bot').waitFor();
  expect(await seriousViolations(executor)).toEqual([]);
  const code = must(await page.locator('code').first().textContent(), 'a code');
  const from = { id: 500, is_bot: false, first_name: 'Юдин' };
  telegram.say(chat, { from, text: code });
  const said = (words: string) =>
    until(
      `the bot says «${words}»`,
      async () => telegram.sent.find(({ text }) => text.includes(words)) ?? null,
      (message) => message !== null,
      A_RUN_MS,
    ).then((message) => must(message, 'a message'));
  expect((await said('/stop')).chat).toBe('500');
  await page.getByRole('button', { name: t('bot.sent') }).click();
  await page.getByText(t('bot.tied', { ...of, called: 'Юдин' })).waitFor();
  await drawn(page);
  expect(await seriousViolations(executor)).toEqual([]);
  const api = await ApiClient.logIn(server.url, server.account('operator'));
  const { id, number } = await api.newMessage('Прорвало трубу у Ивана Петрова');
  await api.push([
    api.envelope(id, 'classify', { group: 'ЖКХ', topic: 'Отопление', from: '' }),
    api.envelope(id, 'route', { agency: 'meriya-birobidzhan', unit: '', from: '', reason: '' }),
  ]);
  const { text } = await said(id);
  expect(text).toContain(String(number));
  expect(text).not.toContain('Петров');
  await page.getByRole('button', { name: t('bot.untie') }).focus();
  await page.keyboard.press('Enter');
  await until('the chat is tied no more', () => make.isVisible(), Boolean);
  expect(executor.troubles).toEqual([]);
});

test('an administrator gives somebody an address and invites them by mail', async () => {
  const { page, t } = administrator;
  await page.goto(`${server.url}/people/observer`);
  await page.getByRole('dialog').waitFor();
  await field(administrator, 'notices.address').fill('irina@example.org');
  await ready(administrator, 'notices.save', '[role="dialog"]');
  await page.keyboard.press('Enter');
  await page.getByText(t('notices.saved', { name: 'Ирина Соколова' })).waitFor();
  await (await ready(administrator, 'people.act.mail.button', '[role="dialog"]')).press('Enter');
  await page.getByText(t('people.act.mail.does', { address: 'irina@example.org' })).waitFor();
  await drawn(page);
  expect(await seriousViolations(administrator)).toEqual([]);
  await (await ready(administrator, 'people.act.mail.do', '[role="dialog"]')).press('Enter');
  await page.getByText(t('people.act.mail.done', { name: 'Ирина Соколова' })).waitFor();
  const mail = await mailTo('irina@example.org');
  const link = must(/http\S+invitation#[\w-]{43}/.exec(mail.text ?? ''), 'a link')[0];
  const guest = await openConsole({ url: link });
  await guest.page.getByRole('heading').first().waitFor();
  await guest.page.getByText('Ирина Соколова').first().waitFor();
  await guest.close();
});

test('a mail that did not go out stands on the screen with its reason, and goes out again', async () => {
  const { page, t } = administrator;
  mails.unknown.add('irina@example.org');
  await page.goto(`${server.url}/people/observer`);
  await (await ready(administrator, 'people.act.mail.button', '[role="dialog"]')).press('Enter');
  await (await ready(administrator, 'people.act.mail.do', '[role="dialog"]')).press('Enter');
  await page.getByText(t('people.act.mail.done', { name: 'Ирина Соколова' })).waitFor();
  mails.mails.length = 0;
  await page.goto(`${server.url}/mail`);
  const row = page
    .getByRole('region', { name: t('mail.log.table') })
    .getByRole('row')
    .filter({ hasText: '550' });
  await until(
    'the refusal is shown',
    async () => {
      await page.reload();
      await page.getByRole('region', { name: t('mail.log.table') }).waitFor();
      return row.count();
    },
    (count) => count > 0,
    A_RUN_MS,
  );
  expect(await seriousViolations(administrator)).toEqual([]);
  mails.unknown.clear();
  await until('again is possible', () => row.getByRole('button').isEnabled(), Boolean);
  await row.getByRole('button').press('Enter');
  await page.getByText(t('mail.log.sentAgain')).waitFor();
  await mailTo('irina@example.org');
  expect(administrator.troubles).toEqual([]);
});

test('nobody but an administrator has the screen', async () => {
  const { page, t } = executor;
  expect(await page.getByRole('link', { name: t('nav.mail'), exact: true }).count()).toBe(0);
  await page.goto(`${server.url}/mail`);
  await page.getByText(t('mail.mayNot')).waitFor();
});
