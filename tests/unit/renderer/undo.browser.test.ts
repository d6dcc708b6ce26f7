import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { sessionKey } from '#renderer/data/session/own-keys.ts';
import { stateOf } from '#tests/fixtures/undoing.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

let served: ConsolePage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  served = await serveConsolePage();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await served.server.close();
});

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  await context.addInitScript(() => localStorage.setItem('pult.language', 'ru'));
  page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
});

afterEach(() => page.context().close());

/** Key under which the person of the page keeps gestures that may be taken back. */
const GESTURES = sessionKey('pult:eao:operator-1', 'gestures');

const chosen = async (): Promise<string> =>
  must(await page.locator('#queue-rows').getAttribute('aria-activedescendant'), 'a choice').replace(
    'row-',
    '',
  );
const incident = async (id: string): Promise<Incident> =>
  must(await page.evaluate((incident) => window.pultConsole.store.incident(incident), id), 'an incident');
const toastWith = (words: string): Promise<void> => page.getByText(words).first().waitFor();
const keys = async (...codes: readonly string[]): Promise<void> => {
  for (const code of codes) await page.keyboard.press(code);
};

/**
 * Routes the chosen message to the first addressee, having chosen its first topic; gives what it was before.
 */
async function routeChosen(): Promise<Incident> {
  const before = await incident(await chosen());
  await keys('KeyT', 'Digit1', 'KeyR', 'Digit1', 'Enter');
  await toastWith(`№ ${before.number}: направлено`);
  return before;
}

test('Z takes back all that one Enter did, in one toast that names the incident', async () => {
  const before = await routeChosen();
  expect((await incident(before.id)).step.name).toBe('assigned');
  await keys('KeyZ');
  await toastWith(`№ ${before.number}, отменено: направление`);
  await page.getByText('направлено').waitFor({ state: 'detached' });
  expect(stateOf(await incident(before.id))).toEqual(stateOf(before));
  await keys('KeyZ');
  await toastWith('Отменять нечего');
});

test('ten Enters on ten messages go back by ten strokes, the newest first, and no eleventh', async () => {
  const routed: Incident[] = [];
  for (let n = 0; n < 11; n += 1) {
    const before = await routeChosen();
    routed.push(before);
    await expect.poll(chosen).not.toBe(before.id);
  }
  for (const before of routed.slice(1).toReversed()) {
    await keys('KeyZ');
    await expect.poll(async () => stateOf(await incident(before.id))).toEqual(stateOf(before));
  }
  await keys('KeyZ');
  await toastWith('Отменять нечего');
  expect((await incident(must(routed[0], 'the first').id)).step.name).toBe('assigned');
});

test('ten strokes at once are ten gestures', async () => {
  const routed: Incident[] = [];
  for (let n = 0; n < 10; n += 1) {
    const before = await routeChosen();
    routed.push(before);
    await expect.poll(chosen).not.toBe(before.id);
  }
  await keys(...routed.map(() => 'KeyZ'));
  await expect
    .poll(async () => Promise.all(routed.map(async ({ id }) => stateOf(await incident(id)))))
    .toEqual(routed.map(stateOf));
});

test('Z right behind Enter means that Enter', async () => {
  const first = await routeChosen();
  await expect.poll(chosen).not.toBe(first.id);
  const second = await incident(await chosen());
  await keys('KeyT', 'Digit1', 'KeyR', 'Digit1', 'Enter', 'KeyZ');
  await toastWith(`№ ${second.number}, отменено`);
  expect(stateOf(await incident(second.id))).toEqual(stateOf(second));
  expect((await incident(first.id)).step.name).toBe('assigned');
});

test('what may be taken back is kept without a word of a resident, and goes with the logout', async () => {
  const before = await routeChosen();
  const kept = (): Promise<string | null> => page.evaluate((key) => localStorage.getItem(key), GESTURES);
  const memory = (await kept()) ?? '';
  const [gesture] = JSON.parse(memory) as { readonly acts: readonly object[] }[];
  expect(new Set(gesture?.acts.flatMap((act) => Object.keys(act)))).toEqual(
    new Set(['incident', 'command', 'name', 'handledAt']),
  );
  expect(memory).not.toMatch(/[а-яё]/i);
  expect(memory).toContain(before.id);
  await page.getByRole('button', { name: 'О. Примерова' }).click();
  await page.getByRole('menuitem', { name: 'Выйти' }).click();
  await page.getByLabel('Логин').waitFor();
  expect(await kept()).toBeNull();
});

