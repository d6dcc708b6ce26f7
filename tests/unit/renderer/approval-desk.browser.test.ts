import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { openReply, type Incident } from '#shared/domain/incident.ts';
import { seriousViolations } from '#tests/e2e/harness/axe.ts';
import { drawn } from '#tests/e2e/harness/drawn.ts';
import { PATIENCE_MS } from '#tests/e2e/harness/until.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';

let served: ConsolePage;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  served = await serveConsolePage();
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await served.server.close();
});
beforeEach(() => open());

interface Look {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly scheme?: 'light' | 'dark';
  readonly language?: 'ru' | 'en';
}

/** Comes in as the approver, at whose lane the day begins. */
async function open(look: Look = {}): Promise<void> {
  await page?.context().close();
  const { scheme = 'light', language = 'ru', viewport = { width: 1366, height: 768 } } = look;
  const context = await browser.newContext({ viewport, locale: 'ru-RU', colorScheme: scheme });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${served.url}/?approver`);
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
}

const selected = (): Promise<string> =>
  page.evaluate(
    () =>
      document.querySelector('#queue-rows')?.getAttribute('aria-activedescendant')?.replace('row-', '') ?? '',
  );

const incident = async (id: string): Promise<Incident> =>
  must(await page.evaluate((wanted) => window.pultConsole.store.incident(wanted), id), 'the incident');
const stepOf = async (id: string): Promise<string> => (await incident(id)).step.name;
const reply = () => page.getByRole('region', { name: 'Согласование ответа' });

/** Waits until the card of this message has been on the screen long enough for its keys. */
async function seen(id: string): Promise<void> {
  const text = openReply(await incident(id))?.text ?? '';
  await reply().getByRole('blockquote').filter({ hasText: text }).waitFor();
  await page.locator('[data-settled="true"]').waitFor();
}

/** Strikes Enter once more at the moment at which the next reply is drawn. */
const strikeAsSoonAsDrawn = (): Promise<void> =>
  page.evaluate(() => {
    const observer = new MutationObserver(() => {
      if (document.querySelector('[data-settled="false"]') === null) return;
      observer.disconnect();
      const key = new KeyboardEvent('keydown', { code: 'Enter', key: 'Enter', bubbles: true });
      document.querySelector('#queue-rows')?.dispatchEvent(key);
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });

/** Has the agency write another text and submit it anew, after somebody else has sent this one back. */
async function submitAnew(id: string, text: string): Promise<void> {
  const { replies, history } = await incident(id);
  const number = history.filter(({ event }) => event === 'reply_submitted').length;
  await page.evaluate(
    ({ key, before, submissions, after }) => {
      const by = { id: 'operator-2', role: 'operator', agency: null } as const;
      const submission = { number: submissions, text: before };
      const { pultConsole } = window;
      pultConsole.actAs(by, key, { name: 'sendBack', args: { reason: 'Назовите срок', submission } });
      pultConsole.actAs(by, key, { name: 'draftReply', args: { text: after, kind: 'final', promises: [] } });
      pultConsole.actAs(by, key, { name: 'submitForApproval', args: {} });
    },
    { key: id, before: replies.at(-1)?.text ?? '', submissions: number, after: text },
  );
}

test('an approver begins in his own lane, with the reply that has waited longest', async () => {
  expect(new URL(page.url()).pathname).toBe('/queue/approval');
  const ids = await page
    .locator('#queue-rows [role="row"]')
    .evaluateAll((rows) =>
      rows
        .toSorted((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .map((row) => row.id.replace('row-', '')),
    );
  const since = await Promise.all(ids.map(async (id) => (await incident(id)).step.since));
  expect(ids.length).toBeGreaterThan(1);
  expect(since).toEqual(since.toSorted((a, b) => a - b));
  expect(await selected()).toBe(ids[0]);
});

test('Enter approves the reply that is shown, and the next one is there', async () => {
  const first = await selected();
  await seen(first);
  const text = openReply(await incident(first))?.text;
  await reply()
    .getByText(/ждёт .+, норма 10.мин/)
    .waitFor();
  expect(await reply().getByText('медиана').count()).toBe(0);
  await page.keyboard.press('Enter');
  await expect.poll(() => stepOf(first)).toBe('publishing');
  expect(openReply(await incident(first))?.text).toBe(text);
  await expect.poll(selected).not.toBe(first);
  await seen(await selected());
  await reply().getByText('сегодня здесь: 1, медиана').waitFor();
});

test('a key struck twice approves one reply: the next has not been seen yet', async () => {
  const first = await selected();
  await seen(first);
  await strikeAsSoonAsDrawn();
  await page.keyboard.press('Enter');
  await page.getByText('Ответ только что появился').waitFor();
  await expect.poll(selected).not.toBe(first);
  const second = await selected();
  expect(await stepOf(second)).toBe('approval');
});

test('a reply goes back with a reason by a key, and comes again with what has changed', async () => {
  const id = await selected();
  await seen(id);
  await page.keyboard.press('KeyX');
  await page.getByRole('textbox', { name: 'Что исправить' }).fill('Назовите день и кто отвечает');
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => stepOf(id)).toBe('in_progress');
  const before = must(openReply(await incident(id))?.text, 'the reply');
  await page.evaluate(
    ({ key, text }) => {
      const by = { id: 'operator-2', role: 'operator', agency: null } as const;
      const { pultConsole } = window;
      pultConsole.actAs(by, key, { name: 'draftReply', args: { text, kind: 'final', promises: [] } });
      pultConsole.actAs(by, key, { name: 'submitForApproval', args: {} });
    },
    { key: id, text: `${before} Отвечает Примерова.` },
  );
  await page.keyboard.press('End');
  await expect.poll(selected).toBe(id);
  await reply().getByText('Назовите день и кто отвечает').waitFor();
  await reply().getByText('Что изменилось с возврата').waitFor();
  expect(await reply().locator('ins').allInnerTexts()).toEqual([' Отвечает Примерова.']);
});

test('a text that another took the place of is approved only once it was read', async () => {
  const id = await selected();
  await seen(id);
  const before = must(openReply(await incident(id))?.text, 'the reply');
  await submitAnew(id, `${before} Срок 3 мая.`);
  await page.keyboard.press('Home');
  await page.locator(`#row-${id}`).click();
  const second = `${before} Срок 4 мая.`;
  await seen(id);
  await submitAnew(id, second);
  await reply().getByText('Пока вы смотрели, пришёл другой текст').waitFor();
  await seen(id);
  await page.keyboard.press('Enter');
  await page.getByText('следующее нажатие согласует').waitFor();
  expect(await stepOf(id)).toBe('approval');
  await page.keyboard.press('Enter');
  await expect.poll(() => stepOf(id)).toBe('publishing');
  expect(openReply(await incident(id))?.text).toBe(second);
});

