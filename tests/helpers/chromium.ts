import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { findChromium, launchOptions } from '#server/report/find-chromium.ts';

/** Starts a browser that forgets everything when it closes. */
export async function launchChromium(libraryFolders?: readonly string[]): Promise<Browser> {
  return chromium.launch(launchOptions(await findChromium(libraryFolders)));
}

/**
 * Starts a browser on a profile folder, as an operator's own: what it stores is there at the next start with
 * the same folder. One browser at a time per folder.
 */
export async function launchProfile(
  profile: string,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, { ...options, ...launchOptions(await findChromium()) });
}
