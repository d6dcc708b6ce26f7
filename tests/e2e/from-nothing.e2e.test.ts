import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '#shared/domain/must.ts';
import { xlsxOf } from '#tests/fixtures/exchange.ts';
import { monthAway, registryOf, today, WEDNESDAY } from '#tests/fixtures/last-month.ts';
import type { RawCell } from '#shared/exchange/cells.ts';
import { FakeMailServer } from '#tests/fakes/mail-server.ts';
import { FakeVk } from '#tests/fakes/vk.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectAllSent, expectTruth, openConsole } from './harness/console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';
import {
  approveReply,
  chooseNew,
  closeIncident,
  expectStep,
  openByNumber,
  submitReply,
  takeToWork,
  triageByKeyboard,
} from './harness/work.ts';

/** A region that nobody has set up: everything below is done in consoles, with files that are made here. */
const OWN = 'сорок бочек мандаринов';
const ADMINISTRATION = 'Администрация города Твери';
const ROADS = 'Дорожная служба области';
const CITY = 'Тверь г.о.';
const SNOW = 'Уборка дорог от снега и наледи';
const TEXT = 'Второй день не чистят снег у школы на Советской';
const VK = { group: 777, communityToken: 'vk1.community-token', readToken: 'vk1.reading-token' };
const SECRET = 'a-secret-of-ours';
const LAST_MONTH = {
  region: 'Тверская область',
  municipality: CITY,
  agency: ADMINISTRATION,
  group: 'Дороги',
  topic: SNOW,
};
const printed = z.looseObject({ login: z.string(), password: z.string() });

const mails = new FakeMailServer();
const vk = new FakeVk(VK);
let gateway: string;
let server: RunningPult;
let administrator: TestConsole;
let operator: TestConsole;
let approver: TestConsole;
let executor: TestConsole;

beforeAll(async () => {
  gateway = await vk.start();
  await mails.start();
  server = await startServer({ isEmpty: true, env: { ALLOWED_NETWORKS: '127.0.0.0/8' } });
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
  await vk.stop();
  await mails.stop();
});

/** A table as a spreadsheet saves it. */
async function workbook(name: string, rows: readonly (readonly RawCell[])[]) {
  const source = xlsxOf(rows);
  const buffer = Buffer.from(await source.read(0, source.size));
  return { name, mimeType: 'application/zip', buffer };
}

const dialogOf = ({ page }: TestConsole) => page.getByRole('dialog');
const box = (console: TestConsole, words: string) =>
  console.page.getByRole('textbox', { name: console.t(words), exact: true });
const press = async ({ page, t }: TestConsole, words: string, within = 'body'): Promise<void> => {
  const button = page.locator(within).getByRole('button', { name: t(words), exact: true });
  await until(`«${words}» can be pressed`, () => button.isEnabled(), Boolean);
  await button.press('Enter');
};
/** Goes to a screen as its link does. */
async function goTo({ page, t }: TestConsole, path: string, title: string): Promise<void> {
  await page.goto(new URL(path, server.url).href);
  await page.getByRole('heading', { name: t(title), level: 1 }).waitFor();
}

test('the first administrator comes in by the password that the command printed', async () => {
  const added = await runScript('server/cli/region.ts', [
    'add',
    'tver',
    '--name',
    'Тверская область',
    '--time-zone',
    'Europe/Moscow',
    '--data',
    server.dataDir,
  ]);
  const { login, password } = printed.parse(JSON.parse(added.stdout));
  administrator = await openConsole({ url: server.url });
  await comeIn(administrator, login, password);
  await administrator.page.getByRole('heading', { name: administrator.t('setup.title'), level: 1 }).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
});

