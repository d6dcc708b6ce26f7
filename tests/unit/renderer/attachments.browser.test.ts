import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
import { must } from '#shared/domain/must.ts';
import { FILE_PROBLEMS } from '#shared/files/accept-file.ts';
import { pdfBytes, riffChunk, webpBytes } from '#tests/fixtures/picture-bytes.ts';
import { launchChromium } from '#tests/helpers/chromium.ts';
import { serveConsolePage, type ConsolePage } from '#tests/helpers/console-page.ts';
import { png } from '#tests/helpers/png.ts';

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

beforeEach(async () => {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ru-RU' });
  await context.addInitScript(() => localStorage.setItem('pult.language', 'ru'));
  page = await context.newPage();
  await page.goto(`${served.url}/queue/new`);
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
});

afterEach(() => page.context().close());

interface Chosen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}
const picture = (name: string, shade: number): Chosen => ({
  name,
  mimeType: 'image/png',
  buffer: png(320, 200, shade),
});
const other = (name: string, bytes: Uint8Array): Chosen => ({
  name,
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(bytes),
});

const incident = async (id: string): Promise<Incident> =>
  must(await page.evaluate((key) => window.pultConsole.store.incident(key), id), 'an incident');
const openId = (): string => must(/incident\/([^/?]+)/.exec(page.url())?.[1], page.url());
const dialog = () => page.getByRole('dialog');
const choose = (files: readonly Chosen[]): Promise<void> =>
  page
    .locator('input[type=file]')
    .last()
    .setInputFiles([...files]);
const names = (label: string): Promise<readonly string[]> =>
  page
    .getByRole('list', { name: label })
    .getByRole('img')
    .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).alt));

async function openRegister(): Promise<void> {
  await page.keyboard.press('Shift+KeyN');
  await dialog().getByLabel('Текст сообщения').waitFor();
}

/** Every dialog of the console has a head that axe takes for a second banner. */
const DIALOG_HEAD = {
  'landmark-no-duplicate-banner': { enabled: false },
  'landmark-unique': { enabled: false },
};

async function violations(): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (rules) => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    return (await checker.run(document, { resultTypes: ['violations'], rules })).violations;
  }, DIALOG_HEAD);
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** Pastes or drops files onto the element that has the focus, as the clipboard and the desk give them. */
const give = (how: 'paste' | 'drop', file: Chosen): Promise<void> =>
  page.evaluate(
    ({ kind, name, type, bytes }) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const target = must(document.activeElement);
      function must<T>(value: T | null): T {
        if (value === null) throw new Error('nothing has the focus');
        return value;
      }
      const common = { bubbles: true, cancelable: true } as const;
      target.dispatchEvent(
        kind === 'paste'
          ? new ClipboardEvent('paste', { ...common, clipboardData: data })
          : new DragEvent('drop', { ...common, dataTransfer: data }),
      );
    },
    { kind: how, name: file.name, type: file.mimeType, bytes: [...file.buffer] },
  );

test('screenshots chosen, pasted and dropped become attachments of the registered message', async () => {
  await openRegister();
  await dialog().getByLabel('Текст сообщения').fill('Прислали снимок: яма у подъезда');
  await choose([picture('яма.png', 10), other('заявление.pdf', pdfBytes())]);
  await dialog().getByRole('button', { name: 'Убрать «заявление.pdf»' }).waitFor();
  await dialog().getByLabel('Текст сообщения').focus();
  await give('paste', picture('буфер.png', 60));
  await dialog().getByRole('button', { name: 'Убрать «буфер.png»' }).waitFor();
  await give('drop', picture('стол.png', 120));
  await dialog().getByRole('button', { name: 'Убрать «стол.png»' }).waitFor();
  await dialog().getByRole('button', { name: 'Убрать «буфер.png»' }).click();
  expect(await violations()).toEqual([]);
  // Nothing says where it came from but the person.
  expect(await dialog().getByRole('button', { name: 'Завести' }).isDisabled()).toBe(true);
  await dialog().getByRole('combobox', { name: 'Сеть' }).click();
  await page.getByRole('option', { name: 'ВКонтакте' }).click();
  await dialog().getByLabel('Текст сообщения').press('Control+Enter');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const registered = await incident(openId());
  expect(registered.attachments?.map(({ name }) => name)).toEqual(['яма.png', 'заявление.pdf', 'стол.png']);
  expect(registered.source).toMatchObject({ hasMedia: true, kind: 'screenshot' });
  expect(registered.notes).toEqual([]);
  await expect.poll(() => names('Файлы сообщения')).toEqual(['Снимок «яма.png»', 'Снимок «стол.png»']);
  expect(await violations()).toEqual([]);
  await openRegister();
  expect(await dialog().getByRole('listitem').count()).toBe(0);
});

