import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_PLACE } from '#shared/domain/incident.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { BadLine } from './harness/bad-line.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

/** The agency that has most of the demo's work. */
const MAYOR = 'meriya-birobidzhan';
const HEATING = 'Ненадлежащее качество или отключение отопления';
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

const field = ({ page, t }: TestConsole, name: string) =>
  page.getByRole('dialog').getByRole('textbox', { name: t(`agencies.field.${name}`) });

async function openAgency({ page, t }: TestConsole, name: string): Promise<void> {
  await page.getByRole('searchbox', { name: t('agencies.search') }).fill(name);
  await page
    .getByRole('list', { name: t('agencies.title') })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('form', { name: t('agencies.form') }).waitFor();
}

/** Makes the store answer the page as late as on a slow machine; returns how it is made quick again. */
async function slowStore(page: Page): Promise<() => Promise<void>> {
  const quick = await page.evaluateHandle(() => {
    // oxlint-disable-next-line typescript/unbound-method
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
      setTimeout(() => Reflect.apply(post, this, message), 1500);
    };
    return { post };
  });
  return () => quick.evaluate(({ post }) => void (Worker.prototype.postMessage = post));
}

test('an agency is written down by the keyboard alone without a network, and is there for others later', async () => {
  const { page, t } = mine;
  line.set({ kind: 'refused' });
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyD');
  await page.getByRole('heading', { name: t('agencies.title'), level: 1 }).waitFor();
  await page.getByRole('button', { name: t('agencies.add') }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => field(mine, 'name').evaluate((node) => node === document.activeElement)).toBe(true);
  await page.keyboard.type('Управление образования Облученского района');
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: t('leaving.typed.title') });
  await question.waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  expect(await field(mine, 'name').inputValue()).toBe('Управление образования Облученского района');
  await field(mine, 'name').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Депздрав');
  await page.keyboard.press('Enter');
  await page.getByText(t('refusal.short_name_taken', { agency: 'Депздрав' })).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('УО Облучья');
  await page.keyboard.press('Enter');
  await page.getByText(t('agencies.added')).waitFor();
  await page.getByRole('link', { name: 'УО Облучья' }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  line.set({ kind: 'up' });
  await expectAllSent(mine);
  const other = await openConsole({ url: server.url, account: server.account('operator') });
  await other.page.goto(`${server.url}/agencies`);
  await other.page.getByText(t('agencies.mayNot')).waitFor();
  await other.close();
});

test('a new name may be taken back, and closing with work asks for a successor first', async () => {
  const { page, t } = mine;
  await openAgency(mine, 'Мэрия');
  await page.getByText(/Открытых сообщений: [1-9]/).waitFor();
  await field(mine, 'name').fill('Мэрия Биробиджана');
  await page.getByRole('button', { name: t('directory.save') }).click();
  await page.getByRole('button', { name: t('common.undo') }).click();
  await page.getByText(t('directory.asBefore')).waitFor();
  await page.getByRole('link', { name: 'Мэрия города Биробиджана' }).waitFor();
  const quicken = await slowStore(page);
  await openAgency(mine, 'Мэрия');
  await page.getByLabel(t('agencies.field.lastDay')).fill('2030-12-31');
  await page.getByRole('button', { name: t('directory.save') }).click();
  await page.getByText(/Назовите преемника/).waitFor();
  await quicken();
  expect(await seriousViolations(mine)).toEqual([]);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common.close') })
    .click();
  await page.getByRole('button', { name: t('leaving.typed.leave') }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('hours of its own say what they move before they are saved, and the card goes by them', async () => {
  const { page, t } = mine;
  const api = await ApiClient.logIn(server.url, server.account('operator'));
  const { id } = await api.newMessage('Прорвало трубу у дома');
  await api.push([
    api.envelope(id, 'classify', { group: 'ЖКХ', topic: 'Отопление', from: '' }),
    api.envelope(id, 'place', { place: { ...NO_PLACE, municipality: 'город Биробиджан' }, from: NO_PLACE }),
    api.envelope(id, 'route', { agency: MAYOR, unit: '', from: '', reason: '' }),
  ]);
  const dueAt = async (): Promise<number> => (await api.incidents()).get(id)?.due?.at ?? 0;
  const due = await dueAt();
  await openAgency(mine, 'Мэрия');
  const dialog = page.getByRole('dialog');
  const own = dialog.getByRole('checkbox', { name: t('agencies.ownHours') });
  await own.focus();
  await page.keyboard.press('Space');
  const time = async (name: 'from' | 'to' | 'breakFrom' | 'breakTo', typed: string): Promise<void> => {
    const label = `понедельник: ${t(`calendar.hours.${name}`)}`;
    await dialog.getByRole('textbox', { name: label, exact: true }).fill(typed);
    await page.keyboard.press('Enter');
  };
  await time('to', '8');
  await page.getByRole('button', { name: t('directory.save') }).click();
  await dialog.getByText(/кончаются раньше, чем начинаются/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  for (const name of ['понедельник', 'вторник', 'среда', 'четверг', 'пятница'])
    await dialog.getByRole('checkbox', { name, exact: true }).uncheck();
  await page.getByRole('button', { name: t('directory.save') }).click();
  await dialog.getByText(t('refusal.week_without_work')).waitFor();
  await dialog.getByRole('checkbox', { name: 'воскресенье', exact: true }).check();
  await dialog.getByText(/Сдвин\S+ \d+ срок/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('directory.save') }).click();
  await page.getByText(t('directory.saved')).waitFor();
  await page.getByRole('link', { name: /Мэрия/ }).getByText(t('agencies.hasOwnHours')).waitFor();
  await expectAllSent(mine);
  await until('the deadline has moved', dueAt, (now) => now !== due, 90_000);
  await page.goto(`${line.url}/incident/${id}`);
  await page
    .locator('[data-why]')
    .getByText(/Считается по часам ведомства/)
    .waitFor();
  await page.goto(`${line.url}/agencies`);
});

test('the table goes out, comes back changed, and is taken back', async () => {
  const { page, t } = mine;
  const openTable = async (words: string): Promise<void> => {
    await page.getByRole('button', { name: t('settingsLoad.table') }).click();
    await page.getByRole('menuitem', { name: words }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };
  const save = async (words: string): Promise<Buffer> => {
    const downloads = page.waitForEvent('download');
    await openTable(words);
    return readFileSync(await (await downloads).path());
  };
  const dialog = page.getByRole('dialog', { name: t('settingsLoad.title.agency') });
  const choose = (name: string, buffer: Buffer) =>
    dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  const kindOf = (kind: 'utility' | 'other') =>
    page.getByRole('link', { name: /Водоканал/ }).getByText(t(`agencyKind.${kind}`));

  const workbook = await save(t('settingsLoad.save.xlsx'));
  await openTable(t('settingsLoad.fromFile'));
  await choose('ведомства.xlsx', workbook);
  await dialog.getByRole('button', { name: t('settingsLoad.nothing') }).waitFor();
  await dialog.getByRole('button', { name: t('common.close') }).click();

  const table = (await save(t('settingsLoad.save.csv'))).toString();
  const changed = table.replace(/^.*Водоканал.*$/mu, (line) => line.replace('коммунальная служба', 'другое'));
  expect(changed).not.toBe(table);
  await openTable(t('settingsLoad.fromFile'));
  await choose('ведомства.csv', Buffer.from(changed));
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: t('settingsLoad.load', { count: 1 }) }).click();
  await page.getByText(t('settingsLoad.done', { count: 1 })).waitFor();
  await kindOf('other').waitFor();
  await expectAllSent(mine);

  await openTable(t('settingsLoad.recent'));
  await page.getByRole('button', { name: t('settingsLoad.takeBack') }).click();
  await page.getByText(t('settingsLoad.willBeBack', { count: 1 })).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('settingsLoad.takeBack') }).click();
  await page.getByText(t('settingsLoad.takenBack', { count: 1 })).waitFor();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('common.close') })
    .click();
  await kindOf('utility').waitFor();
  await expectAllSent(mine);
  expect(mine.troubles).toEqual([]);
});