/** Comes in by a password that somebody else knows, and chooses an own one. */
async function comeIn(console: TestConsole, login: string, password: string): Promise<void> {
  const { page, t } = console;
  await page.getByLabel(t('session.loginName')).fill(login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await choosePassword(console);
}

async function choosePassword(console: TestConsole): Promise<void> {
  const { page, t } = console;
  await page.getByLabel(t('session.own.password'), { exact: true }).fill(OWN);
  await page.getByLabel(t('session.own.repeat')).fill(OWN);
  await page.keyboard.press('Enter');
  await expectTruth(console, t('truth.live'));
}

/** Loads a table of settings on its screen, all of its lines. */
async function loadTable(path: string, kind: string, rows: readonly (readonly RawCell[])[]): Promise<void> {
  const { page, t } = administrator;
  await goTo(administrator, path, `${kind}.title`);
  await press(administrator, 'settingsLoad.table');
  await page.getByRole('menuitem', { name: t('settingsLoad.fromFile') }).press('Enter');
  const dialog = dialogOf(administrator);
  await dialog.locator('input[type=file]').setInputFiles(await workbook(`${kind}.xlsx`, rows));
  await dialog.getByRole('button', { name: new RegExp(`^Загрузить ${rows.length - 1} `) }).press('Enter');
  await page.getByText(new RegExp(`^Загружен[ао] ${rows.length - 1} `)).waitFor();
  await dialog.waitFor({ state: 'detached' });
}

test('places, agencies and the routes between them come from files', async () => {
  await loadTable('/places', 'places', [
    ['Муниципалитет', 'Краткое имя', 'Тип поселения', 'Населённый пункт', 'Улицы'],
    [CITY, 'Тверь', 'г', 'Тверь', 'Советская; Трёхсвятская'],
  ]);
  await loadTable('/agencies', 'agencies', [
    ['Ведомство', 'Краткое имя', 'Вид'],
    [ADMINISTRATION, 'Тверь', 'муниципалитет'],
    [ROADS, 'Дороги', 'область'],
  ]);
  await loadTable('/routes', 'routes', [
    ['Тема', 'Муниципалитет', 'Ведомство'],
    [SNOW, CITY, ADMINISTRATION],
    ['Ямы и выбоины на дороге', CITY, ROADS],
  ]);
  await expectAllSent(administrator);
  expect(administrator.troubles).toEqual([]);
});

test('hours, deadlines and mail are set', async () => {
  const { page, t } = administrator;
  await goTo(administrator, '/deadlines', 'deadlines.title');
  await press(administrator, 'deadlines.presets');
  await page
    .getByRole('radio', { name: t('deadlines.preset.sevastopol.title') })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByText(t('deadlines.presetPut')).waitFor();
  await goTo(administrator, '/mail', 'mail.title');
  await until('saving is possible', () => box(administrator, 'mail.form.host').isEnabled(), Boolean);
  await box(administrator, 'mail.form.host').fill('127.0.0.1');
  await page.getByRole('combobox', { name: t('mail.form.security'), exact: true }).click();
  await page.getByRole('option', { name: t('mail.security.none') }).click();
  await box(administrator, 'mail.form.port').fill(String(mails.port));
  await box(administrator, 'mail.form.sender').fill('centre@example.org');
  await box(administrator, 'mail.form.digestMinutes').fill('0');
  for (const name of ['quietFrom', 'quietTo']) await page.getByLabel(t(`mail.form.${name}`)).fill('00:00');
  await press(administrator, 'mail.save');
  await page.getByText(t('mail.saved')).waitFor();
  expect(administrator.troubles).toEqual([]);
});

/** Adds somebody and gives the one-time password that is shown once. */
async function addPerson(login: string, name: string, role: string, agency?: string): Promise<string> {
  const { page, t } = administrator;
  await goTo(administrator, '/people/new', 'people.title');
  const dialog = dialogOf(administrator);
  await dialog.getByLabel(t('people.form.displayName')).fill(name);
  await dialog.getByLabel(t('people.form.login')).fill(login);
  await dialog.getByRole('radio', { name: t(`role.${role}`) }).press('Space');
  if (agency !== undefined) {
    await dialog.getByRole('combobox', { name: t('people.form.agency') }).fill(agency);
    await page.getByRole('option', { name: agency }).click();
  }
  await press(administrator, 'people.form.add', '[role="dialog"]');
  const given = await dialog.locator('code').nth(1).innerText();
  await press(administrator, 'people.given.kept', '[role="dialog"]');
  await dialog.waitFor({ state: 'detached' });
  return given;
}

const mailTo = async (address: string, words: string) => {
  const mail = await until(
    `a mail to ${address} about «${words}»`,
    async () =>
      mails.mails.find(
        ({ to, text }) => to?.some((known) => known.address === address) && text?.includes(words),
      ) ?? null,
    (found) => found !== null,
    240_000,
  );
  return must(mail, 'a mail').text ?? '';
};

test('people come in: two of the centre by a password, one of an agency by a link in a mail', async () => {
  const { page, t } = administrator;
  const [vera, boris] = [
    await addPerson('vera', 'Вера Лис', 'operator'),
    await addPerson('boris', 'Борис Кит', 'approver'),
  ];
  await addPerson('egor', 'Егор Рак', 'executor', ADMINISTRATION);
  await page.getByRole('link', { name: 'Егор Рак' }).press('Enter');
  await box(administrator, 'notices.address').fill('egor@example.org');
  await press(administrator, 'notices.save', '[role="dialog"]');
  await page.getByText(t('notices.saved', { name: 'Егор Рак' })).waitFor();
  await press(administrator, 'people.act.mail.button', '[role="dialog"]');
  await press(administrator, 'people.act.mail.do', '[role="dialog"]');
  await page.getByText(t('people.act.mail.done', { name: 'Егор Рак' })).waitFor();
  const link = /http\S+invitation#[\w-]{43}/.exec(await mailTo('egor@example.org', 'invitation#'));
  executor = await openConsole({ url: must(link, 'a link')[0] });
  await choosePassword(executor);
  operator = await openConsole({ url: server.url });
  await comeIn(operator, 'vera', vera);
  approver = await openConsole({ url: server.url });
  await comeIn(approver, 'boris', boris);
  for (const console of [operator, approver, executor])
    expect(await console.page.getByText(console.t('setup.title')).count()).toBe(0);
});

test('a page is connected, and nothing is missing that work needs', async () => {
  const { page, t } = administrator;
  await goTo(administrator, '/channels', 'channels.title');
  await press(administrator, 'channels.add', 'main');
  for (const [name, value] of Object.entries({
    name: 'ЦУР Тверской области',
    'vk.pageId': `club${VK.group}`,
    baseUrl: gateway,
    'vk.token': VK.communityToken,
    readToken: VK.readToken,
    secret: SECRET,
    confirmation: 'c0nf1rm',
  }))
    await box(administrator, `channels.form.${name}`).fill(value);
  await press(administrator, 'channels.save', 'main');
  await page.getByRole('region', { name: 'ЦУР Тверской области' }).waitFor();
  vk.callbackUrl = await page.locator('main code').innerText();
  await press(administrator, 'channels.check', 'main');
  await page.getByText(t('channels.allGood')).waitFor();
  await goTo(administrator, '/setup', 'setup.title');
  await page.getByText(t('setup.ready')).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
});

async function comment(author: number, text: string, id: string): Promise<number> {
  const made = vk.comment(5, author, text);
  const body = vk.event('wall_reply_new', made, id, SECRET);
  expect(await (await fetch(vk.callbackUrl, { method: 'POST', body })).text()).toBe('ok');
  return made.id;
}

test('a message is routed, told to the agency by mail, answered, approved, published and closed', async () => {
  const question = await comment(30, TEXT, 'first');
  const row = operator.page.locator('#queue-rows [role="row"]').filter({ hasText: TEXT });
  await row.waitFor();
  const id = must(await row.getAttribute('id'), 'a row').replace('row-', '');
  await chooseNew(operator, id);
  await triageByKeyboard(operator, { topic: 'дорог от снега', municipality: 'Тверь' });
  const mail = await mailTo('egor@example.org', SNOW);
  expect(mail).not.toContain('Советской');
  const address = must(new RegExp(`http\\S+/${id}`).exec(mail), 'a link to the message')[0];
  await executor.page.goto(address);
  await takeToWork(executor);
  await submitReply(executor, 'Здравствуйте! Снег уберём сегодня.');
  const number = Number(/\d+/.exec(await executor.page.getByRole('heading', { level: 1 }).innerText())?.[0]);
  await openByNumber(approver, number);
  const reply = 'Здравствуйте! Снег уберём сегодня до 18:00.';
  await approveReply(approver, reply);
  await openByNumber(operator, number);
  await expectStep(operator, 'satisfaction');
  expect(vk.comments.filter(({ text }) => text === reply)).toEqual([
    expect.objectContaining({ from_id: -VK.group, post_id: 5, reply_to_comment: question }),
  ]);
  await comment(30, 'Спасибо, дорожка чистая!', 'second');
  await operator.page.getByText('Спасибо, дорожка чистая!').waitFor();
  await closeIncident(operator, 'solvable', 'solved', 'author_pleased');
  await expectAllSent(operator);
});

const figure = ({ page }: TestConsole, name: string) =>
  page.locator(`article.sheet [data-figure="${name}"]`).first();
test('the month counts it', async () => {
  const { page } = approver;
  await page.goto(`${server.url}/reports/${monthAway(0)}`);
  await expect.poll(() => figure(approver, 'received').innerText()).toBe('1');
  await page.locator('article.sheet').getByText('Дороги').first().waitFor();
});

let issued: string;

test('last month comes from the former system, and its summary is issued', async () => {
  await goTo(administrator, '/import', 'import.title');
  const importing = administrator.page;
  await importing
    .locator('input[type=file]')
    .setInputFiles(await workbook('реестр.xlsx', registryOf(5, LAST_MONTH)));
  await press(administrator, 'import.send', 'main');
  await importing.getByText(administrator.t('import.done', { name: 'реестр.xlsx' })).waitFor();
  expect(await importing.locator('[data-count-of="created"] dd').innerText()).toBe('5');
  const { page, t } = approver;
  await page.goto(`${server.url}/reports/${monthAway(-1)}`);
  await expect.poll(() => figure(approver, 'received').innerText()).toBe('5');
  await page.keyboard.press('KeyI');
  await dialogOf(approver).getByLabel(t('report.issue.remark')).fill('Для правительства');
  await page.keyboard.press('Enter');
  await page.waitForURL(/issue=1/);
  await page.locator('article.sheet .issued').waitFor();
  await page.getByText(t('report.issue.unchangedShort')).waitFor();
  issued = await page.locator('article.sheet').innerText();
  expect(issued).toContain('Тверь');
});

/** Expects the issue to stand as it was, and the sheet to say how much has changed since; null: nothing. */
async function expectIssued(changes: RegExp | null): Promise<void> {
  const { page, t } = approver;
  await page.goto(`${server.url}/reports/${monthAway(-1)}?issue=1`);
  await page.locator('article.sheet .issued').waitFor();
  const standing = changes ?? t('report.issue.unchangedShort');
  await page.getByText(standing).first().waitFor();
  expect(await page.locator('article.sheet').innerText()).toBe(issued);
}

test('a month later an agency has another name, a holiday is ahead and new topics are in force: it stands', async () => {
  const { page, t } = administrator;
  await goTo(administrator, '/agencies', 'agencies.title');
  await page
    .getByRole('link', { name: /Дороги|Дорожная/ })
    .first()
    .press('Enter');
  await box(administrator, 'agencies.field.name').fill('Министерство дорог');
  await press(administrator, 'directory.save');
  await page.getByText(t('directory.saved')).waitFor();
  await putHoliday(`${new Date().getUTCFullYear() + 1}-09-15`, 'День области');
  await loadTopics();
  await expectAllSent(administrator);
  await expectIssued(null);
  expect(administrator.troubles).toEqual([]);
});

async function putHoliday(date: string, reason: string): Promise<void> {
  const { page, t } = administrator;
  await goTo(administrator, `/calendar/${date.slice(0, 4)}`, 'calendar.title');
  await page.locator(`[data-date="${date}"]`).press('Enter');
  await page.getByText(t('calendar.choice.off'), { exact: true }).click();
  await page.getByRole('textbox', { name: t('calendar.reason') }).fill(reason);
  await press(administrator, 'calendar.save');
  await page.getByText(t('calendar.saved')).waitFor();
}

/** A topic becomes another from today on. */
async function loadTopics(): Promise<void> {
  const { page, t } = administrator;
  await goTo(administrator, '/topics', 'topics.title');
  await press(administrator, 'topics.version.load');
  await dialogOf(administrator).getByLabel(t('topics.version.day')).fill(today());
  await dialogOf(administrator)
    .locator('input[type=file]')
    .setInputFiles(
      await workbook('темы.xlsx', [
        ['Группа тем', 'Тема', 'Прежнее название'],
        ['Дороги', 'Снег и лёд на дорогах', SNOW],
      ]),
    );
  await dialogOf(administrator)
    .getByRole('button', { name: /^Загрузить/ })
    .press('Enter');
  await dialogOf(administrator).waitFor({ state: 'detached' });
  await page.getByRole('searchbox', { name: t('topics.search') }).fill('лёд на дорогах');
  await page.getByRole('link', { name: /Снег и лёд на дорогах/ }).waitFor();
}

test('a holiday put inside that month changes the issued summary by nothing, and is listed as a difference', async () => {
  await putHoliday(WEDNESDAY, 'День памяти');
  await expectAllSent(administrator);
  await expectIssued(/изменил(?:ось|ись|ся) \d+ числ/);
  const { page } = approver;
  await page.keyboard.press('KeyD');
  await page.waitForURL(/show=changes/);
  await page.getByRole('row').filter({ hasText: /рабоч/i }).first().waitFor();
  for (const console of [administrator, operator, approver, executor]) expect(console.troubles).toEqual([]);
});