test('a mended text stands beside the one submitted, is approved as mended, and falls on no other', async () => {
  const id = await selected();
  await seen(id);
  const before = must(openReply(await incident(id))?.text, 'the reply');
  await page.keyboard.press('KeyA');
  const field = reply().getByRole('textbox');
  await field.fill(`${before} Спасибо!`);
  expect(await reply().locator('ins').allInnerTexts()).toEqual([' Спасибо!']);
  await submitAnew(id, `${before} Срок 3 мая.`);
  await page.locator(`#row-${id}`).click();
  await reply().getByText('Ваша правка к прежней отправке').waitFor();
  expect(await reply().getByRole('blockquote').innerText()).toBe(`${before} Срок 3 мая.`);
  await reply().getByRole('button', { name: 'Взять мою правку' }).click();
  expect(await reply().getByRole('blockquote').innerText()).toBe(`${before} Спасибо!`);
  await page.locator('#queue-rows').focus();
  await page.locator('[data-settled="true"]').waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect.poll(() => stepOf(id)).toBe('publishing');
  expect(openReply(await incident(id))?.text).toBe(`${before} Спасибо!`);
});

/** Brings three replies of the lane to one text under three names, and chooses the first of them. */
async function threeAlike(): Promise<readonly [string, string, string]> {
  const rows = await page.locator('#queue-rows [role="row"]').all();
  const ids = await Promise.all(rows.slice(0, 3).map(async (row) => (await row.getAttribute('id')) ?? ''));
  const [first = '', second = '', third = ''] = ids.map((id) => id.replace('row-', ''));
  await submitAnew(first, 'Здравствуйте, Мария! Яму на улице Ленина засыпали 3 мая.');
  await submitAnew(second, 'Здравствуйте, Иван! Яму на улице Ленина засыпали 3 мая.');
  await submitAnew(third, 'Здравствуйте! Яму на улице Ленина засыпали 3 мая.');
  await page.keyboard.press('Home');
  await page.locator(`#row-${first}`).click();
  await seen(first);
  await reply().getByRole('button', { name: 'Ещё 2 ответа с тем же текстом' }).waitFor();
  return [first, second, third];
}
const dialog = () => page.getByRole('dialog', { name: 'Ответы с тем же текстом' });

