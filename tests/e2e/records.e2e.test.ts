import { afterAll, beforeAll, expect, test } from 'vitest';
import { KIT_WORDS } from '#shared/report/kit/kit-words.ts';
import { NOTE_WORDS } from '#shared/report/paper/note-words.ts';
import { BadLine } from './harness/bad-line.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import type { TestConsole } from './harness/test-console.ts';
import { startServer, type RunningPult } from './harness/server.ts';

const TITLE = 'Чистые крыши: куда звонить о сосульках';

const CASE = 'Провода над площадкой подняты за день';

/** A photo as a telephone gives it, larger than the console keeps and with a word of where it was taken. */
async function photoWithExif({ page }: TestConsole, colour: string): Promise<Buffer> {
  const base64 = await page.evaluate(async (fill) => {
    const canvas = new OffscreenCanvas(2000, 1250);
    const brush = canvas.getContext('2d');
    if (brush !== null) {
      brush.fillStyle = fill;
      brush.fillRect(0, 0, 2000, 1250);
    }
    const bytes = await (await canvas.convertToBlob({ type: 'image/jpeg' })).bytes();
    return btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), ''));
  }, colour);
  const plain = Buffer.from(base64, 'base64');
  const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 12]), Buffer.from('Exif\0\0GPS ')]);
  return Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]);
}

async function choose({ page, t }: TestConsole, which: string, buffer: Buffer): Promise<void> {
  const field = page.getByRole('group', { name: which, exact: true });
  const file = { name: 'IMG_0001.JPG', mimeType: 'image/jpeg', buffer };
  await field.getByLabel(t('photo.choose', { which })).setInputFiles(file);
  await field.locator('img').waitFor();
}

let server: RunningPult;
let line: BadLine;
let mine: TestConsole;
let other: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
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

test('a solved case told without a network is in the summary with its photos, which reach the other console without EXIF', async () => {
  const { page, t } = mine;
  line.set({ kind: 'refused' });
  await page.evaluate(() => history.pushState(null, '', '/queue/closed'));
  await page.locator('[role="row"][aria-rowindex]').first().waitFor();
  await page.keyboard.press('KeyJ');
  await page.keyboard.press('KeyO');
  await page.getByRole('button', { name: t('incident.actions') }).waitFor();
  await page.keyboard.press('KeyE');
  const form = page.getByRole('dialog');
  await form.getByLabel(t('records.field.text')).fill(CASE);
  await form.getByLabel(t('records.field.month')).fill('2022-01');
  await choose(mine, t('records.field.before'), await photoWithExif(mine, 'maroon'));
  await choose(mine, t('records.field.after'), await photoWithExif(mine, 'teal'));
  const note = { name: 'снимок.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('это не снимок') };
  await form.getByLabel(t('photo.choose', { which: t('records.field.after') })).setInputFiles(note);
  await page.getByText(t('photo.problem.not_a_picture')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await form.getByRole('button', { name: t('records.save') }).click();
  await page.getByRole('link', { name: CASE }).waitFor();
  await page.evaluate(() => history.pushState(null, '', '/reports/2022-01?size=full'));
  await page.locator('article.sheet .example img').nth(1).waitFor();
  line.set({ kind: 'up' });
  await expectAllSent(mine);
  await other.page.goto(`${server.url}/reports/2022-01?size=full`);
  const shown = other.page.locator('article.sheet .example img');
  await shown.nth(1).waitFor();
  const sizes = await shown.evaluateAll((all) =>
    all.map((image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight]),
  );
  expect(sizes).toEqual([
    [1280, 800],
    [1280, 800],
  ]);
  const addresses = await shown.evaluateAll((all) => all.map((image) => image.getAttribute('src') ?? ''));
  for (const address of addresses)
    expect(Buffer.from(address.split(',')[1] ?? '', 'base64').includes('GPS')).toBe(false);
});

test('without a network a week has its note and an agency its broadcast kit, both on one workstation alone', async () => {
  const { page, t } = mine;
  line.set({ kind: 'refused' });
  await page.evaluate(() => history.pushState(null, '', '/reports/week-2022-01-17?size=note'));
  const note = page.locator('article.sheet.note');
  await note.getByRole('heading', { name: NOTE_WORDS.ru.watch }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.evaluate(() => history.pushState(null, '', '/reports/2022-01'));
  await page.getByRole('button', { name: t('report.save'), exact: true }).click();
  await page.getByRole('menuitem', { name: t('broadcast.open') }).click();
  const kit = page.locator('article.kit');
  await kit.locator('.question').nth(2).waitFor();
  const [, count = ''] =
    /— (\d+)$/.exec(await page.getByLabel(t('broadcast.agency')).first().inputValue()) ?? [];
  expect(await kit.innerText()).toContain(KIT_WORDS.ru.lead.split('{received}').join(count));
  expect(await seriousViolations(mine)).toEqual([]);
  line.set({ kind: 'up' });
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
