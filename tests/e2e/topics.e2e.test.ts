import { afterAll, beforeAll, expect, test } from 'vitest';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';

let server: RunningPult;
let line: BadLine;
let mine: TestConsole;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  line = await BadLine.between(server.url);
  mine = await openConsole({ url: line.url, account: server.account('administrator') });
});

afterAll(async () => {
  await closeBrowser();
  await line.close();
  await server.stop();
});

/** A topic of many messages of the demo region's January. */
const TOPIC = 'Уборка дворовых и придомовых территорий от снега и наледи';
const VERSION = `Группа тем;Тема;Прежнее название
Благоустройство;Снег и наледь во дворах;${TOPIC}
Благоустройство;Ямы во дворах;
`;

const form = ({ page, t }: TestConsole) => page.getByRole('form', { name: t('topics.form') });

async function found({ page, t }: TestConsole, word: string) {
  await page.getByRole('searchbox', { name: t('topics.search') }).fill(word);
  return page.getByRole('link', { name: new RegExp(word, 'i') });
}

test('a topic is written down by the keyboard alone without a network, and is refused a name that looks the same', async () => {
  const { page, t } = mine;
  line.set({ kind: 'refused' });
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyG');
  await page.getByRole('heading', { name: t('topics.title'), level: 1 }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('topics.add') }).press('Enter');
  await form(mine).waitFor();
  await expect
    .poll(() =>
      form(mine)
        .getByLabel(t('topics.field.name'))
        .evaluate((node) => node === document.activeElement),
    )
    .toBe(true);
  await page.keyboard.type('★ Ямы вo дворах');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Дворы');
  await page.keyboard.press('Enter');
  await page
    .getByText(t('refusal.topic_taken', { topic: 'Ямы во дворах', group: 'Благоустройство' }))
    .waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Ямы и лужи во дворах');
  await page.keyboard.press('Enter');
  await page.getByText(t('topics.added')).waitFor();
  await (await found(mine, 'лужи во дворах')).waitFor();
  line.set({ kind: 'up' });
  await expectAllSent(mine);
});

test('one that messages know becomes another from a day on, which is tried on last month and taken back', async () => {
  const { page, t } = mine;
  await (await found(mine, TOPIC)).click();
  await form(mine)
    .getByText(/Сообщений: [1-9]/)
    .waitFor();
  await expect
    .poll(() => form(mine).getByLabel(t('topics.field.name')).getAttribute('readonly'))
    .not.toBeNull();
  await page.getByRole('button', { name: t('topics.becomeAnother') }).click();
  const dialog = page.getByRole('dialog', { name: t('topics.becomeTitle', { name: TOPIC }) });
  await dialog.getByLabel(t('topics.becomeDay')).fill('2031-01-01');
  await dialog.getByLabel(t('topics.becomeNew')).fill('Снег во дворах');
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: t('leaving.typed.title') });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  await dialog.getByText(/Прошлое не меняется/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: t('topics.become'), exact: true }).click();
  await page.getByText(t('topics.became', { names: 'Снег во дворах' })).waitFor();
  const versions = page.getByRole('list', { name: t('topics.versions') });
  await versions.getByRole('button', { name: t('topics.trial.run') }).click();
  await versions.getByText(/сообщени. прошлого месяца|проверить не на чем/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('common.undo') }).click();
  await versions.waitFor({ state: 'detached' });
  await expectAllSent(mine);
});

test('a whole version is looked at and tried before it is loaded, at twice the size, too', async () => {
  const { page, t } = mine;
  await page.setViewportSize({ width: 683, height: 384 });
  await page.getByRole('button', { name: t('topics.version.load') }).click();
  const dialog = page.getByRole('dialog', { name: t('settingsLoad.title.topic') });
  await dialog.getByLabel(t('topics.version.day')).fill('2031-01-01');
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog
    .locator('input[type="file"]')
    .setInputFiles({ name: 'справочник.csv', mimeType: 'text/csv', buffer: Buffer.from(VERSION) });
  await dialog.getByText(TOPIC).first().waitFor();
  await dialog.getByRole('button', { name: t('topics.trial.run') }).click();
  await dialog.getByText(/сообщени. прошлого месяца|проверить не на чем/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: /^Загрузить/ }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/^Впереди · 1$/).click();
  await (await found(mine, 'Снег и наледь во дворах')).waitFor();
  await page.getByText(/^Действуют · /).click();
  await (await found(mine, TOPIC)).getByText(/стала: Снег и наледь во дворах/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await expectAllSent(mine);
  expect(mine.troubles).toEqual([]);
});
