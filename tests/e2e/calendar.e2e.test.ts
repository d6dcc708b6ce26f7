import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

let server: RunningPult;
let line: BadLine;
let mine: TestConsole;
let api: ApiClient;
/** A message of now, whose deadline runs. */
let open: string;

beforeAll(async () => {
  server = await startServer();
  line = await BadLine.between(server.url);
  api = await ApiClient.logIn(server.url, server.account('operator'));
  open = (await api.newMessage('Яма на дороге')).id;
  mine = await openConsole({ url: line.url, account: server.account('administrator') });
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

const message = async (): Promise<Incident> => must((await api.incidents()).get(open), 'the message');

/** The local day of a message's deadline, and the day after. */
async function dueDay(): Promise<string> {
  const { due } = await message();
  return new Date((due?.at ?? 0) + 10 * 3_600_000).toISOString().slice(0, 10);
}

const day = ({ page }: TestConsole, date: string) => page.locator(`[data-date="${date}"]`);

test('a holiday is entered by the keyboard alone, shows what it moves, and moves it', async () => {
  const { page, t } = mine;
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyY');
  await page.getByRole('heading', { name: t('calendar.title'), level: 1 }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  const date = await dueDay();
  await page.locator('[data-date][tabindex="0"]').focus();
  await until(
    'the day of the deadline has the focus',
    async () => {
      const at = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['date'] ?? '');
      if (at < date) await page.keyboard.press('ArrowRight');
      return at;
    },
    (at) => at === date,
  );
  await page.keyboard.press('Enter');
  await page
    .getByRole('radio', { name: t('calendar.choice.week') })
    .and(page.locator(':focus'))
    .waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowDown');
  await page.getByText(/Сдвин\S+ \d+ срок/).waitFor();
  await page.getByRole('button', { name: t('calendar.save') }).press('Enter');
  await page.getByText(t('calendar.unnamed')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  const reason = page.getByRole('textbox', { name: t('calendar.reason') });
  await reason.focus();
  await page.keyboard.type('День области');
  await expect.poll(() => day(mine, date).getAttribute('aria-label')).toContain('День области');
  const list = page.getByRole('list', { name: t('movedDeadlines.first') });
  await list.getByRole('link').first().waitFor();
  const before = (await message()).due;
  await page.getByRole('button', { name: t('calendar.save') }).press('Enter');
  await page.getByText(t('calendar.saved')).waitFor();
  await expectAllSent(mine);
  const after = await until(
    'the deadline has moved',
    message,
    ({ due }) => due !== null && before !== null && due.at > before.at,
    90_000,
  );
  expect(after.history.length).toBe((await message()).history.length);
  expect(mine.troubles).toEqual([]);
});

test('what is begun outlives a look at an incident, and two administrators keep both their days', async () => {
  const { page, t } = mine;
  const year = new Date().getUTCFullYear() + 1;
  await page.goto(`${line.url}/calendar/${year}`);
  await day(mine, `${year}-09-15`).click();
  await page.getByText(t('calendar.choice.off'), { exact: true }).click();
  await page.getByRole('textbox', { name: t('calendar.reason') }).fill('День края');
  await page.getByText(t('calendar.changes'), { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.goto(`${line.url}/incident/${open}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const other = await openConsole({ url: server.url, account: server.account('administrator') });
  await other.page.goto(`${server.url}/calendar/${year}`);
  await day(other, `${year}-10-06`).click();
  await other.page.getByText(t('calendar.choice.off'), { exact: true }).click();
  await other.page.getByRole('textbox', { name: t('calendar.reason') }).fill('Юбилей города');
  await other.page.getByRole('button', { name: t('calendar.save') }).click();
  await other.page.getByText(t('calendar.saved')).waitFor();
  await expectAllSent(other);
  await other.close();
  await page.goto(`${line.url}/calendar/${year}`);
  await expect.poll(() => day(mine, `${year}-10-06`).getAttribute('aria-label')).toContain('Юбилей города');
  await expect.poll(() => day(mine, `${year}-09-15`).getAttribute('aria-label')).toContain('День края');
  await page.getByRole('button', { name: t('calendar.save') }).click();
  await page.getByText(t('calendar.saved')).waitFor();
  await expectAllSent(mine);
  for (const date of [`${year}-10-06`, `${year}-09-15`])
    expect(await day(mine, date).getAttribute('data-kind')).toBe('holiday');
});

test('hours of the week are changed without a network; wrong ones say why', async () => {
  const { page, t } = mine;
  line.set({ kind: 'refused' });
  await page.getByRole('button', { name: t('calendar.week.open') }).click();
  const dialog = page.getByRole('dialog', { name: t('calendar.week.title') });
  const end = dialog.getByRole('textbox', { name: `понедельник: ${t('calendar.hours.to')}` });
  await end.fill('8');
  await end.press('Enter');
  await dialog.getByText(/кончаются раньше, чем начинаются/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await end.fill('1800');
  await end.press('Enter');
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: t('leaving.typed.title') });
  await question.getByRole('button', { name: t('leaving.stay') }).click();
  await question.waitFor({ state: 'detached' });
  for (const [name, time] of [
    ['breakFrom', '13:00'],
    ['breakTo', '14:00'],
  ] as const) {
    const field = dialog.getByRole('textbox', { name: `понедельник: ${t(`calendar.hours.${name}`)}` });
    await field.fill(time);
    await field.press('Enter');
  }
  await dialog.getByRole('button', { name: t('calendar.week.take') }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(new RegExp(t('calendar.changedWeek'))).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('calendar.save') }).click();
  await page.getByText(t('calendar.saved')).waitFor();
  line.set({ kind: 'up' });
  await expectAllSent(mine);
});

/** Chooses a file of days in the dialog that «Таблица» opens. */
async function chooseFile({ page, t }: TestConsole, name: string, buffer: Buffer) {
  await page.getByRole('button', { name: t('settingsLoad.table') }).press('Enter');
  await page.getByRole('menuitem', { name: t('settingsLoad.fromFile') }).press('Enter');
  const dialog = page.getByRole('dialog', { name: t('settingsLoad.title.calendar') });
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await seriousViolations(mine)).toEqual([]);
  const mimeType = 'application/octet-stream';
  await dialog.locator('input[type=file]').setInputFiles({ name, mimeType, buffer });
  return dialog;
}

test('days come from a file with what they move, go out the same, and are taken back day by day', async () => {
  const { page, t } = mine;
  const date = await dueDay();
  const next = `${Number(date.slice(0, 4)) + 1}-11-11`;
  const lines = [
    `${date};выходной;День города`,
    `${next};10:00-15:00;Короче`,
    '31.02.2030;выходной;',
    'вт;как обычно;',
  ];
  const file = ['День;Рабочие часы;Почему', ...lines].join('\n');
  const dialog = await chooseFile(mine, 'дни.csv', Buffer.from(file));
  await dialog.getByText(/нужен вида 31.12.2026/).waitFor();
  await dialog.getByText(/не читается как часы дня/).waitFor();
  await dialog.getByText(/Сдвин\S+ \d+ срок/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: 'Загрузить 2 записи' }).press('Enter');
  await page.getByText('Загружено 2 записи').waitFor();
  await expectAllSent(mine);
  await page.goto(`${line.url}/calendar/${next.slice(0, 4)}`);
  await expect.poll(() => day(mine, next).getAttribute('aria-label')).toContain('Короче');

  const downloads = page.waitForEvent('download');
  await page.getByRole('button', { name: t('settingsLoad.table') }).press('Enter');
  await page.getByRole('menuitem', { name: t('settingsLoad.save.xlsx') }).press('Enter');
  const saved = await (await downloads).path();
  const again = await chooseFile(mine, 'снова.xlsx', readFileSync(saved));
  await again.getByRole('button', { name: t('settingsLoad.nothing') }).waitFor();
  await again.getByRole('button', { name: t('common.close') }).press('Enter');

  await page.getByRole('button', { name: t('settingsLoad.table') }).press('Enter');
  await page.getByRole('menuitem', { name: t('settingsLoad.recent') }).press('Enter');
  await page.getByRole('button', { name: t('settingsLoad.takeBack') }).press('Enter');
  await page.getByText('Станут как были: 2 записи.').waitFor();
  await page.getByRole('button', { name: t('settingsLoad.takeBack') }).press('Enter');
  await page.getByText('Загрузка отменена: 2 записи').waitFor();
  await expectAllSent(mine);
  await page.keyboard.press('Escape');
  await expect.poll(() => day(mine, next).getAttribute('aria-label')).not.toContain('Короче');
  expect(mine.troubles).toEqual([]);
});

test('a year without holidays is told, and nobody else keeps the calendar', async () => {
  const { page, t } = mine;
  await page.goto(`${line.url}/calendar/2034`);
  await page.getByText(t('calendar.without.title', { year: 2034 })).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  const other = await openConsole({ url: server.url, account: server.account('operator') });
  await other.page.goto(`${server.url}/calendar`);
  await other.page.getByText(t('calendar.mayNot')).waitFor();
  await other.page.goto(`${server.url}/deadlines`);
  await other.page.getByText(t('deadlines.mayNot')).waitFor();
  await other.close();
});

test.each([
  ['ru', 'light', 1366, 768],
  ['en', 'dark', 1366, 768],
  ['ru', 'dark', 683, 384],
] as const)(
  '%s, %s, at %d × %d nothing is pushed out or hard to read',
  async (language, scheme, width, height) => {
    const account = server.account('administrator');
    const shown = await openConsole({
      url: server.url,
      account,
      language,
      scheme,
      viewport: { width, height },
    });
    for (const path of ['/calendar', '/deadlines', '/deadlines/new']) {
      await shown.page.goto(server.url + path);
      await shown.page.getByRole('heading', { level: 1 }).waitFor();
      expect(await seriousViolations(shown)).toEqual([]);
      expect(await shown.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
    await shown.close();
  },
);
