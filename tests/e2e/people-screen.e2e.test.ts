import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeWorkbook } from '#shared/exchange/workbook-write.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectTruth, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

const OWN = 'сорок бочек мандаринов';
const NAME = 'Вера Лис';
let server: RunningPult;
let administrator: TestConsole;
let operator: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  administrator = await openConsole({ url: server.url, account: server.account('administrator') });
  operator = await openConsole({ url: server.url });
});
afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

/** The words of the control that has the focus; none while a whole part of the page has it. */
const focused = ({ page }: TestConsole): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    if (element instanceof HTMLInputElement)
      return [...(element.labels ?? [])].map(({ innerText }) => innerText).join(' ');
    return element?.matches('a, button') === true ? (element.textContent ?? '') : '';
  });

/** Presses Tab until what has these words has the focus. */
async function tabTo(console: TestConsole, words: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    if ((await focused(console)).includes(words)) return;
    await console.page.keyboard.press('Tab');
  }
  throw new Error(`No way to «${words}» by the keyboard`);
}

async function pressOn(console: TestConsole, words: string): Promise<void> {
  await tabTo(console, words);
  await console.page.keyboard.press('Enter');
}

/** Opens a person of the list by the keyboard. */
async function openPerson(console: TestConsole, name: string): Promise<void> {
  await console.page.getByRole('link', { name }).waitFor();
  await pressOn(console, name);
  await console.page.getByRole('dialog', { name }).waitFor();
}

let given: string;

test('an operator is added without a mouse, her one-time password is shown once', async () => {
  const { page, t } = administrator;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyL');
  await page.getByRole('heading', { name: t('people.title'), level: 1 }).waitFor();
  await page.getByRole('table').waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await pressOn(administrator, t('people.add'));
  await page.getByRole('dialog').waitFor();
  await tabTo(administrator, t('people.form.displayName'));
  await page.keyboard.type(NAME);
  await tabTo(administrator, t('people.form.login'));
  await page.keyboard.type('Operator');
  await page.keyboard.press('Enter');
  await page.getByText(t('error.account_login_taken')).waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('vera');
  expect(await seriousViolations(administrator)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText(t('people.given.password'), { exact: true }).first().waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  given = await page.getByRole('dialog').locator('code').nth(1).innerText();
  expect(given).toMatch(/^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
  await page.emulateMedia({ media: 'print' });
  const paper = page.locator('[data-slip]');
  expect(await paper.isVisible()).toBe(true);
  expect(await paper.innerText()).toContain(given);
  expect(await page.getByRole('table').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: t('leaving.secret.title') }).waitFor();
  await pressOn(administrator, t('leaving.stay'));
  await page.getByRole('dialog', { name: t('leaving.secret.title') }).waitFor({ state: 'detached' });
  await pressOn(administrator, t('people.given.kept'));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(given);
});

test('she comes in with it, chooses her own and works', async () => {
  const { page, t } = operator;
  await page.getByLabel(t('session.loginName')).fill('vera');
  await page.getByLabel(t('session.password'), { exact: true }).fill(given);
  await page.keyboard.press('Enter');
  await page.getByLabel(t('session.own.password'), { exact: true }).fill(OWN);
  await page.getByLabel(t('session.own.repeat')).fill(OWN);
  await page.keyboard.press('Enter');
  await expectTruth(operator, t('truth.live'));
  expect(operator.troubles).toEqual([]);
});

test('her queue opens with the places that were set for her, until she takes them off', async () => {
  const { page, t } = administrator;
  await openPerson(administrator, NAME);
  await tabTo(administrator, t('people.form.municipalities'));
  await page.keyboard.type('Ленин');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  expect(await seriousViolations(administrator)).toEqual([]);
  await pressOn(administrator, t('people.form.save'));
  await page.getByText(t('people.saved', { name: NAME, count: 0 })).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const queue = operator.page.getByRole('search');
  const chip = queue.getByRole('button', { name: 'Ленинский, Без места' });
  await operator.page.goto(`${server.url}/queue/new`);
  await chip.waitFor();
  expect(await seriousViolations(operator)).toEqual([]);
  await queue.getByRole('button', { name: t('filter.clear') }).click();
  await queue.getByRole('button', { name: t('filter.municipalities'), exact: true }).waitFor();
  await operator.page.reload();
  await queue.getByRole('button', { name: t('filter.municipalities'), exact: true }).waitFor();
  expect(await chip.count()).toBe(0);
  await expectTruth(operator, t('truth.live'));
});

test('a deputy is named by the keyboard, sees it in the console, and is taken back', async () => {
  const { page, t } = administrator;
  await openPerson(administrator, 'Анна');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t('deputies.none')).waitFor();
  await pressOn(administrator, t('deputies.add'));
  const form = dialog.getByRole('form', { name: t('deputies.form') });
  await form.getByLabel(t('deputies.to')).fill('2020-01-01');
  await pressOn(administrator, t('deputies.save'));
  await form.getByText(t('deputies.missing.deputy')).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await form.getByRole('combobox', { name: t('deputies.who') }).focus();
  await page.keyboard.type(NAME);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await pressOn(administrator, t('deputies.save'));
  await form.getByText(t('error.deputy_ends_first')).waitFor();
  const from = await form.getByLabel(t('deputies.from')).inputValue();
  await form.getByLabel(t('deputies.to')).fill(from);
  await pressOn(administrator, t('deputies.save'));
  await page.getByText(t('deputies.saved', { name: NAME })).waitFor();
  await dialog.getByRole('listitem').filter({ hasText: NAME }).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: 'Анна' }).getByText(`замещает ${NAME} до`).waitFor();
  const banner = operator.page.getByRole('status').filter({ hasText: /вы замещаете: Анна/ });
  await banner.waitFor();
  expect(await seriousViolations(operator)).toEqual([]);
  await openPerson(administrator, 'Анна');
  await pressOn(administrator, t('deputies.end'));
  await page.getByText(t('deputies.ended', { name: NAME })).waitFor();
  await dialog.getByText(t('deputies.none')).waitFor();
  await page.keyboard.press('Escape');
  await banner.waitFor({ state: 'detached' });
  expect([...administrator.troubles, ...operator.troubles]).toEqual([]);
});

