import { z } from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seriousViolations } from './harness/axe.ts';
import { drawn } from './harness/drawn.ts';
import { closeBrowser, expectAllSent, expectTruth, openConsole } from './harness/console.ts';
import { runScript, startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';

const OWN = 'сорок бочек мандаринов';
const printed = z.looseObject({ login: z.string(), password: z.string() });

let server: RunningPult;
let mine: TestConsole;

beforeAll(async () => {
  server = await startServer({ isEmpty: true });
  const added = await runScript('server/cli/region.ts', [
    'add',
    'tver',
    '--name',
    'Тверская область',
    '--time-zone',
    'Europe/Moscow',
    '--data',
    server.dataDir,
  ]);
  const { login, password } = printed.parse(JSON.parse(added.stdout));
  mine = await openConsole({ url: server.url });
  const { page, t } = mine;
  await page.getByLabel(t('session.loginName')).fill(login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByLabel(t('session.own.password'), { exact: true }).fill(OWN);
  await page.getByLabel(t('session.own.repeat')).fill(OWN);
  await page.keyboard.press('Enter');
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

const heading = ({ page, t }: TestConsole, key: string) =>
  page.getByRole('heading', { name: t(key), level: 1 });

/** The line of a subject. */
const line = ({ page, t }: TestConsole, id: string) =>
  page
    .getByRole('list', { name: t('setup.title') })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: t(`setup.line.${id}.title`), exact: true }) });

test('the console of a bare region opens on what is missing, each with what does not work without it', async () => {
  const { page, t } = mine;
  await heading(mine, 'setup.title').waitFor();
  await expectTruth(mine, t('truth.live'));
  await page.getByText(t('setup.bare')).waitFor();
  await line(mine, 'people').getByText(t('setup.found.nobody_triages')).waitFor();
  await line(mine, 'agencies').getByText(t('setup.line.agencies.without')).waitFor();
  await line(mine, 'channels').getByText(t('setup.found.no_pages')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
});

test('the screens of the set-up fold under one heading, open on one of them and shut elsewhere', async () => {
  const { page, t } = mine;
  const sections = page.getByRole('navigation', { name: t('nav.label') });
  const [heading, places] = [
    sections.getByRole('button', { name: t('nav.centre') }),
    sections.getByRole('link', { name: t('nav.places'), exact: true }),
  ];
  await places.waitFor();
  await sections.getByRole('link', { name: t('nav.reports'), exact: true }).click();
  await places.waitFor({ state: 'detached' });
  await heading.press('Enter');
  await places.click();
  await sections
    .locator('[aria-current=page]')
    .filter({ hasText: t('nav.places') })
    .waitFor();
  await heading.press('Enter');
  await places.waitFor({ state: 'detached' });
  await heading.press('Enter');
  await places.waitFor();
  expect(await heading.getAttribute('aria-expanded')).toBe('true');
});

/** Every screen an administrator can go to, and the forms that stand in the address. */
const SCREENS = [
  '/queue/new',
  '/queue/all',
  '/queue/approval',
  '/queue/promised',
  '/queue/closed',
  '/sending',
  '/unread',
  '/not-accepted',
  '/reports',
  '/reports/pivot',
  '/broadcast',
  '/ledger',
  '/records/campaign',
  '/records/activity',
  '/records/example',
  '/import',
  '/agencies',
  '/agencies/new',
  '/places',
  '/places/new',
  '/channels',
  '/partners',
  '/audit',
  '/people',
  '/people/new',
  '/sessions',
  '/settings',
  '/rules',
  '/setup',
];

test('no screen breaks where there is nothing yet', async () => {
  const { page, t } = mine;
  const broken: string[] = [];
  for (const path of SCREENS) {
    await page.goto(`${server.url}${path}`);
    await expectAllSent(mine);
    await page.getByRole('heading').first().waitFor();
    await drawn(page);
    if (await page.getByText(t('broken.title')).isVisible()) broken.push(path);
    const found = await seriousViolations(mine);
    if (found.length > 0) broken.push(`${path}: ${found.join()}`);
  }
  expect(broken).toEqual([]);
  expect(mine.troubles).toEqual([]);
});

test('an empty queue says how messages get here, and routes what they lack, each with its way', async () => {
  const { page, t } = mine;
  await page.goto(`${server.url}/queue/all`);
  await page.getByRole('heading', { name: t('empty.first.title') }).waitFor();
  await page.getByRole('link', { name: t('empty.first.page') }).waitFor();
  await page.getByRole('link', { name: t('empty.first.import') }).waitFor();
  expect(await page.getByRole('button', { name: t('queue.register') }).count()).toBe(2);
  expect(await seriousViolations(mine)).toEqual([]);
  await page.goto(`${server.url}/routes`);
  await page.getByRole('link', { name: t('routes.missing.places') }).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await page.getByRole('link', { name: t('routes.missing.agencies') }).click();
  await heading(mine, 'agencies.title').waitFor();
});

test('a line is done when the thing works, and the console then opens on the queue', async () => {
  const { page, t } = mine;
  await page.goto(`${server.url}/queue/new`);
  await heading(mine, 'setup.title').waitFor();
  await line(mine, 'people').getByRole('link').click();
  await heading(mine, 'people.title').waitFor();
  await page.goto(`${server.url}/people/new`);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(t('people.form.displayName')).fill('Вера Лис');
  await dialog.getByRole('radio', { name: t('role.executor') }).click();
  await dialog.getByText(t('people.form.noAgencies')).waitFor();
  expect(await seriousViolations(mine)).toEqual([]);
  await dialog.getByRole('radio', { name: t('role.operator') }).click();
  await dialog.getByLabel(t('people.form.login')).fill('vera');
  await dialog.getByRole('button', { name: t('people.form.add') }).click();
  await dialog.getByRole('button', { name: t('people.given.kept') }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyC');
  await line(mine, 'people')
    .getByText(t('setup.found.newcomers', { count: 1 }))
    .waitFor();
  await line(mine, 'people').getByText(t('setup.state.partly')).waitFor();
  await page.goto(`${server.url}/agencies/new`);
  await dialog.getByRole('textbox', { name: t('agencies.field.name') }).fill('Администрация Твери');
  await dialog.getByRole('textbox', { name: t('agencies.field.shortName') }).fill('Тверь');
  await dialog.getByRole('button', { name: t('directory.save') }).click();
  await page.getByText(t('agencies.added')).waitFor();
  await page.goto(`${server.url}/places/new`);
  await dialog.getByRole('textbox', { name: t('places.field.name') }).fill('Тверь г.о.');
  await dialog.getByRole('textbox', { name: t('places.field.shortName') }).fill('Тверь');
  await dialog.getByRole('button', { name: t('directory.save') }).click();
  await page.getByText(t('places.added')).waitFor();
  await expectAllSent(mine);
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyC');
  await page.getByText(t('setup.ready')).waitFor();
  await line(mine, 'agencies').getByText(t('setup.state.works')).waitFor();
  await line(mine, 'executors').getByText(t('setup.found.no_executors')).waitFor();
  await line(mine, 'places')
    .getByText(t('setup.found.places_without_settlements', { count: 1 }))
    .waitFor();
  await page.goto(server.url);
  await page.locator('nav [aria-current="page"]').getByText(t('nav.queue')).waitFor();
  await expectAllSent(mine);
  expect(await heading(mine, 'setup.title').isVisible()).toBe(false);
});