test('the files of the dialog outlive it, as its text does', async () => {
  await openRegister();
  await dialog().getByLabel('Текст сообщения').fill('Недописанное');
  await choose([picture('снимок.png', 10)]);
  await dialog().getByRole('button', { name: 'Убрать «снимок.png»' }).waitFor();
  await page.reload();
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
  await openRegister();
  await dialog().getByRole('button', { name: 'Убрать «снимок.png»' }).waitFor();
  expect(await dialog().getByLabel('Текст сообщения').inputValue()).toBe('Недописанное');
});

test('a file that is not taken is named with what to do, and the others are taken', async () => {
  await openRegister();
  const heic = Uint8Array.from([0, 0, 0, 24, ...new TextEncoder().encode('ftypheic'), 0, 0, 0, 0]);
  const animated = webpBytes({ flags: 2, extra: [riffChunk('ANIM', [0, 0, 0, 0, 0, 0])] });
  await choose([
    other('фото.heic', heic),
    other('письмо.docx', Uint8Array.from([0x50, 0x4b, 3, 4, 5, 6])),
    other('пусто.png', new Uint8Array()),
    other('движется.webp', animated),
    picture('годный.png', 10),
  ]);
  const trouble = dialog().getByRole('alert');
  await dialog().getByRole('button', { name: 'Убрать «годный.png»' }).waitFor();
  const items = await trouble.getByRole('listitem').allInnerTexts();
  expect(items).toHaveLength(4);
  expect(items[0]).toMatch(/«фото.heic».*HEIC.*JPEG/);
  expect(items[1]).toMatch(/«письмо.docx».*PDF/);
  expect(items[2]).toMatch(/«пусто.png».*пуст/);
  expect(items[3]).toMatch(/«движется.webp».*снимок экрана/);
  expect(await violations()).toEqual([]);
});

test('the eleventh file is refused in words, and ten stay', async () => {
  await openRegister();
  await choose(Array.from({ length: 11 }, (_, index) => picture(`снимок ${index + 1}.png`, index * 20)));
  await dialog().getByRole('alert').getByText('снимок 11.png').waitFor();
  expect(
    await dialog()
      .getByRole('listitem')
      .filter({ has: page.getByRole('img') })
      .count(),
  ).toBe(10);
  expect(await dialog().getByRole('alert').innerText()).toContain('не больше десяти');
});

test.each(['ru', 'en'])('every problem of a file has a sentence in %s', (language) => {
  const words = JSON.parse(readFileSync(`renderer/locales/${language}.json`, 'utf8')) as {
    attachment: { problem: Record<string, string> };
  };
  for (const problem of FILE_PROBLEMS) expect(words.attachment.problem[problem], problem).toMatch(/\.$/);
});

/** Opens the first incident of a lane whose reply may be written, having taken it into work. */
async function openForReply(): Promise<string> {
  await page.goto(`${served.url}/queue/agencies`);
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
  const row = must(await page.locator('#queue-rows').getAttribute('aria-activedescendant'), 'a row');
  const id = row.replace('row-', '');
  await page.evaluate(async (key) => {
    const { store } = window.pultConsole;
    const found = await store.incident(key);
    if (found?.step.name === 'assigned') await store.dispatch(key, { name: 'takeToWork', args: {} });
  }, id);
  await page.keyboard.press('KeyO');
  await page.getByRole('textbox', { name: 'Ответ' }).waitFor();
  return id;
}

test('photos of a reply keep their order, survive a re-draft, and stand before the approver', async () => {
  const id = await openForReply();
  await page.getByRole('textbox', { name: 'Ответ' }).fill('Яму засыпали, фото ниже.');
  await choose([picture('до.png', 10), picture('после.png', 200)]);
  await page.getByRole('button', { name: '«после.png»: раньше' }).click();
  await expect.poll(() => names('Файлы ответа')).toEqual(['Снимок «после.png»', 'Снимок «до.png»']);
  await page.getByRole('button', { name: 'Сохранить черновик' }).click();
  const sent = async () => (await incident(id)).replies.at(-1)?.attachments?.map(({ name }) => name);
  await expect.poll(sent).toEqual(['после.png', 'до.png']);
  await page.getByRole('textbox', { name: 'Ответ' }).fill('Яму засыпали 28 ноября, фото ниже.');
  await page.getByRole('textbox', { name: 'Ответ' }).press('Control+Enter');
  await expect.poll(async () => (await incident(id)).step.name).toBe('approval');
  expect(await sent()).toEqual(['после.png', 'до.png']);
  await page.evaluate(
    ({ incidentId }) =>
      window.pultConsole.actAs({ id: 'approver-1', role: 'approver', agency: null }, incidentId, {
        name: 'note',
        args: { text: 'вижу' },
      }),
    { incidentId: id },
  );
  await expect.poll(() => names('Файлы ответа')).toEqual(['Снимок «после.png»', 'Снимок «до.png»']);
  expect(await violations()).toEqual([]);
});

