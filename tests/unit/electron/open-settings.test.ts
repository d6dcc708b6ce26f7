import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '#build/paths.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const REGISTER = pathToFileURL(join(root, 'tests/electron-host/register.mjs')).href;

/**
 * Runs a piece of code with `opened` in it, where electron-store finds an `electron`, and gives what it makes
 * of it.
 */
function withSettings(made: string, options = ''): unknown {
  const code = `
    const { openSettings } = await import('#electron/settings/open-settings.ts');
    const opened = openSettings({ folder: ${JSON.stringify(folder)}, ${options} });
    process.stdout.write(JSON.stringify(${made}));
    process.exit(0);`;
  const env = { ...process.env, PULT_HOST: JSON.stringify({ profile: folder }) };
  const args = ['--import', REGISTER, '--input-type=module', '--eval', code, join(root, 'electron/main.ts')];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })) as unknown;
}

const stored = (text: string): void => writeFileSync(join(folder, 'settings.json'), text);
const onDisk = (): unknown => JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'));

test('the first start has settings to work with, and a change is on the disk at once', () => {
  expect(withSettings('(opened.file.change({ theme: "dark" }), opened.file.read())')).toMatchObject({
    apiAddresses: [],
    updateAddress: '',
    theme: 'dark',
  });
  expect(onDisk()).toMatchObject({ form: 1, theme: 'dark' });
});

test('older settings go up step by step, each step once', () => {
  stored('{"form":1,"server":"https://pult.example"}');
  const migrations = `form: 3, migrations: [
    { to: 2, change: ({ server, ...rest }) => ({ ...rest, apiAddresses: [server] }) },
    { to: 3, change: (before) => ({ ...before, language: 'en' }) },
    { to: 4, change: () => ({ apiAddresses: [] }) }]`;
  expect(withSettings('opened.file.read()', migrations)).toMatchObject({
    apiAddresses: ['https://pult.example'],
    language: 'en',
  });
});

test.each([
  ['{"form":2}', 'newer'],
  ['{"form":1,"apiAddresses":"https://pult.example"}', 'damaged'],
  ['{"form":1,"surprise":true}', 'damaged'],
  ['no JSON', 'damaged'],
])('settings that say %s are %s: said so, and not touched', (text, why) => {
  stored(text);
  expect(withSettings('opened')).toMatchObject({ kind: 'unreadable', why });
  expect(readFileSync(join(folder, 'settings.json'), 'utf8')).toBe(text);
  expect(readdirSync(folder)).toEqual(['settings.json']);
});
