import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectTruth, logIn, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { PATIENCE_MS } from './harness/until.ts';
import { chooseNew } from './harness/work.ts';

let server: RunningPult;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

/** Makes the window one of another build: its worker knows `joined` under another name. */
async function becomeOtherBuild(page: Page): Promise<void> {
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const body = script.replace(/\bjoined:(?=[\w$]+\(\),)/, 'joinedBefore:');
    if (body === script) throw new Error('The worker’s script names the method otherwise');
    await route.fulfill({ response, body });
  });
  await page.reload();
}

test('beside a window of another build a refused call leads to a reload, and all is there afterwards', async () => {
  const api = await ApiClient.logIn(server.url, server.account('administrator'));
  const { id } = await api.newMessage('Не горит фонарь у школы');
  const owner = await openConsole({ url: server.url });
  await becomeOtherBuild(owner.page);
  await logIn(owner, server.account('operator'));

  const page = await owner.context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(server.url);
  const window = { ...owner, page };
  await expectTruth(window, owner.t('truth.live'));
  await chooseNew(window, id);
  // What the other build knows goes on.
  await page.keyboard.press('KeyC');
  await page.getByText(owner.t('card.claimed')).waitFor();
  await page.keyboard.press('KeyO');
  const banner = page.getByText(owner.t('update.versionsDiffer'));
  await banner.waitFor();
  expect(await seriousViolations(window)).toEqual([]);

  await owner.page.close();
  await page.getByRole('button', { name: owner.t('update.reload'), exact: true }).click();
  await banner.waitFor({ state: 'detached' });
  await expectTruth(window, owner.t('truth.live'));
  await page.getByText('Не горит фонарь у школы').first().waitFor();
  expect(await banner.count()).toBe(0);
  await expect.poll(async () => (await api.incidents()).get(id)?.holder ?? null).not.toBeNull();
});
