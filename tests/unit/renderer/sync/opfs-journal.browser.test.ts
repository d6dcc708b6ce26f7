import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { launchProfile } from '#tests/helpers/chromium.ts';
import { serveBundles, type Served } from '#tests/bench/store/serve-bundles.ts';
import './pages/journal-page-globals.ts';

const pages = 'tests/unit/renderer/sync/pages';
let served: Served;
let profile: string;
let context: BrowserContext;

async function openPage(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(served.page('journal-page', false));
  await page.waitForFunction(() => 'journals' in window);
  return page;
}

beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'pult-journal-'));
  served = await serveBundles([`${pages}/journal-page.ts`, `${pages}/journal-worker.ts`]);
  context = await launchProfile(profile);
});

afterAll(async () => {
  await context.close();
  await served.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

test('workers write files of their own, read all of them, and a torn line costs nothing else', async () => {
  const page = await openPage();
  expect(await page.evaluate(() => window.journals.wasFilled())).toBe(false);
  await page.evaluate(async () => {
    const { append, noteEnds, markFilled } = window.journals;
    await append(0, 'a', 'client-1', 1);
    await append(1, 'b', 'client-1', 2);
    await append(0, 'c', 'client-2', 1);
    await noteEnds(['b'], 'accepted', 'client-1');
    await markFilled();
  });
  expect(await page.evaluate(() => window.journals.read())).toEqual(['a open', 'b accepted', 'c open']);
  await page.close();
});

test('the next start finds everything behind a line that was torn', async () => {
  const page = await openPage();
  expect(await page.evaluate(() => window.journals.tear())).toBe(2);
  expect(await page.evaluate(() => window.journals.read())).toEqual(['a open', 'b accepted', 'c open']);
  expect(await page.evaluate(() => window.journals.wasFilled())).toBe(true);
});

test('pruning writes one file anew and removes those nobody uses', async () => {
  const page = await openPage();
  await page.evaluate(() => window.journals.pruneAccepted());
  expect(await page.evaluate(() => window.journals.read())).toEqual(['a open', 'c open']);
  expect(await page.evaluate(() => window.journals.wasFilled())).toBe(true);
  await page.evaluate(() => window.journals.append(0, 'd', 'client-2', 2));
  expect(await page.evaluate(() => window.journals.read())).toEqual(['a open', 'c open', 'd open']);
  await page.close();
});
