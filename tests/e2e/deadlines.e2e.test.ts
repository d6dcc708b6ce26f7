import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { ApiClient } from './harness/api-client.ts';
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
  server = await startServer();
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
