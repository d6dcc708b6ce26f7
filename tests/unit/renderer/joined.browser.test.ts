import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

let served: ConsolePage;
let browser: Browser;

beforeAll(async () => {
  served = await serveConsolePage();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await served.server.close();
});

async function open(language: 'ru' | 'en', colorScheme: 'light' | 'dark', width = 1366): Promise<Page> {
  const viewport = { width, height: width === 1366 ? 768 : 1080 };
  const context = await browser.newContext({ viewport, colorScheme, locale: 'ru-RU' });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  const page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  page.setDefaultTimeout(20_000);
  await page.locator('#queue-rows [role="row"]').first().waitFor();
  return page;
}

/** Ids of a lane's first incidents, with their numbers. */
const inLane = (page: Page, lane: 'new' | 'publishing' | 'satisfaction', count: number) =>
  page.evaluate(
    async ([name, limit]) => {
      const query = {
        lane: name,
        municipalities: [],
        groups: [],
        topics: [],
        agencies: [],
        networks: [],
        text: '',
        from: null,
        to: null,
        sort: 'newest',
      } as const;
      const { rows } = await window.pultConsole.store.queue(query, 0, limit);
      return rows.map(({ id, number, text }) => ({ id, number: number ?? 0, text }));
    },
    [lane, count] as const,
  );

const merge = (page: Page, id: string, into: string): Promise<void> =>
  page.evaluate(
    ([child, parent]) =>
      window.pultConsole.actAs({ id: 'operator-2', role: 'operator', agency: null }, child, {
        name: 'merge',
        args: { into: parent },
      }),
    [id, into] as const,
  );

async function violations(page: Page, within = 'html'): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (part) => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(part, { resultTypes: ['violations'] })).violations;
  }, within);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

test('the card of an incident lists everybody who joined it, and its history says who joined them and when', async () => {
  const page = await open('ru', 'light');
  const [parent, first, second] = await inLane(page, 'new', 3);
  if (parent === undefined || first === undefined || second === undefined)
    throw new Error('too few new messages');
  for (const child of [first, second]) await merge(page, child.id, parent.id);
  await page.evaluate((id) => window.history.pushState(null, '', `/incident/${id}`), parent.id);
  const list = page.getByRole('region', { name: 'Присоединённые сообщения' });
  await list.getByRole('heading', { name: 'Присоединено 2 сообщения' }).waitFor();
  expect(await list.getByRole('listitem').count()).toBe(2);
  const shown = await list.innerText();
  expect(shown).toContain(`№ ${first.number}`);
  expect(shown).toContain('ещё нет, автор ждёт вместе с остальными');
  const history = page.getByRole('list', { name: 'История' });
  expect(await history.getByText('Присоединено сообщение').count()).toBe(2);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test.each([
  ['publishing', 'уже согласован', 'получит тот же согласованный ответ'],
  ['satisfaction', 'уже ответили', 'ответа не получит'],
] as const)(
  'joining an incident in %s asks first and says what its author gets',
  async (lane, title, words) => {
    const page = await open('ru', 'light');
    const [[child], [parent]] = [await inLane(page, 'new', 1), await inLane(page, lane, 1)];
    if (child === undefined || parent === undefined) throw new Error('too few messages');
    await page.evaluate((id) => window.history.pushState(null, '', `/incident/${id}`), child.id);
    await page.getByRole('button', { name: 'Действия' }).click();
    await page.getByRole('menuitem', { name: 'Объединить' }).click();
    await page.getByLabel('Номер основного сообщения').fill(String(parent.number));
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Объединить' });
    await dialog.getByText(title).waitFor();
    await dialog.getByText(words).waitFor();
    expect(await violations(page, '.mantine-Modal-body')).toEqual([]);
    const stepOf = () =>
      page.evaluate(async (id) => (await window.pultConsole.store.incident(id))?.step.name, child.id);
    expect(await stepOf()).not.toBe('merged');
    await dialog.getByRole('button', { name: 'Всё равно объединить' }).click();
    await expect.poll(stepOf).toBe('merged');
    await page.context().close();
  },
);
