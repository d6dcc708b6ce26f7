import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { drawn } from '#tests/e2e/harness/drawn.ts';
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

interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
  readonly language?: 'ru' | 'en';
}

async function open(
  path: string,
  { width = 1366, height = 768, scheme = 'light', language = 'ru' }: Look = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: 'ru-RU',
  });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  const page = await context.newPage();
  await page.goto(served.url + path);
  await page.locator('nav, form').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await drawn(page);
  return page;
}

const chosen = (page: Page): Promise<string | null> =>
  page.locator('#queue-rows').getAttribute('aria-activedescendant');

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'] })).violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

const SCREENS = ['/queue/new', '/queue/agencies', '/queue/overdue', '/not-accepted', '/settings', '/?login'];

describe.each(['light', 'dark'] as const)('%s', (scheme) => {
  test.each(SCREENS)('%s has nothing axe complains of', async (path) => {
    const page = await open(path, { scheme });
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('neither has an open incident', async () => {
    const page = await open('/queue/approval', { scheme });
    await expect.poll(() => chosen(page)).not.toBeNull();
    await page.keyboard.press('KeyO');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

test.each([
  [1366, 768],
  [1920, 1080],
  [2560, 1440],
])(
  'nothing is cut off or pushed out at %d × %d, in either language, with the network away',
  async (width, height) => {
    for (const language of ['ru', 'en'] as const) {
      const page = await open('/queue/new', { width, height, language });
      await page.evaluate(() =>
        window.pultConsole.setStatus({
          connection: { state: 'offline', since: Date.now() - 86_400_000, retryAt: null },
          unsent: 113,
        }),
      );
      const truth = page.locator('header [role="status"]');
      await expect.poll(() => truth.innerText()).toContain('113');
      const isWhole = await truth.evaluate((element) => element.scrollWidth <= element.clientWidth);
      const isInside = await page.evaluate(
        () =>
          document.documentElement.scrollWidth <= innerWidth &&
          document.documentElement.scrollHeight <= innerHeight,
      );
      expect({ language, isWhole, isInside }).toEqual({ language, isWhole: true, isInside: true });
      await page.context().close();
    }
  },
);

const cutDeadlines = (page: Page): Promise<readonly string[]> =>
  page
    .locator('[role=row] small')
    .evaluateAll((all) =>
      all
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
    );

test.each(['ru', 'en'] as const)('in %s no deadline of the queue is cut', async (language) => {
  const page = await open('/queue/overdue', { language });
  await page.locator('[role=row] small').first().waitFor();
  expect(await cutDeadlines(page)).toEqual([]);
  await page.goto(`${served.url}/queue/new`);
  await page.locator('[role=row] small').first().waitFor();
  expect(await cutDeadlines(page)).toEqual([]);
  await page.context().close();
});

test('the row and the card beside it tell the same time left', async () => {
  const page = await open('/queue/overdue');
  const row = page.locator('[role=row][aria-selected=true]');
  const [, hours, minutes] = must(/^\u2212?(\d+):(\d\d)/.exec(await row.innerText()), 'a time left');
  const left = [
    Number(hours) > 0 ? `${Number(hours)}\u00A0ч` : '',
    Number(minutes) > 0 || hours === '0' ? `${Number(minutes)}\u00A0мин` : '',
  ];
  expect(await page.locator('[data-why]').innerText()).toContain(` ${left.filter(Boolean).join('\u00A0')} `);
  await page.context().close();
});

test('at a zoom of 200 % the way out is on the screen and rows still tell what they are about', async () => {
  const page = await open('/queue/new', { width: 683, height: 384 });
  await expect.poll(() => page.locator('[role=gridcell]').nth(1).innerText()).not.toBe('');
  const isWithin = (selector: string): Promise<boolean> =>
    page
      .locator(selector)
      .evaluate((element) => element.getBoundingClientRect().right <= document.documentElement.clientWidth);
  expect(await isWithin('header [aria-haspopup=menu]')).toBe(true);
  const box = must(await page.locator('[role=gridcell]').nth(1).boundingBox(), 'a cell');
  expect(box.width).toBeGreaterThan(100);
  const answer = must(await page.locator('aside button[aria-pressed]').first().boundingBox(), 'an answer');
  expect(answer.width).toBeGreaterThan(200);
  await page.context().close();
});

test.each([
  '/reports/2022-01?size=full',
  '/reports/week-2022-01-17?size=note',
  '/broadcast/2022-01',
  '/ledger/2022-01',
])('while the archive is still arriving %s says what is missing instead of printing', async (path) => {
  const page = await open(path);
  await page.evaluate(() =>
    window.pultConsole.setStatus({
      archiveComplete: false,
      connection: { state: 'downloading', part: 'closed', rows: 1200, estimate: 7000 },
    }),
  );
  const missing = page.getByRole('status').filter({ hasText: /1.200 из примерно 7.000/ });
  await missing.waitFor();
  expect(await page.getByRole('button', { name: /Напечатать/ }).isDisabled()).toBe(true);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('article:visible').count()).toBe(0);
  expect(await missing.isVisible()).toBe(true);
  await page.context().close();
});

test('a message is triaged by keys alone, in the Russian layout, and the next one is chosen', async () => {
  const page = await open('/queue/new');
  const first = await chosen(page);
  const second = await page.locator('[role="row"][aria-rowindex="2"]').getAttribute('id');
  expect(first).not.toBeNull();
  for (const code of ['KeyT', 'Digit1', 'KeyR', 'Digit1', 'Enter']) {
    await page.evaluate(
      (key) =>
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { code: key, key: 'ж', bubbles: true, cancelable: true }),
        ),
      code,
    );
    await drawn(page);
  }
  await expect.poll(() => chosen(page)).toBe(second);
  await page.getByRole('button', { name: 'Отменить' }).waitFor();
  const step = await page.evaluate(
    async (id) => (await window.pultConsole.store.incident(id))?.step.name,
    (first ?? '').replace('row-', ''),
  );
  expect(step).toBe('assigned');
  await page.context().close();
});

test('letters typed into a field are letters, not commands', async () => {
  const page = await open('/queue/new');
  await page.keyboard.press('Slash');
  await page.keyboard.type('jjx');
  expect(await page.getByRole('searchbox').inputValue()).toBe('jjx');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.context().close();
});

test('a half-written reply is there again after a reload', async () => {
  const page = await open('/queue/agencies');
  await page.evaluate(async () => {
    const query = {
      lane: 'agencies',
      municipalities: [],
      groups: [],
      topics: [],
      agencies: [],
      networks: [],
      text: '',
      from: null,
      to: null,
      sort: 'due',
    } as const;
    const { rows } = await window.pultConsole.store.queue(query, 0, 50);
    const row = rows.find(({ step }) => step === 'in_progress');
    history.pushState(null, '', `/incident/${row?.id}`);
  });
  await page.getByRole('textbox', { name: 'Ответ автору' }).fill('Начатый ответ, дописанный.');
  const path = new URL(page.url()).pathname;
  await page.goto(`${served.url}${path}`);
  expect(await page.getByRole('textbox', { name: 'Ответ автору' }).inputValue()).toBe(
    'Начатый ответ, дописанный.',
  );
  await page.context().close();
});

test('a part of a card that cannot be read leaves the rest of it in sight', async () => {
  const page = await open('/queue/agencies');
  await page.evaluate(async () => {
    const query = {
      lane: 'agencies',
      municipalities: [],
      groups: [],
      topics: [],
      agencies: [],
      networks: [],
      text: '',
      from: null,
      to: null,
      sort: 'due',
    } as const;
    const { store } = window.pultConsole;
    const { rows } = await store.queue(query, 0, 50);
    const read = store.incident;
    Object.assign(store, {
      incident: async (id: string) => ({ ...(await read(id)), notes: [null] }),
    });
    history.pushState(null, '', `/incident/${rows.find(({ step }) => step === 'in_progress')?.id}`);
  });
  await page.getByText('Эту часть карточки нельзя прочитать').waitFor();
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('№');
  expect(await page.locator('blockquote').first().textContent()).not.toBe('');
  expect(await page.getByRole('textbox', { name: 'Ответ автору' }).isEditable()).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.context().close();
});

test('a promise in the text becomes a dated control before the reply goes on', async () => {
  const page = await open('/queue/agencies');
  const id = await page.evaluate(async () => {
    const query = {
      lane: 'agencies',
      municipalities: [],
      groups: [],
      topics: [],
      agencies: [],
      networks: [],
      text: '',
      from: null,
      to: null,
      sort: 'due',
    } as const;
    const { rows } = await window.pultConsole.store.queue(query, 0, 50);
    const row = rows.find(({ step }) => step === 'in_progress');
    history.pushState(null, '', `/incident/${row?.id}`);
    return row?.id ?? '';
  });
  const field = page.getByRole('textbox', { name: 'Ответ автору' });
  await field.fill('Здравствуйте! Дорогу очистим до пятницы.');
  await page.getByText('«до пятницы»').waitFor();
  await field.press('Control+Enter');
  await page.getByText('На согласовании', { exact: true }).last().waitFor();
  const promises = await page.evaluate(
    async (incident) =>
      (await window.pultConsole.store.incident(incident))?.replies
        .at(-1)
        ?.promises.map(({ phrase }) => phrase),
    id,
  );
  expect(promises).toEqual(['до пятницы']);
  await page.context().close();
});

test('an undo refused for good is looked at, not sent again', async () => {
  const page = await open('/not-accepted');
  await page.evaluate(() => {
    const why = {
      kind: 'refused',
      refusal: { kind: 'acted_on_top', act: 'returnedToCentre', by: 'operator-2', at: Date.now() },
    } as const;
    const args = { event: 'y' };
    const at = Date.now();
    window.pultConsole.addNotAccepted({
      id: 'x',
      incident: 'i',
      name: 'undo@1',
      args,
      at,
      actor: 'operator-1',
      decidedAt: at,
      why,
    });
  });
  await page.getByText('Отменить уже нельзя').waitFor();
  expect(await page.locator('article button').allInnerTexts()).toEqual(['Открыть', 'Отказаться']);
  await page.context().close();
});

test('what was not accepted shows the reason, the typed text, and goes again against what is now', async () => {
  const page = await open('/not-accepted');
  const id = await page.evaluate(async () => {
    const query = {
      lane: 'agencies',
      municipalities: [],
      groups: [],
      topics: [],
      agencies: [],
      networks: [],
      text: '',
      from: null,
      to: null,
      sort: 'due',
    } as const;
    const { rows } = await window.pultConsole.store.queue(query, 0, 1);
    const incident = rows[0]?.id ?? '';
    const why = {
      kind: 'refused',
      refusal: { kind: 'already_routed', to: 'meriya-birobidzhan', by: 'operator-2', at: Date.now() },
    } as const;
    window.pultConsole.addNotAccepted({
      id: 'x',
      incident,
      name: 'route@1',
      args: { agency: 'dep-zhkh', unit: '', from: '', reason: 'по теме' },
      at: Date.now(),
      actor: 'operator-1',
      decidedAt: Date.now(),
      why,
    });
    return incident;
  });
  await page.getByText('Уже направлено: Мэрия Биробиджана').waitFor();
  await page.getByText('по теме').waitFor();
  await page.getByRole('button', { name: 'Применить к нынешнему состоянию' }).click();
  await page.getByText('Всё принято').waitFor();
  const agency = await page.evaluate(
    async (incident) => (await window.pultConsole.store.incident(incident))?.assignments.at(-1)?.agency,
    id,
  );
  expect(agency).toBe('dep-zhkh');
  await page.context().close();
});
