import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { consoleBrowser } from '#tests/helpers/console-browser.ts';

const browser = consoleBrowser();
let page: Page;

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  await context.addInitScript(() => localStorage.setItem('pult.language', 'ru'));
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  page.setDefaultNavigationTimeout(PATIENCE_MS);
});
afterEach(() => page.context().close());

const form = (name: string) => page.getByRole('dialog').getByRole('form', { name, exact: true });
const isFocused = (field: ReturnType<Page['getByLabel']>) =>
  expect
    .poll(() => field.evaluate((element) => element === document.activeElement), { timeout: PATIENCE_MS })
    .toBe(true);

/** A form of a setting: its address, its name, its button, and the first field that may not be empty. */
interface Setting {
  readonly path: string;
  readonly name: string;
  readonly save: string;
  readonly field: string;
  /** Left out: a field to be typed into. */
  readonly role?: 'combobox';
  readonly asked: string;
}

const SETTINGS: readonly Setting[] = [
  {
    path: 'agencies',
    name: 'Ведомство',
    save: 'Сохранить',
    field: 'Полное название',
    asked: 'Введите название.',
  },
  {
    path: 'places',
    name: 'Муниципалитет',
    save: 'Сохранить',
    field: 'Название',
    asked: 'Введите название.',
  },
  { path: 'topics', name: 'Тема', save: 'Сохранить', field: 'Название', asked: 'Введите название.' },
  {
    path: 'routes',
    name: 'Маршрут',
    save: 'Сохранить',
    field: 'Ведомство',
    role: 'combobox',
    asked: 'Выберите ведомство.',
  },
  { path: 'deadlines', name: 'Срок', save: 'Добавить срок', field: 'Название', asked: 'Введите название.' },
  {
    path: 'importance',
    name: 'Правило важности',
    save: 'Добавить правило',
    field: 'Название',
    asked: 'Введите название.',
  },
  {
    path: 'templates',
    name: 'Шаблон ответа',
    save: 'Добавить шаблон',
    field: 'Название',
    asked: 'Введите название.',
  },
];

test.each(SETTINGS)(
  '$path: an empty form asks for its first field and brings the focus there',
  async (its) => {
    await page.goto(`${browser.url()}/${its.path}/new?administrator`);
    const field = form(its.name)
      .getByRole(its.role ?? 'textbox', { name: its.field })
      .first();
    await form(its.name).getByRole('button', { name: its.save }).click();
    await form(its.name).getByText(its.asked).first().waitFor();
    await isFocused(field);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await seriousViolations({ page })).toEqual([]);
  },
);

test('what a judge refuses is said under its field, and what was typed stays until somebody says so', async () => {
  await page.goto(`${browser.url()}/agencies?administrator`);
  const list = page.getByRole('list', { name: 'Ведомства' });
  const taken = (await list.getByRole('link').first().locator('b').textContent()) ?? '';
  expect(taken).not.toBe('');
  await page.goto(`${browser.url()}/agencies/new?administrator`);
  const agency = form('Ведомство');
  await agency.getByLabel('Полное название').fill(taken);
  await agency.getByLabel('Краткое имя').fill('Такое же');
  await agency.getByRole('button', { name: 'Сохранить' }).click();
  const name = agency.getByLabel('Полное название');
  await isFocused(name);
  await agency.getByText(/^Ведомство с таким названием уже есть/).waitFor();
  expect(await name.getAttribute('aria-invalid')).toBe('true');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Вернуться' }).click();
  await name.fill('Служба уборки снега');
  await agency.getByRole('button', { name: 'Сохранить' }).click();
  await page.getByText('Ведомство добавлено').waitFor();
  await agency.waitFor({ state: 'detached' });
  expect(await list.getByText('Служба уборки снега').count()).toBe(1);
});
