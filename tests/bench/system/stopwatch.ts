import type { BrowserContext, Page, Request } from 'playwright-core';

/**
 * Runs in the page: waits for a text among the descendants of `within`. Gives the moment by the machine's
 * clock, ms.
 */
async function appears({ text, within }: { text: string; within: string }): Promise<number> {
  const isThere = (): boolean => document.querySelector(within)?.textContent?.includes(text) ?? false;
  const now = (): number => performance.timeOrigin + performance.now();
  if (isThere()) return now();
  return new Promise<number>((done) => {
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      done(now());
    });
    observer.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}

/** Runs in the page: waits for a key to go down. Gives the moment by the machine's clock, ms. */
async function goesDown(wanted: string): Promise<number> {
  return new Promise<number>((done) => {
    const look = ({ key }: KeyboardEvent): void => {
      if (key !== wanted) return;
      removeEventListener('keydown', look, { capture: true });
      done(performance.timeOrigin + performance.now());
    };
    addEventListener('keydown', look, { capture: true });
  });
}

/** Something a page was asked to watch for. */
interface Watch {
  readonly moment: Promise<number>;
}

/**
 * Resolves once the page is at work on `moment`: a key pressed before may reach a busy page earlier than the
 * question does.
 */
async function begun(page: Page, moment: Promise<number>): Promise<Watch> {
  // Answers come in the order of questions: the page watches when it has answered this one.
  await page.evaluate(() => undefined);
  return { moment };
}

/** Begins to wait for a text. Await it before causing the text. */
export const watchFor = (page: Page, text: string, within: string): Promise<Watch> =>
  begun(page, page.evaluate(appears, { text, within }));

/** Begins to wait for a key that goes down. Await it before pressing the key. */
export const watchKey = (page: Page, key: string): Promise<Watch> =>
  begun(page, page.evaluate(goesDown, key));

/** One exchange with the API, by the machine's clock, ms. */
export interface Exchange {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Notes every finished request of a console to the sync endpoints, those of its worker included. */
export function noteExchanges(context: BrowserContext): Exchange[] {
  const exchanges: Exchange[] = [];
  context.on('requestfinished', (request: Request) => {
    const path = /\/api\/v1\/sync\/(\w+)/.exec(request.url())?.[1];
    if (path === undefined) return;
    const { startTime, responseEnd } = request.timing();
    exchanges.push({ path, start: startTime, end: startTime + responseEnd });
  });
  return exchanges;
}
