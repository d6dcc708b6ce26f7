import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ensureShellBuilt } from '#build/build-shell.ts';
import { root } from '#build/paths.ts';
import { CONTENT_SECURITY_POLICY } from '#electron/scheme/content-security-policy.ts';

beforeAll(() => ensureShellBuilt(), 60_000);

test('the preload script is one file that asks for electron and nothing else', () => {
  const source = readFileSync(join(root, 'dist/electron/preload.cjs'), 'utf8');
  expect([...source.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name)).toEqual(['electron']);
  expect(source).not.toMatch(/sendSync|executeJavaScript|webFrame/);
  expect(source.length).toBeLessThan(10_000);
});

test('the main table of contents stays one', () => {
  const lines = readFileSync(join(root, 'electron/main.ts'), 'utf8').split('\n');
  expect(lines.length).toBeLessThanOrEqual(60);
});

test('ipcMain.handle is called by the registrar alone', () => {
  const users = readdirSync(join(root, 'electron'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .filter((name) => /ipcMain\.(handle|on)\b/.test(readFileSync(join(root, 'electron', name), 'utf8')));
  expect(users).toEqual([join('ipc', 'registrar.ts')]);
});

test('the policy begins with nothing, and scripts are ours and never inline', () => {
  expect(CONTENT_SECURITY_POLICY).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|https?:|\*/);
});

test('Electron is pinned exactly', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    devDependencies: { electron: string };
  };
  expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
  expect(Number.parseInt(devDependencies.electron, 10)).toBeGreaterThanOrEqual(45);
});
