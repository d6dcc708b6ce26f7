import { spawn, type ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ensureConsoleBuilt } from '#build/build-console.ts';
import { ensureShellBuilt } from '#build/build-shell.ts';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';
import { freePort } from '#tests/e2e/harness/free-port.ts';
import { until } from '#tests/e2e/harness/until.ts';
import type { HostOrder, HostRecord, HostSettings } from './settings.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

export interface HostStart extends Partial<Omit<HostSettings, 'debugPort'>> {
  /** Settings the workstation already has, as text of the file. */
  readonly settings?: string;
  readonly args?: readonly string[];
  /** Variables besides those of the test. */
  readonly env?: Readonly<Record<string, string>>;
  /** The main script; the built one by default. */
  readonly main?: string;
}

/** The application in the test host. */
export interface RunningHost {
  readonly page: Page;
  readonly profile: string;
  readonly pid: number;
  readonly child: ChildProcess;
  order(order: HostOrder): Promise<unknown>;
  records(what: string): Promise<readonly unknown[]>;
  /** Ends it as the system does when a person closes the session; the profile stays. */
  stop(): Promise<void>;
}

/** The settings file of a workstation that knows its centre. */
export const settingsText = (...apiAddresses: readonly string[]): string =>
  JSON.stringify({ form: 1, apiAddresses });

export const newProfile = (): string => temporaryFolder('host');

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1040 };

export function spawnHost(start: HostStart & { readonly profile: string }, debugPort: number): ChildProcess {
  const {
    profile,
    keychain = 'gnome_libsecret',
    printers = ['Kyocera'],
    savePath = null,
    displays = [DISPLAY],
    viewport = { width: 1366, height: 768 },
  } = start;
  const settings: HostSettings = { profile, debugPort, keychain, printers, savePath, displays, viewport };
  const register = pathToFileURL(join(root, 'tests/electron-host/register.mjs')).href;
  const main = start.main ?? join(root, 'dist/electron/main.js');
  const child = spawn(process.execPath, ['--import', register, main, ...(start.args ?? [])], {
    cwd: root,
    env: { ...process.env, ...start.env, PULT_HOST: JSON.stringify(settings) },
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  child.stderr?.pipe(process.stderr);
  return child;
}

async function connect(port: number): Promise<Browser> {
  return until(
    'Chromium of the test host',
    () => chromium.connectOverCDP(`http://127.0.0.1:${port}`).catch(() => null),
    (browser) => browser !== null,
  ).then((browser) => must(browser, 'a browser'));
}

/**
 * Starts the real bundled main and preload on a fresh profile, or on the one given, and waits for the window.
 */
export async function startHost(start: HostStart = {}): Promise<RunningHost> {
  await ensureConsoleBuilt();
  await ensureShellBuilt();
  const profile = start.profile ?? newProfile();
  mkdirSync(profile, { recursive: true });
  if (start.settings !== undefined) writeFileSync(join(profile, 'settings.json'), start.settings);
  const port = await freePort();
  const child = spawnHost({ ...start, profile }, port);
  const browser = await connect(port);
  const page = await until(
    'the window',
    async () =>
      browser
        .contexts()[0]
        ?.pages()
        .find((page) => page.url().startsWith('http://pult.app.localhost')),
    (page) => page !== undefined,
  );
  let last = 0;
  const order = (hostOrder: HostOrder): Promise<unknown> =>
    new Promise((resolve) => {
      const id = (last += 1);
      const hear = (message: unknown): void => {
        const { id: of, value } = message as { id: number; value: unknown };
        if (of !== id) return;
        child.off('message', hear);
        resolve(value);
      };
      child.on('message', hear);
      child.send({ id, order: hostOrder });
    });
  return {
    page: must(page, 'a window'),
    profile,
    child,
    pid: must(child.pid, 'a process'),
    order,
    records: async (what) =>
      ((await order({ kind: 'records' })) as HostRecord[])
        .filter((record) => record.what === what)
        .map((record) => record.with),
    stop: async () => {
      await browser.close();
      if (child.exitCode === null && child.signalCode === null) {
        const ended = new Promise((done) => child.once('exit', done));
        child.kill('SIGTERM');
        await ended;
      }
    },
  };
}

export const removeProfile = (profile: string): void => rmSync(profile, { recursive: true, force: true });
