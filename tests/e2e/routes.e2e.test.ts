import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';

let server: RunningPult;
let line: BadLine;
let mine: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  line = await BadLine.between(server.url);
  mine = await openConsole({ url: line.url, account: server.account('administrator') });
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

const TOPIC = 'Канализационные люки';
const FILE = `Тема;Муниципалитет;Ведомство;Действует с
${TOPIC};Ленинский район;Водоканал;
Работа фонтанов;Биробиджан;Мэрия города Биробиджана;
Работа фонтана;Биробиджан;Водоканал;
Парковка на газонах;;Водоканал;когда-нибудь
`;

const field = ({ page, t }: TestConsole, name: string) =>
  page.getByRole('dialog').getByRole('combobox', { name: t(`routes.field.${name}`) });

/** Types into a list that is searched and takes what it offers first. */
async function choose(console_: TestConsole, name: string, word: string): Promise<void> {
  await field(console_, name).focus();
  await console_.page.keyboard.press('Control+A');
  await console_.page.keyboard.type(word);
  await console_.page.getByRole('option').first().waitFor();
  await console_.page.keyboard.press('ArrowDown');
  await console_.page.keyboard.press('Enter');
  await expect.poll(() => console_.page.getByRole('option').count()).toBe(0);
}

async function search({ page, t }: TestConsole, word: string) {
  await page.getByRole('searchbox', { name: t('routes.search') }).fill(word);
  return page.getByRole('list', { name: t('routes.title') }).getByRole('link');
}

test('a route is written down by the keyboard alone without a network, tried on last month, and is there for others', async () => {
  const { page, t } = mine;
  line.set({ kind: 'refused' });
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyV');
  await page.getByRole('heading', { name: t('routes.title'), level: 1 }).waitFor();
  await page.getByText(/Маршрут есть для .+ пар/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('routes.add') }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: t('routes.form') }).waitFor();
  await expect
    .poll(() => field(mine, 'group').evaluate((node) => node === document.activeElement))
    .toBe(true);
  await choose(mine, 'topic', 'канализационные');
  await expect.poll(() => field(mine, 'group').inputValue()).toBe('Благоустройство');
  await choose(mine, 'municipality', 'биробиджан');
  await page.getByRole('button', { name: t('directory.save') }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(t('formEmpty.agency')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await choose(mine, 'agency', 'водоканал');
  await page.getByRole('button', { name: t('routes.trial.run') }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(/ушли бы иначе|примерить не на чём/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('directory.save') }).focus();
  await page.keyboard.press('Enter');
  await page.getByText(t('routes.added')).waitFor();
  await (await search(mine, 'люки водокан')).filter({ hasText: TOPIC }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  line.set({ kind: 'up' });
  await expectAllSent(mine);
  const other = await openConsole({ url: server.url, account: server.account('operator') });
  await other.page.goto(`${server.url}/routes`);
  await other.page.getByText(t('routes.mayNot')).waitFor();
  await other.close();
});

test('another agency from a day on leaves the old route to its months; a pair has one route at a time', async () => {
  const { page, t } = mine;
  await (await search(mine, 'люки')).first().click();
  await page.getByRole('form', { name: t('routes.form') }).waitFor();
  await choose(mine, 'agency', 'мэрия');
  await page.getByLabel(t('routes.field.changeDay')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByLabel(t('routes.field.changeDay')).fill('2031-01-01');
  await page.getByRole('button', { name: t('directory.save') }).click();
  await page.getByText(t('routes.saved')).waitFor();
  const rows = await search(mine, 'люки');
  await expect.poll(() => rows.count()).toBe(2);
  await rows.filter({ hasText: 'Водоканал' }).getByText(/по 31/).waitFor();
  await rows.filter({ hasText: 'Мэрия' }).getByText(/с 1/).waitFor();
  await page.goto(
    `${line.url}/routes/new?topic=${encodeURIComponent(TOPIC)}&municipality=${encodeURIComponent('Биробиджан г.о.')}`,
  );
  await page.getByRole('form', { name: t('routes.form') }).waitFor();
  await choose(mine, 'agency', 'водоканал');
  await page.getByRole('button', { name: t('directory.save') }).click();
  await page.getByText(/уже есть маршрут: /).waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common.close') })
    .click();
  await page.getByRole('button', { name: t('leaving.typed.leave') }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('a file is looked at before it is loaded, taken out again the same, and taken back within a day', async () => {
  const { page, t } = mine;
  await page.getByRole('button', { name: t('settingsLoad.table') }).click();
  await page.getByRole('menuitem', { name: t('settingsLoad.fromFile') }).click();
  const dialog = page.getByRole('dialog', { name: t('settingsLoad.title.route') });
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'маршруты.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await dialog.getByText(/Работа фонтана/).waitFor();
  await dialog.getByText(/нужен вида 31.12.2026/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: t('routes.trial.run') }).click();
  await dialog.getByText(/ушли бы иначе|примерить не на чём/).waitFor();
  await dialog.getByRole('button', { name: 'Загрузить 2 записи' }).click();
  await page.getByText('Загружено 2 записи').waitFor();
  await expectAllSent(mine);
  await (await search(mine, 'фонтанов мэрия')).first().waitFor();

  const downloads = page.waitForEvent('download');
  await page.getByRole('button', { name: t('settingsLoad.table') }).click();
  await page.getByRole('menuitem', { name: t('settingsLoad.save.xlsx') }).click();
  const file = await (await downloads).path();
  await page.getByRole('button', { name: t('settingsLoad.table') }).click();
  await page.getByRole('menuitem', { name: t('settingsLoad.fromFile') }).click();
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'снова.xlsx', mimeType: 'application/zip', buffer: readFileSync(file) });
  await dialog.getByRole('button', { name: t('settingsLoad.nothing') }).waitFor();
  await dialog.getByRole('button', { name: t('common.close') }).click();

  await page.getByRole('button', { name: t('settingsLoad.table') }).click();
  await page.getByRole('menuitem', { name: t('settingsLoad.recent') }).click();
  await page.getByRole('button', { name: t('settingsLoad.takeBack') }).click();
  await page.getByText('Станут как были: 2 записи.').waitFor();
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('settingsLoad.takeBack') }).click();
  await page.getByText('Загрузка отменена: 2 записи').waitFor();
  await expectAllSent(mine);
  await page.getByRole('dialog').getByText(t('settingsLoad.isTakenBack')).waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common.close') })
    .click();
  await expect.poll(async () => (await search(mine, 'фонтанов мэрия')).count()).toBe(0);
  await page.goto(`${line.url}/audit`);
  await page.getByText(/загрузка, маршрут: новых 2/).waitFor();
  expect(mine.troubles).toEqual([]);
});
