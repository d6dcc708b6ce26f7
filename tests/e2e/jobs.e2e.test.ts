import { afterAll, beforeAll, expect, test } from 'vitest';
import { JOBS } from '#server/jobs/jobs.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';

let server: RunningPult;
beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
});
afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

test.each([
  ['ru', 'light'],
  ['en', 'dark'],
] as const)(
  'an administrator reads in the settings what the centre does by schedule: %s, %s',
  async (language, scheme) => {
    const account = server.account('administrator');
    const shown = await openConsole({ url: server.url, account, language, scheme });
    const { page, t } = shown;
    await page.goto(`${server.url}/settings`);
    const table = page.getByRole('region', { name: t('jobs.table') }).getByRole('table');
    for (const { name } of JOBS)
      await table
        .getByRole('row')
        .filter({ hasText: t(`jobs.name.${name}`) })
        .waitFor();
    // A moment of the region's own time, where another page of the console would write it the same way.
    await expect
      .poll(() => table.getByRole('row').nth(2).getByRole('cell').last().innerText())
      .toMatch(/\d{2}:\d{2}$/);
    expect(await seriousViolations(shown)).toEqual([]);
    expect(shown.troubles).toEqual([]);
    await shown.close();
  },
);

test('nobody else is shown it', async () => {
  const shown = await openConsole({ url: server.url, account: server.account('operator') });
  await shown.page.goto(`${server.url}/settings`);
  await shown.page.getByText(shown.t('settings.about'), { exact: true }).waitFor();
  expect(await shown.page.getByText(shown.t('jobs.title')).count()).toBe(0);
  await shown.close();
});
