import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_LOGINS } from '#shared/protocol/demo.ts';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectTruth, layoutShift, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';

let server: RunningPult;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
});
afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

test('a newcomer is told who is who and is at work with one click, or one key', async () => {
  const console_ = await openConsole({ url: server.url });
  const { page, t } = console_;
  try {
    const people = page.getByRole('region', { name: t('session.demo.title') });
    await people.waitFor();
    for (const login of DEMO_LOGINS) await people.getByText(t(`session.demo.sees.${login}`)).waitFor();
    expect((await layoutShift(console_)).value).toBe(0);
    expect(await seriousViolations(console_)).toEqual([]);
    await people.getByRole('button', { name: 'Мария Левина' }).press('Enter');
    await expectTruth(console_, t('truth.live'));
    expect(console_.troubles).toEqual([]);
  } finally {
    await console_.close();
  }
});

test('whoever reaches the same centre under another address finds fields for a password and nothing else', async () => {
  const line = await BadLine.between(server.url);
  const console_ = await openConsole({ url: line.url });
  try {
    const { page, t } = console_;
    await page.getByLabel(t('session.loginName')).waitFor();
    const people = () => page.evaluate(async () => (await fetch('/api/v1/session/demo')).json());
    expect(await people()).toEqual({ people: [] });
    await page.waitForLoadState('networkidle');
    expect(await page.getByText(t('session.demo.title')).count()).toBe(0);
  } finally {
    await console_.close();
    await line.close();
  }
});

test('the terminal ends with the address, the logins and how to stop', () => {
  const lines = server.output().trimEnd().split('\n');
  expect(lines).toContain(`Pult is ready: ${server.url}`);
  expect(lines.slice(-2)).toEqual([
    `Logins and passwords of the demo region: ${server.dataDir}/demo-accounts.json`,
    'To stop: Ctrl+C',
  ]);
});
