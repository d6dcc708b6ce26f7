import { afterAll, beforeAll, expect, test } from 'vitest';
import { FakeMax } from '#tests/fakes/max.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import type { ArgsOf, IncidentCommandName } from '#shared/domain/command.ts';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { until } from './harness/until.ts';
import {
  approveReply,
  chooseNew,
  closeIncident,
  expectStep,
  goToLane,
  openByNumber,
  submitReply,
  takeToWork,
  triageByKeyboard,
} from './harness/work.ts';

const GROUP = 777;
const TOKENS = { communityToken: 'vk1.community-token', readToken: 'vk1.reading-token' };
const SECRET = 'a-secret-of-ours';
const NAME = 'ЦУР области';
/** Of the demo region's directory. */
const AGENCY = 'meriya-birobidzhan';

let server: RunningPult;
let vk: FakeVk;
let gateway: string;
let administrator: TestConsole;

beforeAll(async () => {
  vk = new FakeVk({ group: GROUP, ...TOKENS });
  gateway = await vk.start();
  server = await startServer();
  administrator = await openConsole({ url: server.url, account: server.account('administrator') });
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
  await vk.stop();
});

const button = ({ page, t }: TestConsole, words: string) =>
  page.locator('main').getByRole('button', { name: t(words), exact: true });

async function fill({ page, t }: TestConsole, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields))
    await page.getByRole('textbox', { name: t(`channels.form.${name}`), exact: true }).fill(value);
}

/** VK calls the address that it was given. */
async function call(type: string, object: object, id: string): Promise<string> {
  const answer = await fetch(vk.callbackUrl, { method: 'POST', body: vk.event(type, object, id, SECRET) });
  return answer.text();
}

/**
 * Events of the log with their reasons. The centre reads events after it confirmed them: until there are some
 * it is closed again.
 */
async function openLog(console: TestConsole): Promise<string[][]> {
  const { page, t } = console;
  const log = button(console, 'channels.log');
  await log.click();
  await page
    .locator('main tbody tr')
    .or(page.getByText(t('channels.logEmpty')))
    .first()
    .waitFor();
  const rows = await page.locator('main tbody tr').allInnerTexts();
  if (rows.length < 2) await log.click();
  return rows.map((row) => row.split('\t').slice(1, 3));
}

