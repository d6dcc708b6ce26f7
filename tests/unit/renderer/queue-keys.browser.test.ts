import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Incident } from '#shared/domain/incident.ts';
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

const SMALL = { width: 1366, height: 768 };

async function open(path = '/queue/new', viewport = SMALL, language = 'ru'): Promise<string> {
  await page?.context().close();
  const context = await browser.newContext({ viewport, locale: 'ru-RU' });
  await context.addInitScript((code) => localStorage.setItem('pult.language', code), language);
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(served.url + path);
  return chosen();
}

/** The chosen row, once there is one. */
async function chosen(): Promise<string> {
  await page.locator('#queue-rows[aria-activedescendant]').waitFor();
  return (await selected()) ?? '';
}

const selected = async (): Promise<string | null> => {
  const id = await page.evaluate(
    () => document.querySelector('#queue-rows')?.getAttribute('aria-activedescendant') ?? null,
  );
  return id?.replace('row-', '') ?? null;
};

const incident = (id: string): Promise<Incident> =>
  page.evaluate(async (wanted) => {
    const found = await window.pultConsole.store.incident(wanted);
    if (found === null) throw new Error('no such incident');
    return found;
  }, id);

/** The state that keys must leave as it is. */
const stateOf = async (id: string) => {
  const { version, step, holder, classification, importance } = await incident(id);
  return { version, step, holder, classification, importance };
};

async function press(...codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    await page.keyboard.press(code);
    await drawn(page);
  }
}

/** Every key of a card that acts or leads to acting. */
const ACTING = ['Enter', 'c', 'x', '0', '1', '2', '3', 't', 'm', 'd', 'r', 'i', 'n', 'o'];
const dialogs = (): Promise<number> => page.getByRole('dialog').count();

/** Another console takes the row out of the list. */
const takeAway = (id: string): Promise<unknown> =>
  page.evaluate(
    (wanted) =>
      window.pultConsole.store.dispatch(wanted, { name: 'reject', args: { reason: 'spam', comment: '' } }),
    id,
  );

