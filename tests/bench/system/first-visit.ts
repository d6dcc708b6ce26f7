import type { Page } from 'playwright-core';
import { openConsole } from '#tests/e2e/harness/console.ts';
import type { TestConsole } from '#tests/e2e/harness/test-console.ts';
import type { DemoAccount } from '#tests/e2e/harness/server.ts';
import { withFolder } from './cleaning.ts';
import { heapOf, type Heap } from './heap.ts';

/** Times of a new workstation's first login, in milliseconds from the press of the login button. */
export interface FirstVisit {
  /** 50 rows of the queue are in the document. */
  readonly usable: number;
  /** The strip says that everything is here. */
  readonly complete: number;
  readonly heap: Heap;
}

/** High enough for 50 rows: the queue draws only what is on the screen. */
export const TALL_SCREEN = { width: 1366, height: 3400 };
export const ROWS = 50;
const PATIENCE_MS = 600_000;

interface Seen {
  pressed: number;
  usable: number;
  complete: number;
}

/** Runs in the page: notes the moments as they come, without asking the store for anything. */
function watch({ live, rows }: { readonly live: string; readonly rows: number }): void {
  const seen: Seen = { pressed: 0, usable: 0, complete: 0 };
  Object.assign(globalThis, { pultSeen: seen });
  addEventListener('submit', () => (seen.pressed = performance.now()), { capture: true });
  const look = (): void => {
    if (seen.usable === 0 && document.querySelectorAll('#queue-rows [role="row"]').length >= rows)
      seen.usable = performance.now();
    const strip = document.querySelector('header [role="status"]')?.textContent ?? '';
    if (seen.complete === 0 && strip.includes(live)) seen.complete = performance.now();
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, characterData: true });
}

async function press({ page, t }: TestConsole, { login, password }: DemoAccount): Promise<void> {
  await page.getByLabel(t('session.loginName')).fill(login);
  await page.getByLabel(t('session.password'), { exact: true }).fill(password);
  await page.evaluate(watch, { live: t('truth.live'), rows: ROWS });
  await page.getByRole('button', { name: t('session.login'), exact: true }).click();
}

const seenBy = (page: Page): Promise<Seen> =>
  page.evaluate(() => (globalThis as unknown as { pultSeen: Seen }).pultSeen);

/** A person logs in on a browser that has never seen the console; ends when the archive is there. */
export async function firstVisit(url: string, account: DemoAccount): Promise<FirstVisit> {
  return withFolder(async (profile) => {
    const console = await openConsole({ url, profile, viewport: TALL_SCREEN });
    try {
      return await timeLogin(console, account);
    } finally {
      await console.close();
    }
  });
}

async function timeLogin(console: TestConsole, account: DemoAccount): Promise<FirstVisit> {
  await press(console, account);
  await console.page.waitForFunction(
    () => (globalThis as unknown as { pultSeen: Seen }).pultSeen.complete > 0,
    null,
    { timeout: PATIENCE_MS, polling: 500 },
  );
  const { pressed, usable, complete } = await seenBy(console.page);
  if (usable === 0) throw new Error('Fifty rows never stood in the queue');
  return { usable: usable - pressed, complete: complete - pressed, heap: await heapOf(console.page) };
}
