import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchProfile } from '#tests/helpers/chromium.ts';
import type { Measures, Warm } from './page.ts';
import type { Served } from './serve-bundles.ts';

/** Measures of one load and one start of a candidate, in milliseconds and megabytes, with its answers. */
export type Run = Readonly<Record<string, number>> & { readonly load: number; readonly warm: number };

/** Candidates that live in a worker, whose memory cannot be read, and the same code in the page. */
const inlineOf: Readonly<Record<string, string>> = { pult: 'pult-inline' };

const STEP_LIMIT = 600_000;

/** Loads in one browser process, then opens and measures in a new one, on the same profile. */
export async function runCandidate(served: Served, candidate: string, documents: number): Promise<Run> {
  const profile = await mkdtemp(join(tmpdir(), 'pult-bench-profile-'));
  try {
    const load = await inBrowser(profile, served.page(candidate, false), async (page) => {
      await page.waitForFunction(() => window.bench !== undefined);
      return page.evaluate((count) => window.bench?.load(count) ?? 0, documents);
    });
    const opened = await inBrowser(profile, served.page(candidate, true), measureWarm);
    // The third start follows changes, so that whatever was prepared for the first screen is gone.
    const again = await inBrowser(
      profile,
      served.page(inlineOf[candidate] ?? candidate, true),
      async (page) => {
        const { warm } = await measureWarm(page);
        return { warmAgain: warm, heapMb: await heapMegabytes(page) };
      },
    );
    return { load, ...opened, ...again };
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function measureWarm(
  page: Page,
): Promise<Readonly<Record<string, number>> & { readonly warm: number }> {
  await page.waitForFunction(() => window.warm !== undefined, null, { timeout: STEP_LIMIT });
  const warm = await page.evaluate(() => window.warm as Warm | { error: string });
  if ('error' in warm) throw new Error(warm.error);
  if (warm.rows !== 50) throw new Error(`${warm.rows} rows of 50 in the queue`);
  const measures = await page.evaluate(() => window.bench?.measure() as Promise<Measures>);
  return { ...measures, warm: warm.warm, script: warm.script, first: Number(warm.first.replace(/\D/g, '')) };
}

/** Live JavaScript heap and array buffers of the page, after a collection. */
async function heapMegabytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  return (usedSize + backingStorageSize) / 1e6;
}

async function inBrowser<T>(profile: string, address: string, work: (page: Page) => Promise<T>): Promise<T> {
  let context: BrowserContext | null = null;
  try {
    context = await launchProfile(profile);
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_LIMIT);
    page.on('pageerror', (error) => process.stderr.write(`${address}: ${error.message}\n`));
    await page.goto(address);
    return await work(page);
  } finally {
    await context?.close();
  }
}