describe('keys act on what is seen', () => {
  test('after a text filter no key acts on the message chosen before, which the list no longer shows', async () => {
    const id = await open();
    const before = await stateOf(id);
    await press('/');
    await page.keyboard.type('телефону');
    await page.waitForURL(/text=/);
    await page.locator('[role="row"]').first().waitFor();
    expect(await page.locator(`#row-${id}`).count()).toBe(0);
    await press('Enter');
    expect(await selected()).toBeNull();
    await page.getByText('Выберите сообщение').waitFor();
    for (const key of ACTING) {
      await press(key);
      expect([key, await dialogs(), new URL(page.url()).pathname]).toEqual([key, 0, '/queue/new']);
    }
    expect(await stateOf(id)).toEqual(before);
    await press('j');
    const first = await chosen();
    expect(await page.locator(`#row-${first}`).count()).toBe(1);
    await press('c');
    expect((await incident(first)).holder).not.toBeNull();
  });

  test('a filter that keeps the chosen message keeps it chosen, and keys act on it', async () => {
    const id = await open();
    await press('ArrowDown');
    const second = await chosen();
    expect(second).not.toBe(id);
    const { text } = await incident(second);
    await press('/');
    await page.keyboard.type(text.split(' ')[0] ?? '');
    await page.waitForURL(/text=/);
    await press('Enter', 'c');
    expect(await chosen()).toBe(second);
    expect((await incident(second)).holder).not.toBeNull();
  });

  test('a key pressed before the new list is there acts on nothing', async () => {
    const id = await open();
    const before = await stateOf(id);
    await page.evaluate(() => {
      const { store } = window.pultConsole;
      const quick = store.queue.bind(store);
      const slow: typeof quick = async (...args) => {
        await new Promise<void>((done) => Object.assign(globalThis, { letListCome: done }));
        return quick(...args);
      };
      Object.assign(store, { queue: slow });
    });
    await page.getByRole('button', { name: 'по остатку времени' }).click();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (const key of ACTING) await page.keyboard.press(key);
    expect(await dialogs()).toBe(0);
    await drawn(page);
    expect(await stateOf(id)).toEqual(before);
    expect(await dialogs()).toBe(0);
    await page.evaluate(() => (globalThis as unknown as { letListCome: () => void }).letListCome());
    await expect.poll(selected).toBe(id);
  });

  test('a card whose row somebody took away stays, says who took it, and every key asks first', async () => {
    const id = await open();
    await takeAway(id);
    await page.locator(`#row-${id}`).waitFor({ state: 'detached' });
    const before = await stateOf(id);
    const card = page.getByRole('complementary', { name: 'Карточка выбранного сообщения' });
    const words = await card.getByRole('status').innerText();
    expect(words).toContain('больше нет в списке');
    expect(words).toContain('Отклонено: Спам');
    expect(words).toContain('Примерова');
    expect(await seriousViolations({ page })).toEqual([]);
    for (const key of ACTING.filter((key) => key !== 'o')) {
      await press(key);
      await page.getByRole('dialog').getByText('больше нет в списке').waitFor();
      await press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await press('o');
    expect(new URL(page.url()).pathname).toBe('/queue/new');
    expect(await stateOf(id)).toEqual(before);
    await press('j');
    const next = await chosen();
    expect(await page.locator(`#row-${next}`).getAttribute('aria-rowindex')).toBe('1');
  });

  test('the row somebody took is acted on after the question was answered', async () => {
    const id = await open();
    await takeAway(id);
    await page.locator(`#row-${id}`).waitFor({ state: 'detached' });
    await press('Enter');
    await page.getByRole('button', { name: 'Всё равно продолжить' }).click();
    await page.waitForURL(`**/incident/${id}`);
    expect((await incident(id)).step.name).toBe('rejected');
  });

  test('a key held down acts once', async () => {
    const id = await open();
    await page.keyboard.down('c');
    await expect.poll(async () => (await incident(id)).holder).not.toBeNull();
    await page.keyboard.down('c');
    await page.keyboard.down('c');
    await page.keyboard.up('c');
    await drawn(page);
    expect((await incident(id)).history.filter(({ event }) => event === 'claimed')).toHaveLength(1);
    expect((await incident(id)).holder).not.toBeNull();
  });

  test('a row that leaves by the own hand gives its place to the next one', async () => {
    const id = await open();
    const second = await page.locator('[role="row"][aria-rowindex="2"]').getAttribute('id');
    await press('x', '1', 'Enter');
    await expect.poll(async () => `row-${await selected()}`).toBe(second);
    expect((await incident(id)).step.name).toBe('rejected');
  });
});

describe('nothing is decided that nobody chose', () => {
  test('no topic is marked; the first Enter asks, a digit chooses, Enter sends to who stands on the button', async () => {
    const id = await open();
    const topic = page.getByRole('group', { name: 'Тема', exact: true });
    expect(await topic.getByRole('button').count()).toBeGreaterThan(2);
    expect(await topic.locator('[aria-pressed="true"]').count()).toBe(0);
    await press('Enter', 'Enter');
    expect((await incident(id)).step.name).toBe('new');
    await page.getByText('Сначала выберите тему: она решает').waitFor();
    expect(await topic.getAttribute('data-active')).toBe('true');
    await press('1');
    const button = page.getByRole('button', { name: /Направить → / });
    const to = (await button.innerText()).replaceAll(/\s+/g, ' ');
    await press('Enter');
    await expect.poll(async () => (await incident(id)).step.name).toBe('assigned');
    expect(to).toContain('Мэрия Биробиджана');
    expect((await incident(id)).assignments.at(-1)?.agency).toBe('meriya-birobidzhan');
  });

  test('a rejection has no reason until somebody chooses it, and Enter says so', async () => {
    const id = await open();
    await press('x', 'Enter');
    await page.getByRole('alert').filter({ hasText: 'Выберите причину' }).waitFor();
    expect((await incident(id)).step.name).toBe('new');
    expect(await page.getByRole('radio', { checked: true }).count()).toBe(0);
    expect(await seriousViolations({ page })).toEqual([]);
    await press('2', 'Escape', 'x', 'Enter');
    expect((await incident(id)).step.name).toBe('new');
    await press('3', 'Enter');
    await expect
      .poll(async () => (await incident(id)).step)
      .toMatchObject({ name: 'rejected', reason: 'not_a_request' });
  });

  test('a list opened with 0 picks nothing that was neither typed nor reached by an arrow', async () => {
    const id = await open();
    await press('0', 'Enter');
    await page.getByRole('alert').filter({ hasText: 'Наберите часть названия' }).waitFor();
    expect(await page.getByRole('option', { selected: true }).count()).toBe(0);
    await press('ArrowDown', 'Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('ваш выбор').waitFor();
    expect((await incident(id)).step.name).toBe('new');
  });

  test('a deferral has no day until somebody names it', async () => {
    const id = await page.evaluate(async () => {
      const query = {
        lane: 'agencies',
        municipalities: [],
        groups: [],
        topics: [],
        agencies: [],
        networks: [],
        text: '',
        from: null,
        to: null,
        sort: 'due',
      } as const;
      const { rows } = await window.pultConsole.store.queue(query, 0, 50);
      return rows.find(({ step }) => step === 'in_progress')?.id ?? '';
    });
    await page.goto(`${served.url}/incident/${id}`);
    await page.getByRole('button', { name: 'Действия' }).click();
    await page.getByRole('menuitem', { name: 'Отложить' }).click();
    await page.getByRole('dialog').getByLabel('Почему').fill('ждём тепла');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'до какого дня' }).waitFor();
    expect((await incident(id)).step.name).toBe('in_progress');
  });
});