test('another role ends her session, and she goes on by it', async () => {
  const { page, t } = administrator;
  await openPerson(administrator, NAME);
  await tabTo(administrator, t('role.operator'));
  await page.keyboard.press('ArrowDown');
  await page.getByText(t('people.form.moved')).waitFor();
  await pressOn(administrator, t('people.form.save'));
  await page.getByText(t('people.saved', { name: NAME, count: 1 })).waitFor();
  await page.keyboard.press('Escape');
  await expectTruth(operator, operator.t('truth.needsLogin'));
  await operator.page
    .getByRole('alert')
    .getByRole('button', { name: operator.t('session.login') })
    .click();
  const dialog = operator.page.getByRole('dialog');
  await dialog.getByLabel(operator.t('session.password'), { exact: true }).fill(OWN);
  await operator.page.keyboard.press('Enter');
  await expectTruth(operator, operator.t('truth.live'));
  await operator.page.getByRole('button', { name: NAME }).click();
  await operator.page.getByText(operator.t('role.approver'), { exact: true }).waitFor();
  await operator.page.keyboard.press('Escape');
  expect(operator.troubles).toEqual([]);
});

test('somebody sees where they are logged in and ends it, without a mouse', async () => {
  const { page, t } = administrator;
  const elsewhere = await openConsole({ url: server.url, account: server.account('administrator') });
  await page.getByRole('button', { name: 'Пётр Зайцев' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: t('sessions.title') }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: t('sessions.title') }).waitFor();
  await page.getByText(t('sessions.this')).waitFor();
  // The menu fades away; without its entries it would be a finding.
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await seriousViolations(administrator)).toEqual([]);
  await pressOn(administrator, t('sessions.endOthers'));
  await page.getByText(t('sessions.ended', { count: 1 })).waitFor();
  await elsewhere.page.locator('header [role="status"]').click();
  await expectTruth(elsewhere, t('truth.needsLogin'));
  await elsewhere.close();
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyL');
});

test('disabling says what it does, and ends her session', async () => {
  const { page, t } = administrator;
  await openPerson(administrator, NAME);
  await pressOn(administrator, t('people.act.disable.button'));
  await page.getByText(t('people.act.disable.does', { name: NAME })).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await tabTo(administrator, t('common.cancel'));
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.getByText(t('people.act.disable.done', { name: NAME })).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('row', { name: NAME }).getByText(t('people.state.disabled')).waitFor();
  await operator.page.getByText(operator.t('alarm.dismissed')).waitFor();
  expect(administrator.troubles).toEqual([]);
});

