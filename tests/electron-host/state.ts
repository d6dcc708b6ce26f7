import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CustomScheme } from 'electron';
import type { HostRecord, HostSettings } from './settings.ts';

type Handle = (request: Request) => Response | Promise<Response>;

/** State shared by the parts of the host: settings, calls to the system, and the scheme's handler. */
export const settings: HostSettings = JSON.parse(process.env['PULT_HOST'] ?? '{}') as HostSettings;
export const records: HostRecord[] = [];
export const note = (what: string, details: unknown = null): void =>
  void records.push({ what, with: details });

/** Where Chromium keeps what pages store; the profile unless the application says otherwise. */
export const folders = { session: settings.profile };

export const schemes: { registered: readonly CustomScheme[]; handler: Handle | null } = {
  registered: [],
  handler: null,
};

/** The folder above the main script that has a package.json, as Electron finds the application. */
function findAppPath(): string {
  let folder = dirname(process.argv[1] ?? process.cwd());
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

export const appPath = findAppPath();
export const appPackage = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};

/** The scheme stands for this address: Chromium opens no scheme it was not built with. */
export const APP_ORIGIN = 'http://pult.app.localhost';
const APP_ADDRESS = 'app://pult';

export const toApp = (address: string): string =>
  address === APP_ORIGIN || address.startsWith(`${APP_ORIGIN}/`)
    ? APP_ADDRESS + address.slice(APP_ORIGIN.length)
    : address;

export const toPage = (address: string): string =>
  address.startsWith(`${APP_ADDRESS}/`) ? APP_ORIGIN + address.slice(APP_ADDRESS.length) : address;
