import { rmSync } from 'node:fs';
import type { Browser, Page, Route } from 'playwright-core';
import type { z } from 'zod';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { listedChannelSchema } from '#shared/protocol/channels.ts';
import type { partnersSchema } from '#shared/protocol/partners.ts';
import type { Session } from '#shared/protocol/session.ts';
import ru from '#renderer/locales/ru.json' with { type: 'json' };
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const built = temporaryFolder('session-end');
const ANNA_PARTNER = 'Портал, который читала Анна';
const ANNA_PAGE = 'Страница, которую читала Анна';
const ID = '019aa000-0000-7000-8000-000000000001';

let served: ConsolePage;
let browser: Browser;
let page: Page;
let reader: 'anna' | 'oleg';
/** Requests of Anna's session that the centre answers only when the test says so. */
let held: { readonly route: Route; readonly body: unknown }[];
/** Readings of the next person, which the centre never answers: nothing on the screen can be theirs. */
let unanswered: string[];

beforeAll(async () => {
  served = await serveConsolePage(built);
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await served.server.close();
  rmSync(built, { recursive: true, force: true });
});

const sessionOf = (id: string, displayName: string): Session => ({
  account: { id, login: id, displayName, role: 'administrator', agency: null },
  region: { code: 'eao', name: 'Еврейская автономная область', timeZone: 'Asia/Vladivostok' },
  expiresAt: Date.now() + 86_400_000,
});
const ANNA = sessionOf('anna', 'Анна Ким');
const OLEG = sessionOf('oleg', 'Олег Рябов');

const partners: z.input<typeof partnersSchema> = {
  partners: [
    {
      id: ID,
      name: ANNA_PARTNER,
      reads: 'own',
      webhook: null,
      keyHint: 'abcd',
      createdAt: 1,
      revokedAt: null,
      seenAt: null,
      requests: 3,
      dead: 0,
    },
  ],
  openReading: false,
  endpoint: '/open311/v2/eao',
};

const channel: z.input<typeof listedChannelSchema> = {
  id: ID,
  network: 'vk',
  name: ANNA_PAGE,
  pageId: '1',
  agency: null,
  baseUrl: 'https://api.vk.com',
  certificate: null,
  watch: [],
  rules: { stop: [], ignore: [], off: [] },
  state: 'active',
  reception: 'callback',
  lastEventAt: null,
  caughtUpAt: null,
  recovered: 0,
  trouble: { kind: 'token_dead', detail: '' },
  callback: '/callback',
  health: { delayMs: null, silentSince: null, limitUntil: null, needsYou: 0 },
};

/** Answers Anna as the centre does; `held` answers wait for {@link release}. */
function answerAnna(route: Route, path: string): Promise<void> | void {
  if (path === '/api/v1/partners') return route.fulfill({ json: partners });
  if (path === '/api/v1/channels') return route.fulfill({ json: { channels: [channel] } });
  if (path.endsWith('/deliveries')) return void held.push({ route, body: { deliveries: [] } });
  if (path === `/api/v1/partners/${ID}`) return void held.push({ route, body: { done: true } });
  return route.fulfill({ status: 404, json: { error: { kind: 'not_found', message: '' } } });
}

beforeEach(async () => {
  reader = 'anna';
  held = [];
  unanswered = [];
  const context = await browser.newContext({ locale: 'ru-RU' });
  page = await context.newPage();
  await context.route('**/api/v1/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/api/v1/session')
      return route.request().method() === 'POST'
        ? route.fulfill({ json: reader === 'anna' ? ANNA : OLEG })
        : route.fulfill({ json: {} });
    if (reader === 'anna') return answerAnna(route, pathname);
    unanswered.push(pathname);
  });
  await page.goto(`${served.url}/?login`);
  await logIn();
  await goToPartners();
  await page.getByRole('heading', { name: ANNA_PARTNER }).waitFor();
  await page.getByText(ANNA_PAGE).waitFor();
});

afterEach(() => page.context().close());

async function logIn(): Promise<void> {
  await page.getByLabel(ru.session.loginName).fill(reader);
  await page.getByLabel(ru.session.password, { exact: true }).fill('пароль');
  await page.getByRole('button', { name: ru.session.login, exact: true }).click();
}

/** Within the page: a reload would forget everything by itself. */
async function goToPartners(): Promise<void> {
  const heading = page.getByRole('button', { name: ru.nav.centre, exact: true });
  if ((await heading.getAttribute('aria-expanded')) === 'false') await heading.click();
  await page.getByRole('link', { name: ru.nav.partners }).click();
}

async function logOut(): Promise<void> {
  await page.getByRole('button', { name: ANNA.account.displayName }).click();
  await page.getByRole('menuitem', { name: ru.session.logout }).click();
  await page.getByLabel(ru.session.loginName).waitFor();
  reader = 'oleg';
}

/** The centre answers what Anna's session was still waiting for. */
async function release(): Promise<void> {
  expect(held.length).toBeGreaterThan(0);
  for (const { route, body } of held) {
    const answered = page.waitForResponse(route.request().url());
    await route.fulfill({ json: body });
    await (await answered).finished();
  }
  await page.evaluate(() => new Promise<void>((done) => requestAnimationFrame(() => setTimeout(done, 0))));
}

/** Oleg is here and is told that his partners are being read; nothing that Anna read is on the screen. */
async function expectNothingOfAnna(): Promise<void> {
  await page.getByRole('button', { name: OLEG.account.displayName }).waitFor();
  expect(await page.getByText(ANNA_PAGE).count()).toBe(0);
  await goToPartners();
  await page.getByLabel(ru.centre.reading).waitFor();
  await expect.poll(() => unanswered).toContain('/api/v1/partners');
  expect(await page.getByText(/Анна/).count()).toBe(0);
}

test('who logs in after a logout sees nothing that was read from the centre before, nor what comes late', async () => {
  await page.getByRole('button', { name: ru.partners.log }).click();
  await expect.poll(() => held.length).toBe(1);
  await logOut();
  await logIn();
  await expectNothingOfAnna();
  await release();
  await expectNothingOfAnna();
});

test('nor does who logs in within the same second in another window', async () => {
  const other = await page.context().newPage();
  // A page of the same origin without a console in it: any other address is one.
  await other.route('**/blank', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await other.goto(`${served.url}/blank`);
  reader = 'oleg';
  await other.evaluate((text) => localStorage.setItem('pult.session', text), JSON.stringify(OLEG));
  // A window that closes before the browser has passed its word on has said nothing to anybody.
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('pult.session')))
    .toContain(OLEG.account.id);
  // A page behind another draws no frames, and a click waits for one.
  await other.close();
  await page.bringToFront();
  await expectNothingOfAnna();
  await expect.poll(() => unanswered).toContain('/api/v1/channels');
});

test('the answer to an action of the last session is told to nobody', async () => {
  await page.getByRole('button', { name: ru.partners.change }).click();
  await page.getByRole('button', { name: ru.partners.save, exact: true }).click();
  await expect.poll(() => held.length).toBe(1);
  expect(must(held[0], 'the change').route.request().method()).toBe('PUT');
  await logOut();
  await logIn();
  await page.getByRole('button', { name: OLEG.account.displayName }).waitFor();
  await release();
  await expectNothingOfAnna();
});
