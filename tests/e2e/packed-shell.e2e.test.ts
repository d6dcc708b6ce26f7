import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPackage, extractAll } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeContents, readArchive } from '#build/package/check-contents.ts';
import { stage, stageApp } from '#build/package/stage-app.ts';
import { validateConfig } from '#build/package/validate-config.ts';
import { openShell } from './harness/shell.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pult-packed-'));
  await stageApp();
  await createPackage(stage, join(folder, 'app.asar'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the archive holds the built application and nothing else', () => {
  const files = readArchive(join(folder, 'app.asar'));
  expect(judgeContents(files)).toEqual([]);
  expect(files.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['package.json', 'dist/electron/main.js', 'dist/electron/preload.cjs']),
  );
});

test('what does not belong into an archive is named', () => {
  const file = (name: string, text = '') => ({ name, content: Buffer.from(text) });
  expect(
    judgeContents([
      file('electron/main.ts'),
      file('dist/electron/main.js.map'),
      file('dist/electron/main.js', '-----BEGIN PRIVATE KEY-----'),
      file('dist/renderer/assets/a.js', '//# sourceMappingURL=a.js.map'),
      { name: 'package.json', content: Buffer.alloc(13_000_000) },
    ]),
  ).toHaveLength(5);
});

test('the configuration is what electron-builder asks for, with every fuse of its own named', async () => {
  // Found where electron-builder looks by itself: at the top of the checkout.
  const config = (await validateConfig()) as {
    appId: string;
    electronFuses: Record<string, boolean>;
    npmRebuild: boolean;
  };
  expect(config.appId).toBe('ru.pult.console');
  expect(config.npmRebuild).toBe(false);
  expect(Object.keys(config.electronFuses)).toHaveLength(8);
});

test('the packed application, taken out of its archive, starts in the test host', async () => {
  extractAll(join(folder, 'app.asar'), join(folder, 'app'));
  expect(readdirSync(join(folder, 'app'))).not.toContain('node_modules');
  const shell = await openShell({ main: join(folder, 'app/dist/electron/main.js') });
  try {
    await shell.page.getByLabel(shell.t('shell.address.label')).waitFor();
    expect(await shell.host.records('stray request')).toEqual([]);
  } finally {
    await shell.close();
    rmSync(shell.host.profile, { recursive: true, force: true });
  }
});