test('a table brings people with links to hand over, goes out, and is taken back', async () => {
  const { page, t } = administrator;
  const menu = async (words: string): Promise<void> => {
    await page.getByRole('button', { name: t('settingsLoad.table') }).click();
    await page.getByRole('menuitem', { name: words }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };
  await menu(t('settingsLoad.fromFile'));
  const dialog = page.getByRole('dialog');
  expect(await seriousViolations(administrator)).toEqual([]);
  const rows = [
    ['Логин', 'Имя и фамилия', 'Роль', 'Почта'],
    ['lev', 'Лев Ёжиков', 'наблюдатель', ''],
    ['operator', 'Занято Именем', 'наблюдатель', 'не почта'],
    ['Opera7or', 'Ольга Ветер', 'согласующий', ''],
    ['0perator', 'Похожий Логин', 'оператор', ''],
  ];
  const buffer = Buffer.from(writeWorkbook([{ name: 'Люди', rows, widths: [10, 20, 20, 20] }]));
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'люди.xlsx', mimeType: 'application/zip', buffer });
  await dialog.getByText(t('error.account_login_alike')).waitFor();
  await dialog.getByText(t('settingsLoad.cell.broken_mail')).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await dialog.getByRole('button', { name: t('settingsLoad.load', { count: 2 }) }).click();
  await dialog.getByText(t('people.load.linksGiven', { count: 2 })).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: t('leaving.secret.title') }).waitFor();
  await page.getByRole('button', { name: t('leaving.stay') }).click();
  const links = page.waitForEvent('download');
  await dialog.getByRole('button', { name: t('people.load.saveLinks') }).click();
  const given = await readFile(await (await links).path());
  expect(strFromU8(unzipSync(given)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toContain(
    '/invitation#',
  );
  await dialog.getByRole('button', { name: t('people.given.kept') }).click();
  await page.getByRole('row', { name: 'Лев Ёжиков' }).getByText(t('people.state.newcomer')).waitFor();

  const table = page.waitForEvent('download');
  await menu(t('settingsLoad.save.csv'));
  const file = await (await table).path();
  await menu(t('settingsLoad.fromFile'));
  await dialog.locator('input[type=file]').setInputFiles(file);
  await dialog.getByRole('button', { name: t('settingsLoad.nothing') }).waitFor();
  await dialog.getByRole('button', { name: t('common.close') }).click();

  await menu(t('settingsLoad.recent'));
  await dialog.getByRole('button', { name: t('settingsLoad.takeBack') }).click();
  await dialog.getByText(t('people.load.willBeBack', { count: 2 })).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await dialog.getByRole('button', { name: t('settingsLoad.takeBack') }).click();
  await dialog.getByText(t('settingsLoad.isTakenBack')).waitFor();
  await dialog.getByRole('button', { name: t('common.close') }).click();
  await page.getByRole('row', { name: 'Лев Ёжиков' }).getByText(t('people.state.disabled')).waitFor();
  expect(administrator.troubles).toEqual([]);
});

test('an operator has no such screen', async () => {
  const { page, t } = await openConsole({ url: server.url, account: server.account('operator') });
  expect(await page.getByRole('link', { name: t('nav.people'), exact: true }).count()).toBe(0);
  await page.goto(`${server.url}/people`);
  await page.getByText(t('people.mayNot')).waitFor();
});

