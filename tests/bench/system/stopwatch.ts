import type { BrowserContext, Page, Request } from 'playwright-core';

/** The moment at which a text appeared in the page, by the machine's clock, ms. */
export type Appearance = Promise<number>;

/** Runs in the page: waits for a text among the descendants of `within`. */
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

/**
 * Begins to wait for a text; resolves with the moment it stood in the document. Await `armed` before causing
 * it.
 */
export async function watchFor(
  page: Page,
  text: string,
  within: string,
): Promise<{ readonly seen: Appearance }> {
  const seen = page.evaluate(appears, { text, within });
  // Answers come in the order of questions: the page watches when it has answered this one.
  await page.evaluate(() => undefined);
  return { seen };
}

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
