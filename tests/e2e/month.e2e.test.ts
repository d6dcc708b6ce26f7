import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import type { MonthReport } from '#shared/report/month.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, openConsole, type TestConsole } from './harness/console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';
import { until } from './harness/until.ts';

let server: RunningPult;
let russian: TestConsole;

beforeAll(async () => {
  server = await startServer();
  russian = await openConsole({ url: server.url, account: server.account('operator') });
  await openMonth(russian);
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

/** The month of the demo by its own address, whole: the archive has come. */
async function openMonth({ page }: TestConsole): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await page.locator('.sheet').waitFor();
  await page
    .getByRole('button', { name: /^(Напечатать|Print)/ })
    .and(page.locator(':enabled'))
    .waitFor();
}

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
const sheetText = async ({ page }: TestConsole): Promise<string> =>
  plain(await page.locator('.sheet').innerText());

/** How many pages a PDF has: each is an object of its own. */
const pagesOf = (pdf: Buffer): number =>
  (pdf.toString('latin1').match(/\/Type\s*\/Page(?![a-z])/g) ?? []).length;

test('reports open on January 2022 with the numbers of the demo region', async () => {
  const text = await sheetText(russian);
  expect(text).toContain('январь 2022 года');
  expect(text).toContain('389 поступило сообщений');
  expect(text).toContain('2 ч 46 мин');
  const rows = await russian.page.locator('.sheet table').first().locator('tbody th').allInnerTexts();
  expect(rows.slice(0, 5)).toEqual([
    'Дороги',
    'Безопасность',
    'ЖКХ',
    'Благоустройство',
    'Общественный транспорт',
  ]);
});

test('every whole number opens as many incidents as it says', async () => {
  const { page } = russian;
  const figures = page.locator('.sheet [data-figure]');
  const texts = await figures.allInnerTexts();
  const whole = texts.flatMap((text, index) => (/^\d+$/.test(text) && text !== '0' ? [index] : []));
  expect(whole.length).toBeGreaterThan(40);
  for (const index of whole) {
    await figures.nth(index).focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    expect(await drawer.locator('[data-count]').getAttribute('data-count')).toBe(texts[index]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  }
});

test('an incident behind a number opens, and the way back leads to the list', async () => {
  const { page } = russian;
  await page.locator('[data-figure="group:ЖКХ"]').click();
  await page.getByRole('dialog').getByRole('link').first().click();
  await page.waitForURL(/\/incident\//);
  await page.goBack();
  const list = page.getByRole('dialog').locator('[data-count]');
  await list.waitFor();
  expect(await list.getAttribute('data-count')).toBe('58');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test.each(['ru', 'en'] as const)(
  'prints on one A4 page, without the screen around it (%s)',
  async (language) => {
    const shown =
      language === 'ru'
        ? russian
        : await openConsole({
            url: server.url,
            account: server.account('operator2'),
            language,
            scheme: 'dark',
          });
    if (shown !== russian) await openMonth(shown);
    const pdf = await shown.page.pdf({ preferCSSPageSize: true });
    expect(pagesOf(pdf)).toBe(1);
    const [, , width, height] = must(
      /\/MediaBox\s*\[([\d.\s]+)\]/.exec(pdf.toString('latin1'))?.[1],
      'a page size',
    )
      .trim()
      .split(/\s+/)
      .map(Number);
    expect([Math.round(must(width, 'width')), Math.round(must(height, 'height'))]).toEqual([595, 842]);
    await shown.page.emulateMedia({ media: 'print' });
    expect(await shown.page.locator('nav, header[class*="strip"]').filter({ visible: true }).count()).toBe(0);
    expect(await shown.page.getByRole('button', { name: shown.t('report.save') }).isVisible()).toBe(false);
    await shown.page.emulateMedia({ media: 'screen' });
  },
);

async function savedJson({ page, t }: TestConsole): Promise<MonthReport> {
  const folder = mkdtempSync(join(tmpdir(), 'pult-month-'));
  try {
    await page.getByRole('button', { name: t('report.save') }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: t('report.asJson') }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('pult-eao-2022-01.json');
    const path = join(folder, 'month.json');
    await download.saveAs(path);
    return JSON.parse(readFileSync(path, 'utf8')) as MonthReport;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the console and the command line make the same month', async () => {
  const saved = await savedJson(russian);
  expect(saved).toMatchObject({
    region: 'eao',
    received: 389,
    period: { from: '2022-01-01', to: '2022-01-31' },
    firstReply: { working: { meanMinutes: 166 } },
  });
  const args = ['--region', 'eao', '--month', '2022-01', '--data', server.dataDir];
  const { code, stdout } = await runScript('server/cli/report.ts', args);
  expect(code).toBe(0);
  expect({ ...(JSON.parse(stdout) as MonthReport), asOf: 0 }).toEqual({ ...saved, asOf: 0 });
});

test('brackets turn the months; one without messages says what to do', async () => {
  const { page, t } = russian;
  await page.keyboard.press('[');
  await page.getByText(t('report.empty.explain')).waitFor();
  expect(page.url()).toMatch(/\/reports\/2021-12$/);
  await page.keyboard.press(']');
  await until(
    'January is back',
    () => page.locator('.sheet h1').innerText(),
    (title) => title.includes('январь'),
  );
});

test('nothing serious for axe on the sheet and on the list behind a number', async () => {
  expect(await seriousViolations(russian)).toEqual([]);
  await russian.page.locator('[data-figure="late"]').click();
  await russian.page.getByRole('dialog').locator('[data-count]').waitFor();
  expect(await seriousViolations(russian)).toEqual([]);
  await russian.page.keyboard.press('Escape');
  expect(russian.troubles).toEqual([]);
});