describe.each([
  [SMALL, 'ru', /^Направить → /],
  [SMALL, 'en', /^Route → /],
  // 200 % of the small screen.
  [{ width: 683, height: 384 }, 'ru', /^Направить → /],
] as const)('at %o in %s', (viewport, language, name) => {
  test('the addressee stands with its reason beside the button, and the live field is in sight', async () => {
    await open('/queue/new', viewport, language);
    await press('1');
    const button = page.getByRole('button', { name });
    const bar = button.locator('xpath=..');
    expect((await bar.innerText()).replaceAll(/\s+/g, ' ')).toMatch(
      /(Мэрия|City).*(по группе тем и месту|by topic group and place)/i,
    );
    for (const [key, field] of [
      ['t', 0],
      ['m', 1],
      ['d', 2],
      ['r', 3],
    ] as const) {
      await press(key);
      if ((await dialogs()) > 0) await press('Escape');
      const live = page.locator('[data-active="true"]');
      expect(await live.count()).toBe(1);
      const place = await live.evaluate((element) => {
        const around = (element.parentElement as HTMLElement).getBoundingClientRect();
        const own = element.getBoundingClientRect();
        return {
          isIn: own.top >= around.top - 2 && own.bottom <= around.bottom + 2,
          fits: own.height <= around.height,
        };
      });
      expect({ field, ...place, isIn: place.isIn || !place.fits }).toEqual({
        field,
        fits: place.fits,
        isIn: true,
      });
      const caps = await page
        .locator('[data-active="false"] [aria-pressed] > kbd')
        .evaluateAll((all) => all.filter((cap) => getComputedStyle(cap).visibility !== 'hidden').length);
      expect(caps).toBe(0);
    }
    const box = await bar.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
  });

  test('a long name of an agency is whole on the button', async () => {
    await open('/queue/new', viewport, language);
    await press('1', 'r', '0');
    const names = await page.getByRole('option').locator('span').allInnerTexts();
    const longest = names.toSorted((a, b) => b.length - a.length)[0] ?? '';
    await page.getByRole('option').filter({ hasText: longest }).first().click();
    const button = page.getByRole('button', { name });
    // The card may say an agency's short name; its unit stands at the end.
    const label = button.locator('span', { hasText: longest.split(' · ').at(-1) ?? '' }).last();
    expect(
      await label.evaluate((element) => element.scrollHeight - element.clientHeight),
    ).toBeLessThanOrEqual(1);
    const box = await button.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
  });
});
