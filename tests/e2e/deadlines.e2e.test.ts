import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { lastMonth } from '#renderer/kit/words/last-month.ts';
import { ZONE } from '#tests/helpers/sync-fixtures.ts';
import { ApiClient, registerArgs } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, expectAllSent, openConsole } from './harness/console.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';
import { until } from './harness/until.ts';

let server: RunningPult;
let mine: TestConsole;
let api: ApiClient;
let open: string;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  api = await ApiClient.logIn(server.url, server.account('operator'));
  open = (await api.newMessage('Яма на дороге')).id;
  mine = await openConsole({ url: server.url, account: server.account('administrator') });
  await mine.page.goto(`${server.url}/deadlines`);
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

const message = async (): Promise<Incident> => must((await api.incidents()).get(open), 'the message');

const dialog = ({ page }: TestConsole) => page.getByRole('dialog');
const field = (console: TestConsole, name: string) =>
  dialog(console).getByRole('textbox', { name: console.t(`deadlines.field.${name}`) });

test('a deadline is changed: what moves is said before, moves after, and the act stands on the card', async () => {
  const { page, t } = mine;
  await page.getByRole('link', { name: /9 рабочих часов/ }).click();
  await page.getByRole('form', { name: t('deadlines.form') }).waitFor();
  await field(mine, 'hours').fill('5');
  await field(mine, 'basis').fill('Постановление № 12, п. 3.4');
  await dialog(mine)
    .getByText(/Сдвин\S+ \d+ срок/)
    .waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  const before = (await message()).due;
  await page.getByRole('button', { name: t('directory.save') }).click();
  await page.getByText(t('deadlines.saved')).waitFor();
  await expectAllSent(mine);
  await until(
    'the deadline has moved',
    message,
    ({ due }) => due !== null && before !== null && due.at < before.at,
    90_000,
  );
  await page.goto(`${server.url}/incident/${open}`);
  await page.getByText(/Основание: Постановление № 12, п. 3.4/).waitFor();
  await page.goto(`${server.url}/deadlines`);
});

test('a line of the log offers to put back what was before, says what moves, and refuses what went on', async () => {
  const { page, t } = mine;
  const after = (await message()).due;
  await page.goto(`${server.url}/audit`);
  const line = page.locator('li[data-kind="setting_changed"]').first();
  const offer = line.getByRole('button', { name: t('audit.putBack.offer') });
  await offer.focus();
  await page.keyboard.press('Enter');
  const question = page.getByRole('dialog', { name: t('audit.putBack.title') });
  await question.getByText(/Сдвин\S+ \d+ срок/).waitFor();
  await question
    .getByRole('button', { name: t('audit.putBack.do') })
    .and(page.locator(':focus'))
    .waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText(t('audit.putBack.done')).waitFor();
  await expectAllSent(mine);
  await until(
    'the deadline is as before',
    message,
    ({ due }) => due !== null && after !== null && due.at > after.at,
    90_000,
  );
  await page.getByRole('button', { name: t('audit.refresh') }).click();
  await expect.poll(() => page.locator('li[data-kind="setting_changed"]').count()).toBe(2);
  await page
    .locator('li[data-kind="setting_changed"]')
    .last()
    .getByRole('button', { name: t('audit.putBack.offer') })
    .click();
  await question.getByText(t('audit.putBack.not.already')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.goto(`${server.url}/deadlines`);
});

test('one that overlaps is refused with the other’s name, one of a topic is accepted, and wins', async () => {
  const { page, t } = mine;
  await page.getByRole('button', { name: t('deadlines.add') }).click();
  await field(mine, 'name').fill('Второй срок');
  await dialog(mine)
    .getByRole('combobox', { name: t('deadlines.field.importance') })
    .click();
  await page.getByRole('option', { name: t('importance.ordinary') }).click();
  await field(mine, 'name').press('Enter');
  await page.getByText(/уже действует срок «/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  const topic = dialog(mine).getByRole('combobox', { name: t('deadlines.field.topic') });
  await topic.fill('Ямы во дворах');
  await page
    .getByRole('option', { name: /Ямы во дворах/ })
    .first()
    .click();
  await field(mine, 'name').press('Enter');
  await page.getByText(t('deadlines.added')).waitFor();
  await dialog(mine).waitFor({ state: 'detached' });
  const which = page.getByRole('region', { name: t('deadlines.which.title') });
  await which.getByRole('combobox', { name: t('deadlines.field.topic') }).fill('Ямы во дворах');
  await page
    .getByRole('option', { name: /Ямы во дворах/ })
    .first()
    .click();
  await which.getByText(/«Второй срок»/).waitFor();
  await which.getByText(/Сильнее, чем «/).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await expectAllSent(mine);
});

test('a preset is one keystroke, and moves no deadline that runs', async () => {
  const { page, t } = mine;
  const before = (await message()).due;
  await page.getByRole('button', { name: t('deadlines.presets') }).press('Enter');
  await page
    .getByRole('radio', { name: t('deadlines.preset.sevastopol.title') })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await seriousViolations(mine)).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByText(t('deadlines.presetPut')).waitFor();
  await page.getByRole('link', { name: new RegExp(t('deadlines.preset.crimea.final')) }).waitFor();
  await expectAllSent(mine);
  expect((await message()).due).toEqual(before);
  expect(mine.troubles).toEqual([]);
});

test('a rule of importance is tried on last month, raises what comes, and the card says why', async () => {
  const { page, t } = mine;
  const { start } = lastMonth(ZONE, Date.now());
  const args = { ...registerArgs('Запах газа в подъезде'), createdAt: start + 14 * MS_PER_DAY };
  const lastMonths = uuidv7();
  await api.push([api.envelope(lastMonths, 'register', args)]);
  // The trial counts what this console has: it comes a moment later.
  await page.goto(`${server.url}/incident/${lastMonths}`);
  await page.getByText('Запах газа в подъезде').first().waitFor();
  await page.goto(`${server.url}/importance`);
  await page.getByText(t('importanceRules.empty.title')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('button', { name: t('importanceRules.add') }).press('Enter');
  const form = page.getByRole('form', { name: t('importanceRules.form') });
  const typed = (name: string) => form.getByRole('textbox', { name: t(`importanceRules.field.${name}`) });
  await typed('name').fill('Опасность');
  await typed('name').press('Enter');
  await form.getByText(t('refusal.rule_without_condition')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await typed('words').fill('пожар\nзапах газа');
  await form.getByRole('button', { name: t('importanceRules.trial.run') }).press('Enter');
  const trial = form.getByRole('region', { name: t('importanceRules.trial.title') });
  await trial.getByText(/^[1-9]\d* из \d+ был[ои] бы важнее/).waitFor();
  await trial.getByRole('link').first().waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await typed('words').fill('запах газа');
  await form.getByRole('button', { name: t('importanceRules.add') }).click();
  await page.getByText(t('importanceRules.added')).waitFor();
  await page.getByRole('link', { name: /Опасность/ }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await expectAllSent(mine);
  const { id } = await api.newMessage('В подъезде сильный запах газа');
  const raised = await until(
    'the rule has spoken',
    async () => must((await api.incidents()).get(id), 'the message'),
    ({ importance }) => importance === 'high',
    90_000,
  );
  expect(raised.ruled).toMatchObject({ name: 'Опасность', word: 'запах газа' });
  await page.goto(`${server.url}/incident/${id}`);
  await page
    .getByText(/правило «Опасность»: слово «запах газа»/)
    .first()
    .waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  expect(mine.troubles).toEqual([]);
});