test('replies of one text are approved together, but those taken out of the list', async () => {
  const [first, second, third] = await threeAlike();
  await page.keyboard.press('KeyD');
  for (const id of [second, third])
    await dialog()
      .getByText((await incident(id)).text)
      .waitFor();
  expect(await dialog().locator('del').allInnerTexts()).toEqual(['Мария', ', Мария']);
  await drawn(page);
  expect(await seriousViolations({ page })).toEqual([]);
  await dialog().getByRole('checkbox').nth(1).uncheck();
  await dialog().getByRole('button', { name: 'Согласовать этот и ещё 1' }).click();
  await expect.poll(() => stepOf(first)).toBe('publishing');
  expect(await stepOf(second)).toBe('publishing');
  expect(openReply(await incident(second))?.text).toContain('Иван');
  expect(await stepOf(third)).toBe('approval');
  await page.getByText('Согласовано 2 ответа').waitFor();
  await expect.poll(selected).not.toBe(first);
});

test('of replies approved together one that has changed meanwhile is left and named', async () => {
  const [first, second, third] = await threeAlike();
  await page.keyboard.press('KeyD');
  await dialog().waitFor();
  await submitAnew(second, 'Яму засыплют осенью.');
  await dialog().getByRole('button', { name: 'Согласовать этот и ещё 2' }).click();
  await expect.poll(() => stepOf(third)).toBe('publishing');
  expect(await stepOf(first)).toBe('publishing');
  expect(await stepOf(second)).toBe('approval');
  await page.getByText(`№ ${(await incident(second)).number}: ответ не согласован`).waitFor();
});

test('a mended reply is approved alone', async () => {
  const [first] = await threeAlike();
  await page.keyboard.press('KeyA');
  await reply().getByRole('textbox').fill('Яму засыпали.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('KeyD');
  await page.getByText('с другими его больше не согласовать').waitFor();
  expect(await stepOf(first)).toBe('approval');
});

test.each([
  ['light', 'ru'],
  ['dark', 'en'],
] as const)('the desk has nothing axe complains of (%s, %s)', async (scheme, language) => {
  await open({ scheme, language });
  await page.locator('[data-settled="true"]').waitFor();
  await page.keyboard.press('KeyA');
  await drawn(page);
  expect(await seriousViolations({ page })).toEqual([]);
});

test('on a small screen at 200 % nothing of the card’s head is cut off', async () => {
  await open({ viewport: { width: 683, height: 384 } });
  await page.locator('[data-settled="true"]').waitFor();
  const card = must(
    await page.getByRole('complementary', { name: 'Карточка выбранного сообщения' }).boundingBox(),
    'card',
  );
  const step = page.getByRole('complementary').getByText('На согласовании', { exact: true });
  const chip = must(await step.boundingBox(), 'the step');
  expect(chip.x).toBeGreaterThanOrEqual(card.x);
  expect(chip.x + chip.width).toBeLessThanOrEqual(card.x + card.width);
});
