import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import {
  closeBrowser,
  expectAllSent,
  expectTruth,
  layoutShift,
  logIn,
  openConsole,
} from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { drawn } from './harness/drawn.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import { chooseNew, triageByKeyboard } from './harness/work.ts';

let server: RunningPult;
let line: BadLine;
let api: ApiClient;
let incident: string;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('administrator'));
  const rows = [...(await api.incidents()).values()];
  incident = must(
    rows.find(({ step }) => step.name === 'approval'),
    'an incident on approval',
  ).id;
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

/** Leaves one action in «Not accepted»: routed here without the network after somebody else had routed it. */
async function makeNotAccepted(console_: TestConsole): Promise<void> {
  const other = await openConsole({ url: server.url, account: server.account('operator2') });
  const { id } = await api.newMessage('Не чистят снег у подъезда, спор двух операторов');
  await chooseNew(console_, id);
  line.set({ kind: 'refused' });
  await chooseNew(other, id);
  await triageByKeyboard(other, { topic: 'снег', municipality: 'Биробиджан', agency: 'Мэрия' });
  await expectAllSent(other);
  await triageByKeyboard(console_, { topic: 'снег', municipality: 'Биробиджан', agency: 'Департамент' });
  await expectTruth(console_, console_.t('truth.unsent', { count: 3 }).replace('3', ''));
  line.set({ kind: 'up' });
  await console_.page.locator('header [role="status"]').click();
  await expectAllSent(console_);
  await other.close();
}

const SCREENS: readonly (readonly [string, (console_: TestConsole) => Promise<void>])[] = [
  ['/queue/new', async ({ page }) => page.locator('#queue-rows [role="row"]').first().waitFor()],
  ['/incident/', async ({ page, t }) => page.getByRole('list', { name: t('incident.history') }).waitFor()],
  ['/not-accepted', async ({ page }) => page.getByRole('heading', { level: 1 }).waitFor()],
  ['/import', async ({ page }) => page.getByRole('heading', { level: 1 }).waitFor()],
  ['/reports/2022-01', async ({ page }) => page.locator('article.sheet').waitFor()],
  ['/settings', async ({ page, t }) => page.getByText(t('settings.about'), { exact: true }).waitFor()],
];

/** Small enough not to be noticed; a column or a card that jumps is ten times that. */
const SHIFT_LIMIT = 0.05;

test('what these tests look for would be found: an unnamed button, and a block that pushes the page down', async () => {
  const console_ = await openConsole({ url: line.url });
  await console_.page.getByLabel(console_.t('session.loginName')).waitFor();
  await drawn(console_.page);
  await console_.page.evaluate(() =>
    document
      .querySelector('main')
      ?.before(
        document.createElement('button'),
        Object.assign(document.createElement('div'), { style: 'height: 300px' }),
      ),
  );
  expect((await seriousViolations(console_)).join()).toContain('button-name');
  await expect.poll(async () => (await layoutShift(console_)).value).toBeGreaterThan(SHIFT_LIMIT);
  await console_.close();
});

/** Words are the language's and colours the scheme's: two looks see both of each. */
test.each([
  ['ru', 'light'],
  ['en', 'dark'],
] as const)(
  'every screen in %s, %s: nothing serious for axe, nothing jumps at 1366×768',
  async (language, scheme) => {
    const console_ = await openConsole({ url: line.url, language, scheme });
    await console_.page.getByLabel(console_.t('session.loginName')).waitFor();
    const found: Record<string, readonly string[]> = { login: await seriousViolations(console_) };
    const shifts: Record<string, string> = {};
    await logIn(console_, server.account('operator'));
    if (language === 'ru' && scheme === 'light') await makeNotAccepted(console_);
    for (const [path, isThere] of SCREENS) {
      await console_.page.goto(`${line.url}${path === '/incident/' ? path + incident : path}`);
      await isThere(console_);
      await expectAllSent(console_);
      found[path] = await seriousViolations(console_);
      const { value, largest } = await layoutShift(console_);
      if (value > SHIFT_LIMIT) shifts[path] = `${value.toFixed(3)}: ${largest.slice(0, 4).join(' || ')}`;
    }
    expect(Object.entries(found).filter(([, violations]) => violations.length > 0)).toEqual([]);
    expect(shifts).toEqual({});
    expect(console_.troubles).toEqual([]);
    await console_.close();
  },
);
