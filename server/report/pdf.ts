import { chromium } from 'playwright-core';
import { findChromium, launchOptions } from './find-chromium.ts';

/**
 * A page that needs nothing else as a tagged PDF, its paper and margins as its own style says. Throws
 * StartupError `no_browser` when nothing can print here.
 */
export async function pdfOf(page: string): Promise<Uint8Array> {
  const browser = await chromium.launch(launchOptions(await findChromium()));
  try {
    // What residents wrote is text in it; nothing of it may run or reach out.
    const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
    const tab = await context.newPage();
    await tab.setContent(page);
    return await tab.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true });
  } finally {
    await browser.close();
  }
}
