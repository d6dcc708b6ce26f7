import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { FIRST_QUERY } from '#renderer/data/store/first-query.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { drawn } from '#tests/e2e/harness/drawn.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { consoleBrowser } from '#tests/helpers/console-browser.ts';

const browser = consoleBrowser();
let page: Page;

interface Look {
  readonly scheme: 'light' | 'dark';
  readonly language: 'ru' | 'en';
  readonly width: number;
  readonly height: number;
}
const USUAL: Look = { scheme: 'light', language: 'ru', width: 1366, height: 768 };

/** Opens a message in work whose reply is not begun. */
async function open({ scheme, language, width, height }: Look): Promise<string> {
  await page?.context().close();
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'ru-RU',
    colorScheme: scheme,
  });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${browser.url()}/?operator`);
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
  const id = await page.evaluate(
    async (query) => {
      const { rows } = await window.pultConsole.store.queue(query, 0, 200);
      return rows.find(({ step }) => step === 'in_progress')?.id ?? '';
    },
    { ...FIRST_QUERY, lane: 'agencies' as const },
  );
  await page.goto(`${browser.url()}/incident/${id}?operator`);
  await reply().fill('');
  return id;
}
const reply = () => page.locator('#reply-text');
const list = () => page.getByRole('listbox', { name: /Шаблон ответа|Reply template/ });
const chosenText = (): Promise<string> =>
  reply().evaluate((field: HTMLTextAreaElement) =>
    field.value.slice(field.selectionStart, field.selectionEnd),
  );

test('a key opens the templates that fit, a digit takes one, and its first open place is chosen', async () => {
  const id = await open(USUAL);
  await reply().press('Control+Slash');
  const options = list().getByRole('option');
  await options.filter({ hasText: 'Сделано' }).waitFor();
  const names = await options.allTextContents();
  const place = names.findIndex((name) => name.includes('Сделано'));
  expect(place).toBeGreaterThanOrEqual(0);
  await page.keyboard.press(`Digit${place + 1}`);
  await list().waitFor({ state: 'detached' });
  await expect.poll(chosenText, { timeout: PATIENCE_MS }).toMatch(/^\[что сделано|^\{адрес\}/);
  const text = await reply().inputValue();
  expect(text).toMatch(/^Здравствуйте/);
  const warnings = page.getByRole('region', { name: 'Посмотрите перед отправкой' });
  await warnings.getByRole('button', { name: 'Не заполнено место «[что сделано и когда]»' }).waitFor();
  await reply().fill(text.replace('[что сделано и когда]', 'снег вывезли вчера'));
  await reply().press('Control+Enter');
  await page.getByText('Ответ ушёл на согласование').waitFor();
  const saved = await page.evaluate(async (incident) => {
    const { store } = window.pultConsole;
    const reply = (await store.incident(incident))?.replies.at(-1);
    return { state: reply?.state, template: reply?.template, uses: await store.templateUses() };
  }, id);
  expect(saved).toEqual({ state: 'submitted', template: 'sdelano', uses: { sdelano: 1 } });
});

test('a template goes where the cursor stands, and is forgotten with the text it began', async () => {
  const id = await open(USUAL);
  await reply().fill('Начало.  Конец.');
  await reply().evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(8, 8));
  await reply().press('Control+Slash');
  await list().getByRole('option').filter({ hasText: 'Сделано' }).click();
  await expect.poll(() => reply().inputValue()).toMatch(/^Начало\. Здравствуйте.* Конец\.$/);
  await reply().fill('');
  await reply().fill('Свой ответ: вывезли вчера.');
  await page.getByRole('button', { name: 'Сохранить черновик' }).click();
  await page.getByText('Черновик сохранён для коллег').waitFor();
  const saved = await page.evaluate(
    async (incident) => (await window.pultConsole.store.incident(incident))?.replies.at(-1),
    id,
  );
  expect(saved).toMatchObject({ text: 'Свой ответ: вывезли вчера.' });
  expect(saved).not.toHaveProperty('template');
});

test.each<Look>([
  USUAL,
  { scheme: 'dark', language: 'en', width: 1920, height: 1080 },
  { scheme: 'light', language: 'ru', width: 683, height: 384 },
])('the list of templates fits and has nothing axe complains of (%o)', async (look) => {
  await open(look);
  await reply().press('Control+Slash');
  await list().getByRole('option').first().waitFor();
  await drawn(page);
  expect(await seriousViolations({ page })).toEqual([]);
  const sticksOut = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sticksOut).toBe(0);
});

const preview = () => page.getByRole('figure', { name: /Как увидят ответ|The reply as it is seen/ });

test.each<Look>([
  USUAL,
  { scheme: 'dark', language: 'en', width: 1920, height: 1080 },
  { scheme: 'light', language: 'ru', width: 683, height: 384 },
])('the preview shows what goes and what does not, and axe has nothing serious to say (%o)', async (look) => {
  await open(look);
  await reply().fill('Здравствуйте! См. https://eao.ru/plan, **важно**: до {срок}. [id1|Анна], спасибо.');
  await page.getByRole('button', { name: /Как увидит автор|As the author will see it/ }).click();
  await preview().locator('[data-piece="open"]').filter({ hasText: '{срок}' }).waitFor();
  expect(await preview().locator('[data-piece="signs"]').first().textContent()).toBe('**');
  await reply().fill(`Здравствуйте! ${'я'.repeat(10_000)}`);
  const places = await page.evaluate(
    async (id) => {
      const incident = await window.pultConsole.store.incident(id);
      return incident?.source.network;
    },
    new URL(page.url()).pathname.split('/').at(-1) ?? '',
  );
  const isCut = places === 'ok' || places === 'other' ? 0 : 1;
  await expect.poll(() => preview().locator('[data-piece="beyond"]').count()).toBe(isCut);
  await reply().fill('Здравствуйте! См. https://eao.ru/plan, **важно**: до {срок}.');
  await preview().scrollIntoViewIfNeeded();
  await drawn(page);
  expect(await seriousViolations({ page })).toEqual([]);
  const sticksOut = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sticksOut).toBe(0);
});

test('an answer that came by telephone is sent with its moment, which the card and the history say', async () => {
  const id = await open(USUAL);
  await reply().fill('Здравствуйте! Мэрия: снег вывезли сегодня утром.');
  await page.getByText('По телефону', { exact: true }).click();
  await page.getByText('Укажите, когда ответили.').waitFor();
  const save = page.getByRole('button', { name: 'Сохранить черновик' });
  expect(await save.isDisabled()).toBe(true);
  const { created, shown } = await page.evaluate(async (incident) => {
    const { createdAt } = (await window.pultConsole.store.incident(incident)) ?? { createdAt: 0 };
    const at = new Date(createdAt + 10 * 3_600_000 + 60_000).toISOString().slice(0, 16);
    return { created: createdAt, shown: at };
  }, id);
  const moment = page.getByLabel('Когда ведомство ответило');
  await moment.fill('2001-01-01T10:00');
  await page.getByText('Раньше, чем пришло сообщение.').waitFor();
  await moment.fill(shown);
  await save.click();
  await page.getByText('Черновик сохранён для коллег').waitFor();
  const saved = await page.evaluate(
    async (incident) => (await window.pultConsole.store.incident(incident))?.replies.at(-1),
    id,
  );
  expect(saved?.came?.way).toBe('phone');
  expect(saved?.came?.at).toBeGreaterThan(created);
  await page
    .getByRole('list', { name: 'История' })
    .getByText(/ответили по телефону/)
    .first()
    .waitFor();
  // By the keyboard: the toast of the saved draft may lie over the button.
  await reply().press('Control+Enter');
  await page
    .getByRole('region', { name: 'Согласование ответа' })
    .getByText(/ответили по телефону .+; записано: О\. Примерова/)
    .waitFor();
});