test('an invitation lets in once, whoever looks at the link before', async () => {
  const { page, t } = administrator;
  const person = { login: 'guest', displayName: 'Семён Гость', role: 'observer', agency: null };
  const id = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    return (await (await fetch('/api/v1/accounts', sent)).json()).id as string;
  }, person);
  await page.goto(`${server.url}/people/${id}`);
  await page.getByRole('dialog').waitFor();
  await pressOn(administrator, t('people.act.invite.button'));
  await tabTo(administrator, t('common.cancel'));
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  const link = await page.getByRole('dialog').locator('code').innerText();
  expect(await seriousViolations(administrator)).toEqual([]);
  expect((await fetch(link, { headers: { accept: 'text/html' } })).status).toBe(200);

  const guest = await openConsole({ url: link });
  const again = await openConsole({ url: link });
  const lead = { displayName: 'Семён Гость', region: 'Еврейская автономная область', login: 'guest' };
  for (const opened of [guest, again]) await opened.page.getByText(t('invitation.lead', lead)).waitFor();
  expect(await seriousViolations(guest)).toEqual([]);
  await guest.page.keyboard.type(OWN);
  await guest.page.keyboard.press('Tab');
  await guest.page.keyboard.press('Tab');
  await guest.page.keyboard.type(OWN);
  await guest.page.keyboard.press('Enter');
  await expectTruth(guest, t('truth.live'));
  expect(guest.page.url()).not.toContain(link.slice(-43));
  await again.page.reload();
  await again.page.getByText(t('error.invitation_used')).waitFor();
  expect(await seriousViolations(again)).toEqual([]);
  await again.page.getByRole('button', { name: t('invitation.toLogin') }).click();
  await again.page.getByLabel(t('session.loginName')).waitFor();
  expect([...guest.troubles, ...again.troubles]).toEqual([]);
  await Promise.all([guest.close(), again.close()]);
});

test('the rules of the region are set without a mouse and reach another console', async () => {
  const { page, t } = administrator;
  await page.goto(`${server.url}/rules`);
  const form = page.getByRole('form', { name: t('rules.title') });
  await form.getByText(t('rules.copyDays.label')).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await form.getByRole('textbox', { name: t('rules.copyDays.label') }).fill('366');
  await page.keyboard.press('Enter');
  await form.getByText(t('rules.copyDays.wrong')).waitFor();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('14');
  await page.keyboard.press('Enter');
  await page.getByText(t('rules.saved')).waitFor();
  const other = await openConsole({ url: server.url, account: server.account('administrator') });
  await other.page.goto(`${server.url}/rules`);
  const seen = other.page.getByRole('textbox', { name: t('rules.copyDays.label') });
  await until(
    'the rule has come',
    () => seen.inputValue(),
    (days) => days === '14',
  );
  await other.close();
});

const ARMS =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 100"><script>alert(1)</script>' +
  '<path d="M4 4h72v56q0 24-36 36Q4 84 4 60z" fill="#2f7d4f"/></svg>';

test('the head and the signature of a summary are said, seen as they will be, and printed on its one page', async () => {
  const { page, t } = administrator;
  const form = page.getByRole('form', { name: t('rules.title') });
  await form.getByRole('textbox', { name: t('rules.header.label') }).fill('ЦУР ЕАО');
  await form.getByRole('textbox', { name: t('rules.post.label') }).fill('Руководитель центра');
  await page.keyboard.press('Enter');
  await form.getByText(t('rules.signer.wrong')).waitFor();
  const buffer = Buffer.from(ARMS);
  const file = form.locator('input[type=file]');
  await file.setInputFiles({ name: 'герб.png', mimeType: 'image/png', buffer: Buffer.from('не рисунок') });
  await form.getByText(t('rules.arms.problem.not_a_picture')).waitFor();
  await file.setInputFiles({ name: 'герб.svg', mimeType: 'image/svg+xml', buffer });
  await form.getByRole('button', { name: t('rules.arms.takeOut') }).waitFor();
  expect(await seriousViolations(administrator)).toEqual([]);
  await form.getByRole('textbox', { name: t('rules.signer.label') }).fill('И. И. Иванов');
  await page.keyboard.press('Enter');
  // The toast of the rules may still be there: what was saved is nothing to be saved any more.
  await expect.poll(() => form.getByRole('button', { name: t('rules.save') }).isDisabled()).toBe(true);
  await page.goto(`${server.url}/reports/2022-01`);
  const sheet = page.locator('article.sheet');
  await sheet.getByText('ЦУР ЕАО').waitFor();
  expect(await sheet.locator('.signed').innerText()).toMatch(/Руководитель центра\s+И. И. Иванов/);
  expect(await sheet.locator('header img').getAttribute('src')).toMatch(/^data:image\/png;base64,/);
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
  await page.goto(`${server.url}/people`);
  await page.getByRole('table').waitFor();
});

test('without a connection the screen says so, and nothing can be changed', async () => {
  const { page, t } = administrator;
  await server.kill('SIGTERM');
  await page.getByText(t('centre.away')).first().waitFor();
  expect(await page.getByRole('button', { name: t('people.add') }).isDisabled()).toBe(true);
});
