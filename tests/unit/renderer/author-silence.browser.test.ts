import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { HOLD_TAG } from '#shared/domain/silence.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

let served: ConsolePage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  served = await serveConsolePage();
  browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
});
afterAll(async () => {
  await browser.close();
  await served.server.close();
});

test('the card says when silence closes a message, asks for the outcome first, and holds it by hand', async () => {
  await page.goto(`${served.url}/?operator`);
  await page.waitForFunction(() => 'pultConsole' in globalThis);
  const found = await page.evaluate(
    async (query) => (await window.pultConsole.store.queue(query, 0, 200)).rows[0]?.id,
    { ...FIRST_QUERY, lane: 'publishing' as const },
  );
  const id = must(found, 'an incident to publish');
  await page.goto(`${served.url}/incident/${id}?operator`);
  await page.getByRole('button', { name: 'Опубликовано' }).waitFor();
  await page.evaluate(async (key) => {
    const { store } = window.pultConsole;
    const by = { id: 'operator-2', role: 'operator', agency: null } as const;
    const at = (await store.incident(key))?.replies.at(-1)?.approvedAt ?? 0;
    const args = { at, link: '', account: '', hasMedia: false };
    window.pultConsole.actAs(by, key, { name: 'recordPublication', args });
  }, id);
  const note = page.getByRole('group', { name: 'Если автор не ответит' });
  await note.getByText(/закроется само .+ но прежде нужно выбрать тип и итог/).waitFor();
  await page.evaluate((key) => {
    const by = { id: 'operator-2', role: 'operator', agency: null } as const;
    const args = { type: 'solvable', outcome: 'explained' } as const;
    window.pultConsole.actAs(by, key, { name: 'setOutcome', args });
  }, id);
  await note.getByText(/^Закроется само .+: «Нет ответа от автора»/).waitFor();
  expect(await seriousViolations({ page })).toEqual([]);
  await note.getByRole('button', { name: 'Не закрывать' }).click();
  await note.getByText('Само не закроется').waitFor();
  const tags = await page.evaluate(async (key) => (await window.pultConsole.store.incident(key))?.tags, id);
  expect(tags).toContain(HOLD_TAG);
  await note.getByRole('button', { name: 'Пусть закроется' }).click();
  await note.getByText(/^Закроется само /).waitFor();
});
