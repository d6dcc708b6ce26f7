import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { findChromium, launchOptions, type Installed } from '#server/report/find-chromium.ts';

/**
 * As the product starts it, but without the compilers that pay in a page open for hours: pages of tests live
 * for seconds, and compiling took a tenth of all processor time of a console's start.
 */
export function testOptions(installed: Installed): ReturnType<typeof launchOptions> {
  const options = launchOptions(installed);
  return { ...options, args: [...options.args, '--js-flags=--no-opt,--no-maglev'] };
}

/** Starts a browser that forgets everything when it closes. */
export async function launchChromium(libraryFolders?: readonly string[]): Promise<Browser> {
  return chromium.launch(testOptions(await findChromium(libraryFolders)));
}

/**
 * Starts a browser on a profile folder, as an operator's own: what it stores is there at the next start with
 * the same folder. One browser at a time per folder.
 */
export async function launchProfile(
  profile: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, { ...options, ...testOptions(await findChromium()) });
}