test('keys lead to an empty screen that teaches the way to the first page', async () => {
  const { page, t } = administrator;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyH');
  await page.getByRole('heading', { name: t('channels.empty.title') }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/channels');
  expect(await seriousViolations(administrator)).toEqual([]);
});

test('a form not filled in says what is wrong beside each field, and adds nothing', async () => {
  const { page, t } = administrator;
  await button(administrator, 'channels.add').click();
  await fill(administrator, { 'vk.pageId': 'abc', secret: 'short' });
  await button(administrator, 'channels.save').click();
  for (const name of ['name', 'token', 'confirmation'])
    await page.getByText(t(`formEmpty.${name}`)).waitFor();
  for (const name of ['vk.pageId', 'secret']) await page.getByText(t(`channels.formWrong.${name}`)).waitFor();
  expect(await page.getByText(t('channels.formWrong.baseUrl')).count()).toBe(0);
  expect(await seriousViolations(administrator)).toEqual([]);
  await button(administrator, 'common.cancel').click();
  const question = page.getByRole('dialog', { name: t('leaving.typed.title') });
  await question.getByRole('button', { name: t('leaving.stay') }).click();
  await question.waitFor({ state: 'detached' });
});

test('a page is added, and checking it says in words what is missing', async () => {
  const { page, t } = administrator;
  await fill(administrator, {
    name: NAME,
    'vk.pageId': `club${GROUP}`,
    baseUrl: gateway,
    'vk.token': TOKENS.communityToken,
    secret: SECRET,
    confirmation: 'c0nf1rm',
  });
  await button(administrator, 'channels.save').click();
  await page.getByRole('region', { name: NAME }).waitFor();
  await button(administrator, 'channels.check').click();
  await page.getByText(t('channels.missing', { count: 2 })).waitFor();
  await page.getByText(t('channels.problem.no_callback')).waitFor();
  await page.getByText(t('channels.problem.no_read_token')).waitFor();
  vk.callbackUrl = await page.locator('main code').innerText();
  vk.settings.events['message_new'] = 0;
  await button(administrator, 'channels.check').click();
  await page.getByText(t('channels.problem.events_off', { detail: 'message_new' })).waitFor();
  expect(await page.getByText(t('channels.problem.no_callback')).count()).toBe(0);
  expect(await page.content()).not.toContain(TOKENS.communityToken);
});

test('the log tells why an event entered no queue, and reading again goes over it', async () => {
  const { page, t } = administrator;
  expect(await call('poll_vote_new', {}, 'one')).toBe('ok');
  expect(await call('message_allow', { user_id: 5 }, 'two')).toBe('ok');
  const rows = await until(
    'the log has both',
    () => openLog(administrator),
    (found) => found.length === 2,
  );
  expect(rows).toEqual([
    // What waits for a person stands first.
    ['poll_vote_new', t('channels.reason.unknown_kind')],
    [t('channels.event.message_allow'), t('channels.reason.service')],
  ]);
  expect(await seriousViolations(administrator)).toEqual([]);
  await button(administrator, 'channels.replay').click();
  await page.getByText(t('channels.replayed', { count: 2 })).waitFor();
});

/** A resident's comment as VK tells of it. */
async function comment(author: number, text: string, id: string) {
  const made = vk.comment(5, author, text);
  expect(await call('wall_reply_new', made, id)).toBe('ok');
  return made;
}

test('a stop word keeps a message in the log, and one click takes it into work all the same', async () => {
  const { page, t } = administrator;
  await page.getByRole('button', { name: t('channels.more', { name: NAME }) }).click();
  await page.getByRole('menuitem', { name: t('channels.change') }).click();
  await fill(administrator, { stop: 'реклама, скидки' });
  await page.getByRole('checkbox', { name: t('channels.kind.post') }).uncheck();
  expect(await seriousViolations(administrator)).toEqual([]);
  await button(administrator, 'channels.save').click();
  await page.getByText(t('channels.saved', { name: NAME })).waitFor();
  await comment(10, 'Под рекламой на остановке провал в асфальте', 'three');
  const row = page.locator('main tbody tr').filter({ hasText: 'Под рекламой' });
  const log = button(administrator, 'channels.log');
  await until(
    'the log has it',
    async () => {
      // The centre reads events after it confirmed them: opened anew, the log is read anew.
      if ((await log.getAttribute('aria-expanded')) === 'true') await log.click();
      await log.click();
      await page.locator('main tbody tr').first().waitFor();
      return row.count();
    },
    (count) => count === 1,
  );
  await row.getByText(t('channels.reason.stop_word', { detail: 'реклама' })).waitFor();
  await row.getByRole('button', { name: t('channels.take') }).click();
  await page.getByRole('button', { name: t('action.open') }).click();
  await page.getByText('Под рекламой на остановке провал в асфальте').waitFor();
});

test('two neighbours get one answer, each under his comment; one edits, the other thanks, and it is closed', async () => {
  const { page, t } = administrator;
  const api = await ApiClient.logIn(server.url, server.account('administrator'));
  const mine = await comment(20, 'Не горит фонарь у дома три, квартира темная', 'four');
  const other = await comment(21, 'Не горит фонарь', 'five');
  const find = async (text: string) =>
    [...(await api.incidents()).values()].find((incident) => incident.text === text);
  const both = await until(
    'both became incidents',
    async () => [await find(mine.text), await find(other.text)] as const,
    (found) => found.every((incident) => incident !== undefined),
  );
  const [first, second] = both.map((incident) => must(incident, 'an incident'));
  const id = must(first, 'the first').id;
  const run = <N extends IncidentCommandName>(name: N, args: ArgsOf<N>, of = id) =>
    api.envelope(of, name, args);
  const text = 'Фонарь починим к пятнице';
  const { outcomes } = await api.push([
    run('merge', { into: id }, must(second, 'the second').id),
    run('classify', { group: 'Дороги', topic: 'Освещение', from: '' }),
    run('route', { agency: AGENCY, unit: '', from: '', reason: '' }),
    run('takeToWork', {}),
    run('draftReply', { text, kind: 'final', promises: [] }),
    run('submitForApproval', {}),
    run('approve', { text, submission: { number: 1, text } }),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(7).fill('applied'));
  await openByNumber(administrator, must(first?.number, 'a number'));
  const sending = page.getByRole('status', { name: t('sending.title') });
  await sending.getByText(t('sending.progress', { sent: 0, count: 2 })).waitFor();
  expect(await call('wall_reply_edit', { ...mine, text: 'Не горит фонарь у дома семь' }, 'six')).toBe('ok');
  await page.locator('ins').getByText('семь').waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await sending.getByText(t('sending.progress', { sent: 2, count: 2 })).waitFor({ timeout: 60_000 });
  const answered = vk.comments
    .filter((comment) => comment.text === text)
    .map((comment) => comment.reply_to_comment);
  expect(new Set(answered)).toEqual(new Set([mine.id, other.id]));
  expect(answered).toHaveLength(2);
  await comment(21, 'Спасибо, ждём!', 'seven');
  await page.getByText('Спасибо, ждём!').waitFor();
  await expectStep(administrator, 'satisfaction');
  await closeIncident(administrator, 'solvable', 'solved', 'author_pleased');
  await page.goto(`${server.url}/channels`);
  await page.getByRole('region', { name: NAME }).waitFor();
});

test('a comment under a post goes its whole way on two consoles, and comes back as thanks', async () => {
  const api = await ApiClient.logIn(server.url, server.account('administrator'));
  const { t } = administrator;
  const [operator, approver] = await Promise.all([
    openConsole({ url: server.url, account: server.account('operator') }),
    openConsole({ url: server.url, account: server.account('approver') }),
  ]);
  const text = 'Второй день не чистят снег у детского сада';
  const question = await comment(30, text, 'eight');
  const found = await until(
    'the comment became an incident',
    async () => [...(await api.incidents()).values()].find((incident) => incident.text === text),
    (incident) => typeof incident?.number === 'number',
  );
  const { id, number } = must(found, 'the incident');
  await goToLane(approver, 'N');
  await approver.page.locator(`#row-${id}`).waitFor();
  await chooseNew(operator, id);
  await triageByKeyboard(operator, { topic: 'снег', municipality: 'Биробиджан' });
  await approver.page.locator(`#row-${id}`).waitFor({ state: 'detached' });

  await openByNumber(operator, must(number, 'a number'));
  await openByNumber(approver, must(number, 'a number'));
  await takeToWork(operator);
  await submitReply(operator, 'Здравствуйте! Снег уберём сегодня.');
  await expectStep(approver, 'approval');
  const reply = 'Здравствуйте! Снег уберём сегодня до 18:00.';
  await approveReply(approver, reply);
  await expectStep(operator, 'publishing');
  for (const { page } of [operator, approver])
    await page
      .locator('header')
      .getByText(t('step.satisfaction'), { exact: true })
      .waitFor({ timeout: 60_000 });
  const published = vk.comments.filter((comment) => comment.text === reply);
  expect(published).toEqual([
    expect.objectContaining({ from_id: -GROUP, post_id: 5, reply_to_comment: question.id }),
  ]);

  await comment(30, 'Спасибо, дорожка чистая!', 'nine');
  for (const { page } of [operator, approver]) await page.getByText('Спасибо, дорожка чистая!').waitFor();
  await closeIncident(operator, 'solvable', 'solved', 'author_pleased');
  await expectStep(approver, 'done');
  expect([...operator.troubles, ...approver.troubles]).toEqual([]);
  await Promise.all([operator.close(), approver.close()]);
});

test('a channel in MAX is asked for in the words of MAX, and told in them what its bot lacks', async () => {
  const { page, t } = administrator;
  const max = new FakeMax('token-of-a-bot', '-69729329042751');
  const baseUrl = await max.start();
  max.member.is_admin = false;
  await button(administrator, 'channels.add').click();
  await page.getByRole('combobox', { name: t('channels.form.network'), exact: true }).click();
  await page.getByRole('option', { name: t('network.max'), exact: true }).click();
  await page.getByText(t('channels.formHint.max.pageId')).waitFor();
  expect(await page.getByText(t('channels.form.confirmation')).count()).toBe(0);
  await fill(administrator, {
    name: 'ЦУР в MAX',
    'max.pageId': 'https://web.max.ru/-69729329042751',
    baseUrl,
    'max.token': 'token-of-a-bot',
  });
  expect(await seriousViolations(administrator)).toEqual([]);
  await button(administrator, 'channels.save').click();
  const card = page.getByRole('region', { name: 'ЦУР в MAX' });
  await card.getByRole('button', { name: t('channels.check'), exact: true }).click();
  await card.getByText(t('channels.problem.max.not_admin')).waitFor();
  await card.getByText(t('channels.problem.max.no_callback')).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await max.stop();
});

test('what cannot be read is in sight of the centre, and one key registers it by hand', async () => {
  const operator = await openConsole({ url: server.url, account: server.account('operator') });
  const { page, t } = operator;
  const odd = {
    id: 'не число',
    from_id: 60,
    post_id: 5,
    text: 'Нет света на Лесной, дом 7',
    date: 1_795_873_114,
  };
  // What comes first is taken in first: when the message stands in the list, both do.
  expect(await call('market_order_new', { id: 1 }, 'odd-two')).toBe('ok');
  expect(await call('wall_reply_new', odd, 'odd-one')).toBe('ok');
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyU');
  const rows = page.getByRole('listitem').filter({ hasText: NAME });
  await rows.filter({ hasText: 'Нет света на Лесной, дом 7' }).waitFor({ timeout: 90_000 });
  expect(await seriousViolations(operator)).toEqual([]);
  const before = await rows.count();
  // Down to it, past what came later.
  for (let place = 0; place < before; place += 1) await page.keyboard.press('KeyK');
  for (let place = 0; !(await rows.nth(place).innerText()).includes('на Лесной'); place += 1)
    await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyN');
  const dialog = page.getByRole('dialog', { name: t('register.title') });
  const text = dialog.getByLabel(t('register.text'));
  await expect.poll(() => text.inputValue()).toBe('Нет света на Лесной, дом 7');
  await dialog.getByRole('button', { name: t('action.register'), exact: true }).click();
  await page.waitForURL(/\/incident\//);
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyU');
  await until(
    'it is gone from the unread',
    () => rows.count(),
    (count) => count === before - 1,
  );
  await page.keyboard.press('KeyX');
  await until(
    'the other is put away',
    () => rows.count(),
    (count) => count === before - 2,
  );
  expect(operator.troubles).toEqual([]);
  await operator.close();
});

test('an operator neither has the entry nor the screen', async () => {
  const operator = await openConsole({ url: server.url, account: server.account('operator') });
  const { page, t } = operator;
  expect(await page.getByRole('link', { name: t('nav.channels'), exact: true }).count()).toBe(0);
  await page.goto(`${server.url}/channels`);
  await page.getByText(t('channels.mayNot')).waitFor();
  expect(operator.troubles).toEqual([]);
});

test('without the centre the screen keeps what it knew and says so', async () => {
  const { page, t } = administrator;
  await server.kill('SIGTERM');
  await page.getByText(t('centre.away')).waitFor({ timeout: 60_000 });
  const check = page.getByRole('region', { name: NAME, exact: true }).getByRole('button', {
    name: t('channels.check'),
    exact: true,
  });
  expect(await check.isDisabled()).toBe(true);
  expect(administrator.troubles).toEqual([]);
});