test('a picture opens large by the keyboard, arrows go on, Escape closes; nothing but blobs is shown', async () => {
  await openForReply();
  await page.keyboard.press('KeyN');
  await dialog().getByRole('textbox').waitFor();
  await choose([picture('раз.png', 10), picture('два.png', 200)]);
  await dialog().getByRole('button', { name: 'Убрать «два.png»' }).waitFor();
  await dialog().getByRole('button', { name: 'Добавить' }).click();
  const strip = page.getByRole('list', { name: 'Файлы заметки' });
  const thumb = strip.getByRole('button').first();
  await strip.getByRole('img').first().waitFor();
  await thumb.focus();
  await page.keyboard.press('Enter');
  await dialog().getByRole('img', { name: 'Снимок «раз.png»' }).waitFor();
  expect(await violations()).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await dialog().getByRole('img', { name: 'Снимок «два.png»' }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await dialog().getByRole('img', { name: 'Снимок «раз.png»' }).waitFor();
  const sources = await page
    .locator('img')
    .evaluateAll((all) => all.map((image) => (image as HTMLImageElement).src));
  expect(sources.every((source) => source.startsWith('blob:'))).toBe(true);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await expect.poll(() => thumb.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('a file on its way, a refused one and one that is not here each say so', async () => {
  const id = await openForReply();
  const hash = await page.evaluate(
    async ({ incidentId, bytes }) => {
      const { store } = window.pultConsole;
      const kept = await store.keepAttachment(new Uint8Array(bytes), 'снимок.png');
      if (!kept.ok) throw new Error(kept.problem);
      const away = { ...kept.attachment, hash: 'a'.repeat(64), name: 'чужой.png' };
      await store.dispatch(incidentId, {
        name: 'note',
        args: { text: '', attachments: [kept.attachment, away] },
      });
      return kept.attachment.hash;
    },
    { incidentId: id, bytes: [...png(40, 30, 90)] },
  );
  const show = (received: number, refused: 'damaged' | null): Promise<void> =>
    page.evaluate((file) => window.pultConsole.setStatus({ unsent: 1, attachments: [file] }), {
      hash,
      name: 'снимок.png',
      size: 1000,
      received,
      refused,
    });
  const strip = page.getByRole('list', { name: 'Файлы заметки' });
  await strip.getByText('Ещё не передан с рабочего места').waitFor();
  await show(0, null);
  await strip.getByText('ещё не передано').waitFor();
  expect(await page.locator('header [role="status"]').innerText()).toContain('из них файлов 1');
  await show(450, null);
  await strip.getByText('передаётся, 45 %').waitFor();
  await show(0, 'damaged');
  await strip.getByText('повреждён').waitFor();
  expect(await violations()).toEqual([]);
  const saved = page.waitForEvent('download');
  await strip.getByRole('button', { name: 'Сохранить «снимок.png»' }).click();
  expect((await saved).suggestedFilename()).toBe('снимок.png');
  await page.goto(`${served.url}/not-accepted`);
  await page.getByText('Всё принято').waitFor();
  await show(0, 'damaged');
  await page.getByRole('article').filter({ hasText: 'Файл «снимок.png»' }).getByText('повреждён').waitFor();
  expect(await violations()).toEqual([]);
});

test('«Не принято» shows the files of a refused reply and gives them back to its editor', async () => {
  const id = await openForReply();
  await page.evaluate(
    async ({ incidentId, bytes }) => {
      const { store } = window.pultConsole;
      const kept = await store.keepAttachment(new Uint8Array(bytes), 'фото.png');
      if (!kept.ok) throw new Error(kept.problem);
      const args = { text: 'Сделано', kind: 'final', promises: [], attachments: [kept.attachment] };
      window.pultConsole.addNotAccepted({
        id: incidentId,
        seq: 1,
        actor: 'operator-1',
        incident: incidentId,
        name: 'draftReply@1',
        args,
        at: Date.now(),
        baseVersion: 0,
        why: { kind: 'held', reason: 'проверка' },
      } as never);
    },
    { incidentId: id, bytes: [...png(40, 30, 90)] },
  );
  await page.keyboard.press('Escape');
  await page.keyboard.press('KeyG');
  await page.keyboard.press('KeyE');
  const item = page.getByRole('article').filter({ hasText: 'Сделано' });
  await item.getByRole('img', { name: 'Снимок «фото.png»' }).waitFor();
  expect(await violations()).toEqual([]);
  await item.getByRole('button', { name: 'Открыть и исправить' }).click();
  await page.getByRole('button', { name: 'Убрать «фото.png»' }).waitFor();
});
