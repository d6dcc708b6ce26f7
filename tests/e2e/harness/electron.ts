import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { ensureConsoleBuilt } from '#build/build-console.ts';
import { ensureShellBuilt } from '#build/build-shell.ts';
import { findElectron } from '#build/find-electron.ts';
import { root } from '#build/paths.ts';
import type { TestConsole } from './test-console.ts';
import { PATIENCE_MS } from './until.ts';

/**
 * Starts the shell in Electron itself, where its binary can be had, with `settings` written into the
 * profile's folder beforehand.
 */
export async function openElectron(
  settings: string,
  profile: string,
): Promise<Pick<TestConsole, 'page' | 'context' | 'troubles' | 'close'>> {
  const electron = await findElectron();
  if (electron.kind === 'absent') throw new Error(`Electron cannot be had here: ${electron.why}`);
  await ensureConsoleBuilt();
  await ensureShellBuilt();
  mkdirSync(profile, { recursive: true });
  writeFileSync(join(profile, 'settings.json'), settings);
  const app = await _electron.launch({
    executablePath: electron.path,
    args: [join(root, 'dist/electron/main.js'), `--user-data-dir=${profile}`],
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(PATIENCE_MS);
  return { page, context: app.context(), troubles: [], close: () => app.close() };
}
