import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { launchChromium } from './chromium.ts';
import { serveConsolePage, type ConsolePage } from './console-page.ts';

/** A browser and the served console page (`console-page.ts`) for the tests of one file. */
export interface ConsoleBrowser {
  /** The address of the page, without a slash at the end. */
  url(): string;
  newContext(options: BrowserContextOptions): Promise<BrowserContext>;
}

/** Starts both before the first test of the file that calls it, and ends them after its last. */
export function consoleBrowser(): ConsoleBrowser {
  let served: ConsolePage;
  let browser: Browser;
  beforeAll(async () => {
    served = await serveConsolePage();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await served.server.close();
  });
  return { url: () => served.url, newContext: (options) => browser.newContext(options) };
}
