import { afterAll, beforeAll, expect, test } from 'vitest';
import { commandKey } from '#shared/protocol/command-versions.ts';
import { ApiClient } from './harness/api-client.ts';
import { seriousViolations } from './harness/axe.ts';
import { closeBrowser, openConsole } from './harness/console.ts';
import { drawn } from './harness/drawn.ts';
import { startServer, type RunningPult } from './harness/server.ts';
import type { TestConsole } from './harness/test-console.ts';

let server: RunningPult;

beforeAll(async () => {
  server = await startServer({ hasJanuary: true });
  const api = await ApiClient.logIn(server.url, server.account('administrator'));
  const mail = {
    isOn: false,
    host: 'mail.example',
    port: 587,
    security: 'starttls',
    login: '',
    password: null,
    certificate: '',
    sender: 'centre@example.org',
    consoleUrl: server.url,
    language: 'ru',
    digestMinutes: 30,
    quietFrom: '21:00',
    quietTo: '08:00',
  };
  await api.ask('mail', mail, 'PUT');
  const rule = {
    id: 'heat',
    name: 'Нет тепла в доме, школе или больнице',
    importance: 'high',
    words: ['нет отопления', 'холодные батареи', 'замерзаем', 'прорвало трубу', 'нет тепла', 'мёрзнут дети'],
    group: 'ЖКХ',
    topic: null,
    count: { messages: 3, hours: 24 },
    validFrom: Date.now(),
    validTo: null,
  };
  const args = { kind: 'importance_rule', row: rule, from: null };
  await api.push([{ ...api.envelope(rule.id, 'release', {}), name: commandKey('saveRecord'), args }]);
});

afterAll(async () => {
  await closeBrowser();
  await server.stop();
});

/** Opens the first entry of a list, in its drawer. */
async function openEntry({ page }: TestConsole, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name }).first().click();
  await page.getByRole('dialog').waitFor();
}

const HEATING = 'Проблемы с отоплением в социальных учреждениях';

const FILE = `Название;Откуда считать;Срок;Тема
Отопление: первый ответ;от поступления;4 ч;${HEATING}
Первый ответ без единиц;от поступления;9;
`;

/** Screens of an administrator, as far as a person goes in each. */
const LOOKS: readonly (readonly [string, string, (console_: TestConsole) => Promise<void>])[] = [
  [
    'notices by a bot',
    '/mail',
    async ({ page, t }) =>
      page
        .getByRole('region', { name: t('bot.centre.title') })
        .getByRole('switch')
        .scrollIntoViewIfNeeded(),
  ],
  [
    'a deputy',
    '/people',
    async (console_) => {
      const { page, t } = console_;
      await openEntry(console_, 'Анна');
      await page.getByRole('button', { name: t('deputies.add') }).click();
      const form = page.getByRole('form', { name: t('deputies.form') });
      await form.getByLabel(t('deputies.to')).fill('2020-01-01');
      await form.getByRole('button', { name: t('deputies.save'), exact: true }).click();
      await form.getByText(t('deputies.missing.deputy')).scrollIntoViewIfNeeded();
    },
  ],
  [
    'a split',
    '/agencies',
    async (console_) => {
      const { page, t } = console_;
      await openEntry(console_, 'Мэрия');
      await page.getByRole('button', { name: t('directory.split') }).click();
      const part = page.getByRole('group', { name: t('agencies.split.part', { number: 1 }) });
      await part.getByRole('combobox', { name: t('agencies.split.topic') }).fill(HEATING);
      await page.getByRole('option', { name: HEATING, exact: true }).click();
      await part.getByRole('combobox', { name: t('agencies.split.heir') }).fill('тепловые');
      await page.getByRole('option', { name: 'Биробиджанские тепловые сети' }).click();
      await page.getByRole('list', { name: t('agencies.split.effects') }).waitFor();
    },
  ],
  [
    'rules of importance',
    '/importance',
    async ({ page }) => page.getByRole('link', { name: /Нет тепла/ }).waitFor(),
  ],
  [
    'a rule of importance',
    '/importance/heat',
    async ({ page, t }) => {
      await page.getByRole('form', { name: t('importanceRules.form') }).waitFor();
      await page.getByRole('button', { name: t('importanceRules.trial.run') }).click();
      await page.getByRole('region', { name: t('importanceRules.trial.title') }).waitFor();
    },
  ],
  [
    'a file of deadlines',
    '/deadlines',
    async ({ page, t }) => {
      await page.getByRole('button', { name: t('settingsLoad.table') }).click();
      await page.getByRole('menuitem', { name: t('settingsLoad.fromFile') }).click();
      const dialog = page.getByRole('dialog', { name: t('settingsLoad.title.policy') });
      await page.getByRole('menu').waitFor({ state: 'detached' });
      await dialog
        .locator('input[type=file]')
        .setInputFiles({ name: 'сроки.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
      await dialog.getByText(/1 ч 30 мин/).waitFor();
      await dialog.getByRole('status').filter({ hasText: /\d/ }).waitFor();
    },
  ],
  [
    'the calendar',
    '/calendar',
    async ({ page, t }) => page.getByRole('button', { name: t('settingsLoad.table') }).waitFor(),
  ],
];

test.each([
  ['ru', 'light', 1366, 768],
  ['en', 'dark', 1920, 1080],
  ['ru', 'dark', 683, 384],
  ['en', 'light', 683, 384],
] as const)(
  '%s, %s, at %d × %d: nothing of an administrator is pushed out or serious for axe',
  async (language, scheme, width, height) => {
    const account = server.account('administrator');
    const viewport = { width, height };
    const shown = await openConsole({ url: server.url, account, language, scheme, viewport });
    const { page } = shown;
    const found: Record<string, readonly string[]> = {};
    for (const [name, path, go] of LOOKS) {
      await page.goto(server.url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await go(shown);
      await drawn(page);
      const isInside = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
      const all = [...(await seriousViolations(shown)), ...(isInside ? [] : ['wider than the screen'])];
      if (all.length > 0) found[name] = all;
    }
    expect(found).toEqual({});
    expect(shown.troubles).toEqual([]);
    await shown.close();
  },
);