test('the toast’s button takes back the same, over the next message, and marks no return', async () => {
  const before = await routeChosen();
  await page.getByRole('button', { name: 'Отменить' }).click();
  await toastWith(`№ ${before.number}, отменено: направление`);
  const after = await incident(before.id);
  expect([after.step, after.assignments]).toEqual([before.step, []]);
});

test('Z goes over incidents, the newest first', async () => {
  const first = await routeChosen();
  await expect.poll(chosen).not.toBe(first.id);
  const second = await chosen();
  await keys('KeyC');
  await toastWith('теперь за вами');
  await keys('KeyZ');
  await expect.poll(async () => (await incident(second)).holder).toBeNull();
  await keys('KeyZ');
  await toastWith(`№ ${first.number}, отменено: направление`);
  expect((await incident(first.id)).step.name).toBe('new');
});

test('what somebody acted on since is refused, by incident, act, person and moment', async () => {
  const before = await routeChosen();
  const agency = must((await incident(before.id)).assignments[0], 'a turn').agency;
  await page.evaluate(
    ([id, holder]) =>
      window.pultConsole.actAs({ id: 'executor-9', role: 'executor', agency: holder }, id, {
        name: 'takeToWork',
        args: {},
      }),
    [before.id, agency] as const,
  );
  await keys('KeyZ');
  await toastWith(`№ ${before.number}. Отменить уже нельзя: после этого сделано «Взято в работу»`);
  expect((await incident(before.id)).step.name).toBe('in_progress');
});

test('the shift no longer counts a message that was taken back', async () => {
  await routeChosen();
  const shift = page.getByText('Смена с');
  await expect.poll(() => shift.innerText()).toContain('разобрано\u00A01');
  await keys('KeyZ');
  await expect.poll(() => shift.innerText()).toContain('разобрано\u00A00');
});

test('a letter Z in a field is a letter', async () => {
  const before = await routeChosen();
  await keys('Slash');
  await page.keyboard.type('z');
  expect(await page.getByRole('searchbox').inputValue()).toBe('z');
  expect((await incident(before.id)).step.name).toBe('assigned');
});

test('the history shows what was taken back struck out, and who took it back', async () => {
  const before = await routeChosen();
  await keys('KeyZ');
  await toastWith('отменено: направление');
  await page.getByRole('button', { name: 'Открыть', exact: true }).last().click();
  await page.getByRole('heading', { name: `№ ${before.number}` }).waitFor();
  const lines = page.getByRole('list', { name: 'История' }).getByRole('listitem');
  await lines.filter({ hasText: 'Отменено: Направлено' }).waitFor();
  await lines.filter({ hasText: 'Отменено: Тема' }).waitFor();
  const struck = lines.locator('del');
  expect((await struck.allInnerTexts()).join()).toMatch(/Направлено.*Тема/s);
});

test('what was done to many messages at once goes back at once, but for what somebody acted on since', async () => {
  const ids = (await page.locator('#queue-rows [role="row"]').evaluateAll((rows) => rows.map(({ id }) => id)))
    .slice(0, 3)
    .map((id) => id.replace('row-', ''));
  const before = await Promise.all(ids.map(incident));
  await page.evaluate(
    async ({ all, key }) => {
      const reject = { name: 'reject', args: { reason: 'spam', comment: '' } } as const;
      const { store } = window.pultConsole;
      const done = await store.dispatchTogether(
        all.map((id) => ({ id, command: reject })),
        'none',
      );
      const acts = done.flatMap((result) =>
        result.ok ? [{ incident: result.id, command: result.undo, name: 'reject', handledAt: null }] : [],
      );
      localStorage.setItem(key, JSON.stringify([{ id: acts[0]?.command, acts }]));
    },
    { all: ids, key: GESTURES },
  );
  const [first, second, third] = before.map((incident) => `№ ${incident.number}`);
  await page.evaluate(
    (id) =>
      window.pultConsole.actAs({ id: 'operator-2', role: 'operator', agency: null }, id, {
        name: 'tag',
        args: { add: ['повтор'], remove: [] },
      }),
    must(ids[1], 'the second'),
  );
  await keys('KeyZ');
  await toastWith(
    `${third} и ${first}: отклонение отменено. ${second}, не отменено: отклонение. Отменить уже нельзя`,
  );
  const after = await Promise.all(ids.map(incident));
  expect(after.map(({ step }) => step.name)).toEqual(['new', 'rejected', 'new']);
  await keys('KeyZ');
  await toastWith('Отменять нечего');
});
