import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import { ApiClient } from './harness/api-client.ts';
import { closeBrowser, expectAllSent, expectTruth, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';

const REMARK = 'Для заседания правительства';

let server: RunningPult;
let line: BadLine;
let mine: TestConsole;

const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const received = (): Promise<string> =>
  mine.page.locator('article.sheet [data-figure="received"]').first().innerText();

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  line = await BadLine.between(server.url);
  mine = await openConsole({ url: line.url, account: server.account('approver') });
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

test('one key issues the month: number, name, remark and checksum stand on the sheet and on its one printed page', async () => {
  const { page, t } = mine;
  await page.goto(`${line.url}/reports/2022-01`);
  await page.locator('article.sheet').waitFor();
  await page.keyboard.press('KeyI');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('report.issue.remark')).fill(REMARK);
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/issue=1/);
  const issued = page.locator('article.sheet .issued');
  await issued.waitFor();
  expect(plain(await issued.innerText())).toMatch(
    new RegExp(`Выпуск 1 от \\d\\d\\.\\d\\d\\.\\d{4} \\d\\d:\\d\\d · .+ · ${REMARK}`),
  );
  expect(await received()).toBe('389');
  await page.getByText(t('report.issue.unchangedShort')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g)).toHaveLength(1);
});

test('its JSON from the console and from the command line is, to the character, what the checksum is of', async () => {
  const { page, t } = mine;
  const sha256 = await page.locator('article.sheet .issued code').innerText();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByRole('button', { name: t('report.save') }).click();
      await page.getByRole('menuitem', { name: t('report.asJson') }).click();
    })(),
  ]);
  expect(download.suggestedFilename()).toBe('pult-eao-2022-01-issue-1.json');
  const saved = await readFile(must(await download.path(), 'a saved file'));
  expect(createHash('sha256').update(saved).digest('hex')).toBe(sha256);
  const args = ['--region', 'eao', '--month', '2022-01', '--issued', '1', '--data', server.dataDir];
  const { stdout, stderr } = await runScript('server/cli/report.ts', args);
  expect(stderr).toBe('');
  expect(stdout).toBe(saved.toString());
  const missing = await runScript('server/cli/report.ts', args.with(5, '9'));
  expect(missing.stderr).toContain('There is no issue "9"');
  expect(missing.code).not.toBe(0);
});

test('a correction afterwards is told, figure by figure, and each figure opens what it counts now', async () => {
  const { page, t } = mine;
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('issue'));
  const api = await ApiClient.logIn(server.url, server.account('administrator'));
  const rows = [...(await api.incidents()).values()];
  const solved = must(
    rows.find(({ step, createdAt }) => step.name === 'done' && createdAt < Date.UTC(2022, 0, 20)),
    'a finished incident of January',
  );
  await api.push([api.envelope(solved.id, 'reopen', { reason: 'Жители пишут, что не сделано' })]);
  const changed = page.locator('[data-changed]');
  await changed.waitFor({ timeout: 60_000 });
  await page.keyboard.press('KeyD');
  await page.waitForURL(/show=changes/);
  const inWork = page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: t('report.figure.inWork'), exact: true }) });
  const [was = '', now = ''] = (await inWork.getByRole('cell').allInnerTexts()).map(plain);
  expect(Number(now)).toBe(Number(was) + 1);
  expect(await seriousViolations(mine)).toEqual([]);
  await inWork.getByRole('button').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText(t('report.incidents', { count: Number(now) })).waitFor();
  await page.keyboard.press('Escape');
  await drawer.waitFor({ state: 'detached' });
  // The key that closes the drawer closes nothing else.
  expect(page.url()).toContain('show=changes');
  await page.getByRole('button', { name: t('report.issue.toIssue') }).click();
  await page.locator('article.sheet .issued').waitFor();
  expect(await received()).toBe('389');
});

test('without the network an issue that was seen is read and compared, and issuing says what it needs', async () => {
  const { page, t } = mine;
  await expectAllSent(mine);
  line.set({ kind: 'refused' });
  await expectTruth(mine, t('truth.offline', { since: '' }).trim());
  await page.evaluate(() => history.pushState(null, '', '/reports/2021-12'));
  await page.evaluate(() => history.pushState(null, '', '/reports/2022-01?issue=1'));
  await page.locator('article.sheet .issued').waitFor();
  await page.locator('[data-changed]').waitFor();
  await page.evaluate(() => history.pushState(null, '', '/reports/2022-01?issue=7'));
  await page
    .getByText(t('report.issue.neverSeen', { name: t('report.issue.numbered', { number: 7 }) }))
    .waitFor();
  await page.keyboard.press('KeyI');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(t('report.issue.needsCentre')).waitFor();
  expect(await dialog.getByRole('button', { name: t('report.issue.issue'), exact: true }).isDisabled()).toBe(
    true,
  );
  await page.keyboard.press('Escape');
  line.set({ kind: 'up' });
});

test('any two periods are compared by the keyboard, and the sheet says with what', async () => {
  const { page, t } = mine;
  await page.goto(`${line.url}/reports/2022-01?size=full`);
  await page.locator('article.sheet.full').waitFor();
  await page.keyboard.press('KeyC');
  await page.getByLabel(t('report.form.from'), { exact: true }).fill('2022-01-01');
  await page.getByLabel(t('report.form.to'), { exact: true }).fill('2022-01-10');
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.waitForURL(/compare=2022-01-01\.\.2022-01-10/);
  await page.locator('article.sheet').getByText('1–10 января 2022').first().waitFor();
});

test('a breakdown adds up to the month, and its numbers open their incidents', async () => {
  const { page, t } = mine;
  await page.keyboard.press('KeyP');
  const table = page.getByRole('table', { name: t('nav.pivot') });
  await table.waitFor();
  const grand = table.locator('tfoot button').last();
  expect(await grand.innerText()).toBe('389');
  await grand.focus();
  await page.keyboard.press('ArrowUp');
  const focused = page.locator(':focus');
  const count = Number(await focused.innerText());
  expect(count).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText(t('report.incidents', { count })).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('KeyS');
  await page.waitForURL(/rows=municipality&columns=group/);
  expect(await table.locator('tfoot button').last().innerText()).toBe('389');
  expect(await seriousViolations(mine)).toEqual([]);
  expect(mine.troubles).toEqual([]);
});
