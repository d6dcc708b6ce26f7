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
});
afterEach(() => page.context().close());

const list = (name: string) => page.getByRole('list', { name });
const form = () => page.getByRole('form', { name: 'Шаблон ответа' });
const text = () => form().getByRole('textbox', { name: 'Текст' });

test('a template is made of what is written again and again, and is proposed no more', async () => {
  await page.goto(`${browser.url()}/templates?administrator`);
  const proposed = list('Пишут одно и то же: сделать шаблоном?').getByRole('listitem');
  await proposed.first().waitFor();
  expect(await seriousViolations({ page })).toEqual([]);
  const before = await proposed.count();
  const words = (await proposed.first().locator('span').textContent()) ?? '';
  await proposed.first().getByRole('link').click();
  await expect.poll(() => text().inputValue(), { timeout: PATIENCE_MS }).not.toBe('');
  const begun = await text().inputValue();
  expect(begun).toMatch(/^\{обращение\} /);
  expect(words).toContain(begun.replace('{обращение} ', ''));
  await form().getByRole('textbox', { name: 'Название' }).fill('Как всегда');
  await form().getByRole('button', { name: 'Добавить шаблон' }).click();
  await page.getByText('Шаблон добавлен').waitFor();
  await list('Предлагаются').getByText('Как всегда').waitFor();
  await expect.poll(() => proposed.count(), { timeout: PATIENCE_MS }).toBe(before - 1);
});

test('a misspelt variable is named under the text, and one is written where the cursor stands', async () => {
  await page.goto(`${browser.url()}/templates/new?administrator`);
  await form().getByRole('textbox', { name: 'Название' }).fill('Проба');
  await text().fill('{обращение} Уберут до {сорк}.');
  await form().getByRole('button', { name: 'Добавить шаблон' }).click();
  await form().getByText('Места «сорк» Пульт не знает').waitFor();
  expect(await seriousViolations({ page })).toEqual([]);
  await text().fill('{обращение} Уберут до .');
  await text().evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(22, 22));
  await form().getByRole('button', { name: '{срок}' }).click();
  expect(await text().inputValue()).toBe('{обращение} Уберут до {срок}.');
  await form().getByRole('button', { name: 'Добавить шаблон' }).click();
  await page.getByText('Шаблон добавлен').waitFor();
});
