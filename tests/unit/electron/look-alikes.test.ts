import { describe, expect, test } from 'vitest';
import { isOurs } from '#electron/app/app-address.ts';
import { fileFor } from '#electron/scheme/file-for.ts';
import { openableAddress } from '#electron/security/open-external.ts';
import { isAllowed, PERMISSIONS } from '#electron/security/permissions.ts';
import { screenOf, screenOfArguments } from '#electron/window/deep-link.ts';
import { boundsFor } from '#electron/window/window-bounds.ts';
import { pdfName } from '#electron/desktop/printing.ts';
import { readAddress } from '#electron/api/check-address.ts';

describe('addresses of ours', () => {
  test.each(['app://pult/', 'app://pult/queue/new?x=1', 'app://pult/assets/a.js'])('%s is', (address) => {
    expect(isOurs(address)).toBe(true);
  });
  test.each([
    'app://pult.evil/',
    'app://evil/',
    'apps://pult/',
    'https://pult/',
    'app://user@pult/',
    'https://example.invalid/?next=app://pult/',
    'data:text/html,app://pult/',
    'about:blank',
    'file:///app://pult/',
    '',
  ])('%s is not', (address) => {
    expect(isOurs(address)).toBe(false);
  });
});

describe('files of the console', () => {
  test('a file, and a screen as the one page', () => {
    expect(fileFor('app://pult/assets/a-1.js', '/srv')).toBe('/srv/assets/a-1.js');
    expect(fileFor('app://pult/queue/new', '/srv')).toBe('/srv/index.html');
  });
  test.each([
    'app://pult/..%2f..%2fetc/passwd.js',
    'app://pult/%2e%2e%2f%2e%2e%2fa.js',
    'app://pult/..%5c..%5ca.js',
    'app://pult/a%00.js',
    'app://pult/%252e%252e%252fa.js',
    'app://pult/c%3a%5ca.js',
    'app://pult/%E0%A4%A.js',
    'app://other/a.js',
  ])('%s is none', (address) => {
    expect(fileFor(address, '/srv/console')).toBeNull();
  });
});

test.each([
  ['https://vk.com/wall-1_2', 'https://vk.com/wall-1_2'],
  ['http://ok.ru/', 'http://ok.ru/'],
  ['javascript:alert(1)', null],
  ['file:///etc/passwd', null],
  ['smb://host/share', null],
  ['ms-msdt:/id', null],
  ['https://vk.com@evil.example/', null],
  ['vk.com', null],
])('%s is handed to the system as %s', (text, wanted) => {
  expect(openableAddress(text)).toBe(wanted);
});

test('a permission is refused unless the table says otherwise, and to strangers always', () => {
  const allowed = Object.keys(PERMISSIONS).filter((name) => isAllowed(name, 'app://pult/'));
  expect(allowed.toSorted()).toEqual(['clipboard-sanitized-write', 'persistent-storage']);
  expect(isAllowed('persistent-storage', 'https://evil.example/')).toBe(false);
  expect(isAllowed('toString', 'app://pult/')).toBe(false);
  expect(Object.values(PERMISSIONS).every(({ because }) => because.length > 10)).toBe(true);
});

test.each([
  ['pult://incident/717475', '/incident/717475'],
  ['pult://incident/0198c7a0-0000-7000-8000-000000000001', '/incident/0198c7a0-0000-7000-8000-000000000001'],
  ['pult://incident/717475/../../settings', null],
  ['pult://incident/717475?x=1', null],
  ['pult://settings/1', null],
  ['pult://incident/<script>', null],
  ['https://incident/717475', null],
  ['--inspect=0.0.0.0', null],
])('the link %s leads to %s', (link, screen) => {
  expect(screenOf(link)).toBe(screen);
});

test('hostile arguments beside a link are dropped', () => {
  expect(screenOfArguments(['--no-sandbox', 'pult://incident/5', '/etc/passwd'])).toBe('/incident/5');
  expect(screenOfArguments(['--disable-web-security', `pult://incident/${'1'.repeat(500)}`])).toBeNull();
});

describe('the window', () => {
  const saved = { x: 100, y: 80, width: 1200, height: 700, isMaximized: false };
  const display = { x: 0, y: 0, width: 1366, height: 728 };
  test('opens where it was', () => {
    expect(boundsFor(saved, [display])).toEqual({ x: 100, y: 80, width: 1200, height: 700 });
  });
  test('keeps its size only when its display is gone', () => {
    expect(boundsFor({ ...saved, x: 3000 }, [display])).toEqual({ width: 1200, height: 700 });
  });
  test('is no larger than the largest display, and no smaller than the console', () => {
    expect(boundsFor(null, [{ x: 0, y: 0, width: 1280, height: 700 }])).toEqual({ width: 1280, height: 700 });
    expect(boundsFor(null, [{ x: 0, y: 0, width: 640, height: 480 }])).toEqual({ width: 960, height: 600 });
  });
});

test.each([
  ['pult-eao-2022-01.pdf', 'pult-eao-2022-01.pdf'],
  ['../../etc/cron.d/x', 'x.pdf'],
  ['..\\..\\x.exe', 'x.exe.pdf'],
  ['...', 'pult.pdf'],
])('a PDF asked for as %s is called %s', (wanted, name) => {
  expect(pdfName(wanted)).toBe(name);
});

test.each([
  ['pult.example.ru', 'https://pult.example.ru'],
  ['http://10.0.0.5:7979/', 'http://10.0.0.5:7979'],
  ['https://user:pw@pult.example', null],
  ['https://pult.example/path', null],
  ['ftp://pult.example', null],
  ['два слова', null],
  ['', null],
])('«%s» typed as an address is %s', (typed, address) => {
  expect(readAddress(typed)).toBe(address);
});
