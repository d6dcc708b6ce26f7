import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectTruth, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { until } from './harness/until.ts';
import { openNote } from './harness/work.ts';

let server: RunningPult;
let api: ApiClient;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  api = await ApiClient.logIn(server.url, server.account('administrator'));
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

/** Puts the page in line for the operator's local copy; when its turn comes it holds it and says nothing. */
const standInLine = (page: Page): Promise<void> =>
  page.evaluate(() => {
    void navigator.locks.request('pult-owner pult:eao:operator', () => new Promise(() => undefined));
  });

test('windows that wait for one that stands still say so, and go on when it is closed', async () => {
  const { id } = await api.newMessage('Не чистят снег, окно стоит');
  const console_ = await openConsole({ url: server.url, account: server.account('operator') });
  const { page: owner, context, t } = console_;
  const still = await context.newPage();
  await still.goto(`${server.url}/api/v1/openapi.json`);
  await standInLine(still);
  const page = await context.newPage();
  const waiting = { ...console_, page };
  await page.goto(`${server.url}/incident/${id}`);
  await page.getByRole('button', { name: t('incident.actions') }).waitFor();
  await owner.close();

  await openNote(page);
  await page.getByRole('dialog').getByRole('textbox').fill('заметка, которая ждёт');
  await page.keyboard.press('Control+Enter');
  await page.getByText(t('silence.banner')).waitFor();
  await expectTruth(waiting, t('truth.ownerSilent'));
  expect(await seriousViolations(waiting)).toEqual([]);

  const opening = await context.newPage();
  await opening.goto(server.url);
  await opening.getByRole('heading', { name: t('silence.title') }).waitFor();
  expect(await seriousViolations({ ...console_, page: opening })).toEqual([]);

  await still.close();
  await expectTruth(waiting, `${t('truth.live')} · ${t('truth.allSent')}`);
  await expectTruth({ ...console_, page: opening }, t('truth.live'));
  expect(await page.getByText(t('silence.banner')).count()).toBe(0);
  await until(
    'the note has reached the centre',
    async () => must((await api.incidents()).get(id), 'the incident').notes.map(({ text }) => text),
    (notes) => notes.includes('заметка, которая ждёт'),
  );
  expect(console_.troubles).toEqual([]);
  await console_.close();
});
