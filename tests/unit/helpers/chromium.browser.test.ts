import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, launchProfile } from '#tests/helpers/chromium.ts';
import { hasPackage, unpackChromium } from '#server/report/unpack-chromium.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

// A page with an origin of its own: about:blank has no IndexedDB.
const site = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8').end('<h1>Пульт</h1>');
});
let address: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
});

afterAll(() => site.close());

/** Adds one row to a database of the page and gives how many it holds then. */
function addRow(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('proof', 1);
    opening.onerror = () => reject(new Error('IndexedDB did not open'));
    opening.onupgradeneeded = () => opening.result.createObjectStore('rows', { autoIncrement: true });
    opening.onsuccess = () => {
      const write = opening.result.transaction('rows', 'readwrite', { durability: 'strict' });
      write.objectStore('rows').add('row');
      const counting = write.objectStore('rows').count();
      write.oncomplete = () => resolve(counting.result);
    };
  });
}

test.runIf(hasPackage())('whoever needs it first unpacks it, two at once too', async () => {
  const place = temporaryFolder('chromium');
  try {
    const unpacked = await Promise.all([unpackChromium(place), unpackChromium(place)]);
    expect(new Set(unpacked.map(({ executablePath }) => executablePath)).size).toBe(1);
    const [folder = ''] = readdirSync(place);
    expect(readdirSync(place)).toHaveLength(1);
    expect(readdirSync(join(place, folder))).toEqual(
      expect.arrayContaining(['chromium', 'fonts', 'lib', 'libvulkan.so.1']),
    );
  } finally {
    rmSync(place, { recursive: true });
  }
});

test('a browser starts, opens a blank page and one of ours, and prints it', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto('about:blank');
    await page.goto(address);
    expect(await page.textContent('h1')).toBe('Пульт');
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(2000);
  } finally {
    await browser.close();
  }
});

test('what a profile stores is there at the next start', async () => {
  const profile = mkdtempSync(join(tmpdir(), 'pult profile '));
  try {
    for (const expected of [1, 2]) {
      const context = await launchProfile(profile);
      const page = await context.newPage();
      await page.goto(address);
      expect(await page.evaluate(addRow)).toBe(expected);
      await context.close();
    }
  } finally {
    rmSync(profile, { recursive: true });
  }
});

/** The files mapped into the browser's main process, as Linux lists them. */
async function mapsOf(browser: Browser): Promise<string> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const main = processInfo.find(({ type }) => type === 'browser');
  return readFile(`/proc/${main?.id}/maps`, 'utf8');
}

/** Where the browser brings its own libraries, whether it runs on them; elsewhere it needs none of them. */
async function runsOnItsOwn(): Promise<boolean> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return true;
  const { libraries } = await unpackChromium();
  const browser = await launchChromium([]);
  try {
    return (await mapsOf(browser)).includes(join(libraries, 'libnss3.so'));
  } finally {
    await browser.close();
  }
}

test('on a machine without NSS the browser uses the libraries it brought', async () => {
  expect(await runsOnItsOwn()).toBe(true);
});
