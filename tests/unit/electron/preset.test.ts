import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';
import { presetPaths, readPreset } from '#electron/settings/preset.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const presetSaying = (text: string): string => {
  const [path = ''] = presetPaths('linux', { XDG_CONFIG_DIRS: temporaryFolder('preset') });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

describe('where a preset lies', () => {
  test.each([
    ['linux', {}, ['/etc/xdg/pult/preset.json']],
    ['linux', { XDG_CONFIG_DIRS: '' }, ['/etc/xdg/pult/preset.json']],
    ['linux', { XDG_CONFIG_DIRS: '/a:b:/c' }, ['/a/pult/preset.json', '/c/pult/preset.json']],
    ['darwin', {}, ['/Library/Application Support/Pult/preset.json']],
    ['win32', { CommonProgramFiles: 'D:\\Common' }, ['D:\\Common\\Pult\\preset.json']],
    ['win32', {}, ['C:\\Program Files\\Common Files\\Pult\\preset.json']],
  ] as const)('%s %o', (platform, env, paths) => {
    expect(presetPaths(platform, env)).toEqual(paths);
  });
});

describe('what a preset lays down', () => {
  test.each([
    ['{"centre":"pult.example"}', { apiAddresses: ['https://pult.example'] }],
    ['\uFEFF{"centre":"http://10.0.0.5:7979/"}', { apiAddresses: ['http://10.0.0.5:7979'] }],
    [
      '{"centre":["https://a.example","https://b.example"],"updates":"https://u.example"}',
      { apiAddresses: ['https://a.example', 'https://b.example'], updateAddress: 'https://u.example' },
    ],
    ['{"centre":"a.example","updates":""}', { apiAddresses: ['https://a.example'], updateAddress: '' }],
  ])('%s', (text, settings) => {
    const path = presetSaying(text);
    expect(readPreset([path])).toEqual({
      told: { kind: 'read', path, isUpdatesSet: 'updateAddress' in settings },
      settings,
    });
  });

  test.each([
    '',
    'no JSON',
    '[]',
    '{}',
    '{"centre":""}',
    '{"centre":[]}',
    '{"centre":"https://pult.example/path"}',
    '{"centre":"https://user:word@pult.example"}',
    '{"centre":"javascript:alert(1)"}',
    '{"centre":"pult.example","surprise":1}',
    `{"centre":"${'a'.repeat(400)}.example"}`,
    `{"centre":"pult.example"}${' '.repeat(70_000)}`,
  ])('nothing, and is told with its path, where it says %.60s', (text) => {
    const path = presetSaying(text);
    const { told, settings } = readPreset([path]);
    expect(settings).toEqual({});
    expect(told).toMatchObject({ kind: 'unreadable', path, detail: expect.stringMatching(/.{5}/) as string });
  });
});

test('the first that is there counts; without any there is none', () => {
  const there = presetSaying('{"centre":"pult.example"}');
  const other = presetSaying('{"centre":"other.example"}');
  expect(readPreset(['/nowhere/preset.json', there, other]).settings.apiAddresses).toEqual([
    'https://pult.example',
  ]);
  expect(readPreset(['/nowhere/preset.json'])).toEqual({ told: { kind: 'none' }, settings: {} });
});

test('a folder in its place is told as unreadable', () => {
  const folder = temporaryFolder('preset');
  expect(readPreset([folder]).told.kind).toBe('unreadable');
});

describe('what an installer lays down is read', () => {
  const CENTRE = 'https://pult.example.ru';
  const read = (path: string) => readPreset([path]).settings;

  test('on Linux, once: an upgrade with another address changes nothing', () => {
    const script = readFileSync(join(root, 'build/package/after-install.sh'), 'utf8');
    const folder = temporaryFolder('installed');
    const part = script.slice(script.indexOf('# PULT_CENTRE')).replaceAll('/etc/xdg', folder);
    const install = (env: Readonly<Record<string, string>>) => execFileSync('sh', ['-c', part], { env });
    const path = join(folder, 'pult', 'preset.json');
    install({});
    expect(readPreset([path]).told.kind).toBe('none');
    install({ PULT_CENTRE: CENTRE });
    expect(read(path)).toEqual({ apiAddresses: [CENTRE] });
    install({ PULT_CENTRE: 'https://other.example.ru' });
    expect(read(path)).toEqual({ apiAddresses: [CENTRE] });
  });

  test('on Windows', () => {
    const script = readFileSync(join(root, 'build/package/installer.nsh'), 'utf8');
    const text = must(/FileWrite \$R2 '(.+)'/.exec(script)?.[1], 'a line that writes');
    expect(read(presetSaying(text.replace('$R1', CENTRE)))).toEqual({ apiAddresses: [CENTRE] });
  });
});