test('split, an agency gives a part of its work to another, and says first what that does', async () => {
  const { page, t } = mine;
  const api = await ApiClient.logIn(server.url, server.account('operator'));
  const routed = async (topic: string): Promise<string> => {
    const { id } = await api.newMessage('Прорвало трубу у дома');
    await api.push([
      api.envelope(id, 'classify', { group: 'ЖКХ', topic, from: '' }),
      api.envelope(id, 'route', { agency: MAYOR, unit: '', from: '', reason: '' }),
    ]);
    return id;
  };
  const given = await routed(HEATING);
  await page.goto(`${line.url}/agencies`);
  await openAgency(mine, 'Мэрия');
  await page.getByRole('button', { name: t('directory.split') }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /Разделить/ });
  const part = dialog.getByRole('group', { name: t('agencies.split.part', { number: 1 }) });
  await part.getByRole('combobox', { name: t('agencies.split.topic') }).fill(HEATING);
  await page.getByRole('option', { name: HEATING, exact: true }).click();
  await part.getByRole('combobox', { name: t('agencies.split.heir') }).fill('тепловые');
  await page.getByRole('option', { name: 'Биробиджанские тепловые сети' }).click();
  const effects = dialog.getByRole('list', { name: t('agencies.split.effects') });
  await effects.getByText(/«Теплосети» получит [1-9]/).waitFor();
  await effects.getByText(/останется [1-9]|останутся [1-9]/).waitFor();
  await effects.getByText(/Прошлое не меняется/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: t('agencies.split.add') }).click();
  expect(await dialog.getByRole('button', { name: t('agencies.split.do'), exact: true }).isDisabled()).toBe(
    true,
  );
  await dialog.getByRole('button', { name: t('agencies.split.removePart', { number: 2 }) }).click();
  await dialog.getByRole('button', { name: t('agencies.split.do'), exact: true }).click();
  await page.getByText(t('agencies.split.done')).waitFor();
  await page
    .getByRole('link', { name: /Мэрия/ })
    .getByText(t('agencies.splitInto', { names: 'Теплосети' }))
    .waitFor();
  await expectAllSent(mine);
  const holder = async (id: string): Promise<string | undefined> =>
    (await api.incidents()).get(id)?.assignments.at(-1)?.agency;
  await until(
    'its heir has it',
    () => holder(given),
    (now) => now !== MAYOR,
    90_000,
  );
  expect(mine.troubles).toEqual([]);
});

test('merged into another, an agency is said to be so, and its routes lead there', async () => {
  const { page, t } = mine;
  await openAgency(mine, 'Водоканал');
  await page.getByRole('button', { name: t('directory.mergeWith') }).click();
  const dialog = page.getByRole('dialog', { name: /Объединить/ });
  await dialog.getByRole('combobox', { name: t('agencies.mergeInto') }).fill('тепловые');
  await page.getByRole('option', { name: 'Биробиджанские тепловые сети' }).click();
  await dialog.getByText(/Прошлое не меняется/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('button', { name: t('directory.merge'), exact: true }).click();
  await page.getByText(t('agencies.merged', { name: 'Теплосети' })).waitFor();
  await page.getByText(/^Закрыты · /).click();
  await page
    .getByRole('link', { name: /Водоканал/ })
    .getByText(/преемник: Теплосети/)
    .waitFor();
  await expectAllSent(mine);
  expect(mine.troubles).toEqual([]);
});
