import type { Page } from 'playwright-core';
import { beforeEach, expect, test } from 'vitest';
import type { IncidentCommand } from '#shared/domain/command.ts';
import { currentAgency, type Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { consoleBrowser } from '#tests/helpers/console-browser.ts';

const browser = consoleBrowser();
let page: Page;
let id: string;

beforeEach(async () => {
  await page?.context().close();
  page = await (
    await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' })
  ).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
});

/** Comes in at an incident that an agency was given and did not take to work. */
async function comeIn(role: 'operator' | 'administrator'): Promise<void> {
  await page.goto(`${browser.url()}/?${role}`);
  await page.waitForFunction(() => 'pultConsole' in globalThis);
  const found = await page.evaluate(
    async (query) => {
      const { rows } = await window.pultConsole.store.queue(query, 0, 200);
      return rows.find(({ step }) => step === 'assigned')?.id;
    },
    { ...FIRST_QUERY, lane: 'agencies' as const },
  );
  id = must(found, 'an incident of an agency');
  await page.goto(`${browser.url()}/incident/${id}?${role}`);
  await page.getByRole('button', { name: 'Действия' }).waitFor();
}

const incident = async (): Promise<Incident> =>
  must(await page.evaluate((key) => window.pultConsole.store.incident(key), id), 'the incident');

const colleagueDoes = (...commands: readonly IncidentCommand[]): Promise<void> =>
  page.evaluate(
    ({ key, all }) => {
      const by = { id: 'operator-2', role: 'operator', agency: null } as const;
      for (const command of all) window.pultConsole.actAs(by, key, command);
    },
    { key: id, all: commands },
  );

const route = (agency: string): IncidentCommand => ({
  name: 'route',
  args: { agency, unit: '', from: '', reason: '' },
});
const back = (reason: string): IncidentCommand => ({
  name: 'returnToCentre',
  args: { reason, target: null },
});

test('«not ours» names whose it is, and that agency is the first to be sent to', async () => {
  await comeIn('operator');
  const from = currentAgency(await incident());
  const [named, name] = from === 'vodokanal' ? ['teploseti', 'Теплосети'] : ['vodokanal', 'Водоканал'];
  await page.getByRole('button', { name: 'Действия' }).click();
  await page.getByRole('menuitem', { name: 'Вернуть в центр' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Почему вопрос не ваш').fill('сети не на нашем балансе');
  await dialog.getByRole('combobox', { name: 'Чей это вопрос, если знаете' }).click();
  await page.locator(`[role="option"][value="${named}"]`).click();
  expect(await seriousViolations({ page })).toEqual([]);
  await dialog.getByRole('button', { name: 'Вернуть в центр' }).click();
  const path = page.getByRole('region', { name: 'Возвращали 1 раз' });
  await path.getByText('сети не на нашем балансе').waitFor();
  await path.getByText(`Назвали: ${name}`).waitFor();
  expect((await incident()).step).toMatchObject({ name: 'returned', from, target: named });
  await page
    .getByRole('group', { name: 'Адресат' })
    .getByRole('button', { name, pressed: true })
    .getByText(/^назвало: /)
    .waitFor();
  expect(await page.getByText('ходит по кругу').count()).toBe(0);
});

test('the second return is flagged, and an administrator decides by a route of that topic and place', async () => {
  await comeIn('administrator');
  await colleagueDoes(back('не наша дорога'), route('vodokanal'), back('не наш колодец'));
  const path = page.getByRole('region', { name: 'Возвращали 2 раза' });
  await path.getByText('не наша дорога').waitFor();
  await path.getByText('не наш колодец').waitFor();
  expect(await seriousViolations({ page })).toEqual([]);
  const { classification } = await incident();
  await path.getByRole('link', { name: 'Решить маршрутом' }).click();
  await page.waitForURL('**/routes/*');
  const form = page.getByRole('dialog');
  await form.waitFor();
  expect(await form.innerHTML()).toContain(must(classification, 'a topic').topic);
});

test('an operator, who keeps no routes, is told whom to ask', async () => {
  await comeIn('operator');
  await colleagueDoes(back('не наша дорога'), route('vodokanal'), back('не наш колодец'));
  const path = page.getByRole('region', { name: 'Возвращали 2 раза' });
  await path.getByText(/Попросите администратора/).waitFor();
  expect(await path.getByRole('link').count()).toBe(0);
});
