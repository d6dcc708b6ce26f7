import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '#server/process/startup-error.ts';
import { hasPackage, unpackChromium } from './unpack-chromium.ts';

/** A browser that can be started. */
export type Installed = { readonly executablePath: string; readonly env: Readonly<Record<string, string>> };

/** Libraries the npm package's Chromium loads and a bare server often lacks; the package brings all. */
const borrowedLibraries = ['libnss3.so', 'libnspr4.so', 'libexpat.so.1'];

const systemLibraryFolders = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib64',
  '/lib64',
  '/usr/lib',
];

/** Places where Chrome, Chromium and Edge are found on machines the npm package has no browser for. */
const installedBrowsers = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Tells whether this machine has every library the browser needs in one of `folders`. */
export function hasLibraries(folders: readonly string[]): boolean {
  return borrowedLibraries.every((library) => folders.some((folder) => existsSync(join(folder, library))));
}

/**
 * The browser to print and to test with: on Linux x64 the one `npm ci` brought, elsewhere an installed
 * Chrome, Chromium or Edge. `libraryFolders` are where the system keeps its libraries; where NSS is not among
 * them, the browser gets its own.
 */
export async function findChromium(
  libraryFolders: readonly string[] = systemLibraryFolders,
): Promise<Installed> {
  if (process.platform === 'linux' && process.arch === 'x64' && hasPackage()) {
    const { executablePath, libraries, fonts } = await unpackChromium();
    const ownLibraries = hasLibraries(libraryFolders) ? {} : { LD_LIBRARY_PATH: libraries };
    return { executablePath, env: { FONTCONFIG_PATH: fonts, ...ownLibraries } };
  }
  const executablePath = installedBrowsers.find((path) => existsSync(path));
  if (executablePath === undefined)
    throw new StartupError(
      'no_browser',
      'No Chrome, Chromium or Edge is installed here, and a PDF is printed by one.',
      'Install Chromium, or save as html and print that.',
    );
  return { executablePath, env: {} };
}

/** How it is started, for playwright. */
export function launchOptions({ executablePath, env }: Installed) {
  const own = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return {
    executablePath,
    headless: true,
    // A bare system says no language, and Chromium then names no file in Russian.
    env: { LANG: 'C.UTF-8', ...Object.fromEntries(own), ...env },
    // Root cannot use the sandbox, and containers forbid it to everybody else; /dev/shm there is small.
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-dev-shm-usage',
      '--disable-gpu',
      '--font-render-hinting=none',
    ],
  };
}
