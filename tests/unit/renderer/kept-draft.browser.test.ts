import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import type { Lane } from '#renderer/data/store/console-store.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { drawn } from '#tests/e2e/harness/drawn.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

const TEXT = 'Здравствуйте! Бригада выйдет во двор 20 декабря.';

let served: ConsolePage;
let browser: Browser;
let page: Page;
let id: string;

beforeAll(async () => {
  served = await serveConsolePage();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await served.server.close();
});
beforeEach(async () => {
  await page?.context().close();
  const viewport = { width: 1366, height: 768 };
  const permissions = ['clipboard-read', 'clipboard-write'];
  const context = await browser.newContext({ viewport, locale: 'ru-RU', permissions });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await comeIn('operator');
  id = await idAt('agencies', 'in_progress');
  await comeIn('operator', id);
  await page.locator('#reply-text').fill(TEXT);
});

/** Comes in anew, as after a reload, at the queue or at an incident. */
async function comeIn(role: 'operator' | 'approver', incident?: string): Promise<void> {
  await page.goto(`${served.url}/${incident === undefined ? '' : `incident/${incident}`}?${role}`);
  await page.waitForFunction(() => 'pultConsole' in globalThis);
}

async function idAt(lane: Lane, wanted: string): Promise<string> {
  const found = await page.evaluate(
    async ({ query, step }) => {
      const { rows } = await window.pultConsole.store.queue(query, 0, 200);
      return rows.find((row) => row.step === step)?.id;
    },
    { query: { ...FIRST_QUERY, lane }, step: wanted },
  );
  return must(found, `an incident at ${wanted}`);
}

const incidentOf = async (wanted: string): Promise<Incident> =>
  must(await page.evaluate((key) => window.pultConsole.store.incident(key), wanted), 'the incident');

/** A colleague acts, and the feed brings it. */
const colleagueDoes = (...commands: readonly IncidentCommand[]): Promise<void> =>
  page.evaluate(
    ({ key, all }) => {
      const by = { id: 'operator-2', role: 'operator', agency: null } as const;
      for (const command of all) window.pultConsole.actAs(by, key, command);
    },
    { key: id, all: commands },
  );

const kept = () => page.getByRole('region', { name: 'Ваш ответ не отправлен и сохранён здесь' });

/** The place of the text is gone, and the text stands there with what has happened. */
async function isOffered(words: RegExp): Promise<void> {
  await page.locator('#reply-text').waitFor({ state: 'detached' });
  await kept().getByText(TEXT).waitFor();
  await kept().getByText(words).waitFor();
}

test('a reply being written outlives that the message goes to another agency, and is written on there', async () => {
  const { assignments } = await incidentOf(id);
  const from = must(assignments.at(-1)?.agency, 'an agency');
  const agency = from === 'vodokanal' ? 'dep-zhkh' : 'vodokanal';
  await colleagueDoes({ name: 'route', args: { agency, unit: '', from, reason: 'ошибка' } });
  await isOffered(/Направлено.+Д\. Образцов/);
  await drawn(page);
  expect(await seriousViolations({ page })).toEqual([]);
  await colleagueDoes({ name: 'takeToWork', args: {} });
  await kept().waitFor({ state: 'detached' });
  expect(await page.locator('#reply-text').inputValue()).toBe(TEXT);
});

test('it outlives another reply that a colleague submits, can be copied, and goes when it is dropped', async () => {
  await colleagueDoes(
    { name: 'draftReply', args: { text: 'Другой ответ.', kind: 'final', promises: [] } },
    { name: 'submitForApproval', args: {} },
  );
  await isOffered(/Ответ на согласовании · Д\. Образцов/);
  await kept().getByRole('button', { name: 'Скопировать' }).click();
  await page.getByText('Текст скопирован').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(TEXT);
  await kept().getByRole('button', { name: 'Убрать' }).click();
  await kept().waitFor({ state: 'detached' });
});

test('when the message is joined to another it is carried over to that one', async () => {
  const into = await page.evaluate(
    async ({ query, own }) => {
      const { rows } = await window.pultConsole.store.queue(query, 0, 200);
      return rows.find((row) => row.step === 'in_progress' && row.id !== own)?.id;
    },
    { query: { ...FIRST_QUERY, lane: 'agencies' as const }, own: id },
  );
  const target = must(into, 'another incident in work');
  await colleagueDoes({ name: 'merge', args: { into: target } });
  await isOffered(/Объединено с другим · Д\. Образцов/);
  const { number } = await incidentOf(target);
  await kept()
    .getByRole('button', { name: `Перенести в № ${number}` })
    .click();
  await page.waitForURL(`**/incident/${target}*`);
  expect(await page.locator('#reply-text').inputValue()).toBe(TEXT);
});

test('it is there after a reload, and is nobody else’s', async () => {
  await comeIn('operator', id);
  expect(await page.locator('#reply-text').inputValue()).toBe(TEXT);
  await comeIn('approver', id);
  await page.getByRole('heading', { name: /^№/ }).waitFor();
  expect(await page.getByText(TEXT).count()).toBe(0);
});
