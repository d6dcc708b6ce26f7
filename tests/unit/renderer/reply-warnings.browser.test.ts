import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { drawn } from '#tests/e2e/harness/drawn.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { consoleBrowser } from '#tests/helpers/console-browser.ts';

const browser = consoleBrowser();
let page: Page;

interface Look {
  readonly scheme: 'light' | 'dark';
  readonly language: 'ru' | 'en';
  readonly width: number;
  readonly height: number;
}
const USUAL: Look = { scheme: 'light', language: 'ru', width: 1366, height: 768 };

/** Opens a message in work and writes a reply that has everything wrong. */
async function write({ scheme, language, width, height }: Look): Promise<void> {
  await page?.context().close();
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'ru-RU',
    colorScheme: scheme,
  });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${browser.url()}/?operator`);
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
  const id = await page.evaluate(
    async (query) => {
      const { rows } = await window.pultConsole.store.queue(query, 0, 200);
      return rows.find(({ step }) => step === 'in_progress')?.id;
    },
    { ...FIRST_QUERY, lane: 'agencies' as const },
  );
  await page.goto(`${browser.url()}/incident/${id}?operator`);
  await page
    .locator('#reply-text')
    .fill('Здравствуйте, {ИМЯ}! В целях уборки в ближайшее время придёт трактор. Сосед: +7 914 123-45-67.');
  await warnings().waitFor();
}
const warnings = () => page.getByRole('region', { name: /Посмотрите перед отправкой|Look at this/ });
const chosenText = (): Promise<string> =>
  page
    .locator('#reply-text')
    .evaluate((field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd));

test('a warning about a place of the reply leads there; one about the whole leads nowhere', async () => {
  await write(USUAL);
  await warnings().getByRole('button', { name: 'Не заполнено место «{ИМЯ}»' }).click();
  expect(await chosenText()).toBe('{ИМЯ}');
  await warnings().getByRole('button', { name: 'Канцелярит: «В целях». Проще: «чтобы»' }).click();
  expect(await chosenText()).toBe('В целях');
  await warnings().getByText('Не сказано, кто этим занимается').waitFor();
  expect(await warnings().getByRole('button', { name: 'Не сказано' }).count()).toBe(0);
});

test('warnings go as the reply is mended', async () => {
  await write(USUAL);
  await page.locator('#reply-text').fill('');
  await expect.poll(() => warnings().count()).toBe(0);
});

test.each<Look>([
  USUAL,
  { scheme: 'dark', language: 'en', width: 1920, height: 1080 },
  { scheme: 'light', language: 'ru', width: 683, height: 384 },
])('the warnings fit and have nothing axe complains of (%o)', async (look) => {
  await write(look);
  await warnings().scrollIntoViewIfNeeded();
  await drawn(page);
  expect(await seriousViolations({ page })).toEqual([]);
  const sticksOut = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sticksOut).toBe(0);
  const { width, inner } = await warnings().evaluate((part) => ({
    width: part.clientWidth,
    inner: part.scrollWidth,
  }));
  expect(inner).toBeLessThanOrEqual(width);
});
