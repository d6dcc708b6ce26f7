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

const field = ({ page, t }: TestConsole, name: string) =>
  page.getByRole('dialog').getByRole('textbox', { name: t(`places.field.${name}`) });

async function openPlace({ page, t }: TestConsole, name: string): Promise<void> {
  await page.getByRole('searchbox', { name: t('places.search') }).fill(name);
  await page
    .getByRole('list', { name: t('places.title') })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('form', { name: t('places.form') }).waitFor();
}

test('a municipality is written down by the keyboard alone without a network, and is there later', async () => {
  const { page, t } = mine;
  line.set({ kind: 'refused' });
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyF');
  await page.getByRole('heading', { name: t('places.title'), level: 1 }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('places.add') }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => field(mine, 'name').evaluate((node) => node === document.activeElement)).toBe(true);
  await page.keyboard.type('Хинганский округ');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Облученский');
  await page.keyboard.press('Enter');
  await page.getByText(t('refusal.short_place_taken', { municipality: 'Облученский район' })).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Хинганский');
  await page.getByRole('button', { name: t('places.addSettlement') }).focus();
  await page.keyboard.press('Enter');
  const settlements = page.getByRole('list', { name: t('places.settlements') });
  await page
    .locator(':focus')
    .and(settlements.getByLabel(t('places.settlement.kind'), { exact: true }))
    .waitFor();
  await page.keyboard.type('пгт');
  await settlements.getByLabel(t('places.settlement.name'), { exact: true }).fill('Хинганск');
  await settlements.getByLabel(t('places.settlement.streets')).fill('Рудная\nЗаводская');
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('common.done') }).press('Enter');
  await page.getByText(t('places.streetCount', { count: 2 })).waitFor();
  await page.getByRole('button', { name: t('directory.save') }).press('Enter');
  await page.getByText(t('places.added')).waitFor();
  await page.getByRole('link', { name: 'Хинганский округ' }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  line.set({ kind: 'up' });
  await expectAllSent(mine);
  const other = await openConsole({ url: server.url, account: server.account('operator') });
  await other.page.goto(`${server.url}/places`);
  await other.page.getByText(t('places.mayNot')).waitFor();
  await other.close();
});

test('one that messages know keeps its name, and ends only with a successor', async () => {
  const { page, t } = mine;
  await openPlace(mine, 'Облученский');
  await page.getByText(/Сообщений: [1-9]/).waitFor();
  await expect.poll(() => field(mine, 'name').getAttribute('readonly')).not.toBeNull();
  await page.getByLabel(t('places.field.lastDay')).fill('2030-12-31');
  await page.getByRole('button', { name: t('directory.save') }).click();
  await page.getByText(/Назовите преемника/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common.close') })
    .click();
  await page.getByRole('button', { name: t('leaving.typed.leave') }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('merged into another, it is said to be so, and its villages are found there', async () => {
  const { page, t } = mine;
  await openPlace(mine, 'Облученский');
  await page.getByRole('button', { name: t('directory.mergeWith') }).click();
  const dialog = page.getByRole('dialog', { name: /Объединить/ });
  await dialog.getByRole('combobox', { name: t('places.mergeInto') }).fill('хинганский');
  await page.getByRole('option', { name: 'Хинганский округ' }).click();
  await dialog.getByText(/Прошлое не меняется/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: t('directory.merge'), exact: true }).click();
  await page.getByText(t('places.merged', { name: 'Хинганский' })).waitFor();
  await page.getByText(/^Упразднены · /).click();
  await page
    .getByRole('link', { name: /Облученский/ })
    .getByText(/преемник: Хинганский/)
    .waitFor();
  await expectAllSent(mine);
});

const FILE = `Муниципалитет;Жителей;На год;Тип поселения;Населённый пункт;Улицы
Сутарский округ;4 100;2026;с;Сутара;Лесная; Речная
Сутарский округ;;;с;Верхняя Сутара;
Безлюдный округ;много;2026;;;
`;

async function openTable({ page, t }: TestConsole, item: string): Promise<void> {
  await page.getByRole('button', { name: t('settingsLoad.table') }).press('Enter');
  await page.getByRole('menuitem', { name: t(item) }).click();
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

test('a table with a line for each settlement is looked at, loaded, taken out the same and taken back', async () => {
  const { page, t } = mine;
  await openTable(mine, 'settingsLoad.fromFile');
  const dialog = page.getByRole('dialog', { name: t('settingsLoad.title.municipality') });
  const choose = (name: string, buffer: Buffer) =>
    dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  await choose('места.csv', Buffer.from(FILE.replace('Лесная; Речная', '"Лесная; Речная"')));
  await dialog.getByText(/не читается как целое число/).waitFor();
  await dialog.getByText(/с Сутара: Лесная; Речная · с Верхняя Сутара/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: 'Загрузить 1 запись' }).click();
  await page.getByText('Загружена 1 запись').waitFor();
  await page.getByRole('searchbox', { name: t('places.search') }).fill('сутара');
  await page
    .getByText(/^Действуют · /)
    .first()
    .click();
  await page.getByRole('link', { name: /Сутарский округ/ }).waitFor();
  await expectAllSent(mine);
  const downloads = page.waitForEvent('download');
  await openTable(mine, 'settingsLoad.save.xlsx');
  const file = readFileSync(await (await downloads).path());
  await openTable(mine, 'settingsLoad.fromFile');
  await choose('снова.xlsx', file);
  await dialog.getByRole('button', { name: t('settingsLoad.nothing') }).waitFor();
  await dialog.getByRole('button', { name: t('common.close') }).click();
  await openTable(mine, 'settingsLoad.recent');
  await page.getByRole('button', { name: t('settingsLoad.takeBack') }).click();
  await page.getByText('Станет как было: 1 запись.').waitFor();
  await page.getByRole('button', { name: t('settingsLoad.takeBack') }).click();
  await page.getByText('Загрузка отменена: 1 запись').waitFor();
  await expectAllSent(mine);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common.close') })
    .click();
  await expect.poll(() => page.getByRole('link', { name: /Сутарский округ/ }).count()).toBe(0);
  expect(mine.troubles).toEqual([]);
});
