import { afterAll, beforeAll, expect, test } from 'vitest';
import { BadLine } from './harness/bad-line.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { closeBrowser, expectAllSent, openConsole, type TestConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';

const TITLE = 'Чистые крыши: куда звонить о сосульках';

let server: RunningPult;
let line: BadLine;
let mine: TestConsole;
let other: TestConsole;

beforeAll(async () => {
  server = await startServer();
  line = await BadLine.between(server.url);
  mine = await openConsole({ url: line.url, account: server.account('operator') });
  other = await openConsole({ url: server.url, account: server.account('approver') });
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

test('a campaign written down without a network is in the summary at once, and on the other console when the line is back', async () => {
  const { page, t } = mine;
  line.set({ kind: 'refused' });
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyK');
  await page.getByRole('button', { name: t('records.new.campaign') }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel(t('records.field.title')).fill(TITLE);
  await form.getByLabel(t('records.field.from')).fill('2022-01-10');
  await form.getByLabel(t('records.field.to')).fill('2022-01-21');
  await form.getByLabel(t('records.field.reason')).fill('Третью неделю спрашивают о сосульках');
  await form.getByRole('button', { name: t('records.save') }).click();
  await page.getByRole('link', { name: TITLE }).waitFor();
  await page.evaluate(() => history.pushState(null, '', '/reports/2022-01?size=full'));
  await page.locator('article.sheet').getByText(TITLE).waitFor();
  line.set({ kind: 'up' });
  await expectAllSent(mine);
  await other.page.goto(`${server.url}/reports/2022-01?size=full`);
  const there = other.page.locator('article.sheet').getByText(TITLE);
  await there.waitFor();
  expect(await there.count()).toBe(1);
});

test('what was typed outlives the window, and a record removed by mistake comes back', async () => {
  const { page, t } = other;
  await page.goto(`${server.url}/records/campaign`);
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('dialog').getByLabel(t('records.field.note')).fill('Повторить в марте');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: TITLE }).click();
  const note = page.getByRole('dialog').getByLabel(t('records.field.note'));
  expect(await note.inputValue()).toBe('Повторить в марте');
  await page.getByRole('button', { name: t('records.save') }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('button', { name: t('records.remove') }).click();
  await page.getByRole('link', { name: TITLE }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: t('common.undo') }).click();
  await page.getByRole('link', { name: TITLE }).waitFor();
  await expectAllSent(other);
});

test('the registers can be used with a reader of screens', async () => {
  const { page, t } = other;
  expect(await seriousViolations(other)).toEqual([]);
  await page.getByRole('link', { name: t('nav.records') }).waitFor();
  await page.goto(`${server.url}/records/activity/new`);
  await page.getByRole('dialog').getByLabel(t('records.field.place')).waitFor();
  await page
    .getByRole('button', { name: t('records.addLine') })
    .first()
    .click();
  expect(await seriousViolations(other)).toEqual([]);
  expect(other.troubles).toEqual([]);
});
