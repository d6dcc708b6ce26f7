import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { consoleFingerprint, isConsoleFresh } from '#build/build-console.ts';

let base: string;

function write(path: string, text: string): void {
  mkdirSync(join(base, path, '..'), { recursive: true });
  writeFileSync(join(base, path), text);
}

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pult build '));
  write('renderer/main.tsx', 'a');
  write('shared/domain/step.ts', 'b');
  write('vite.config.ts', 'c');
  write('package-lock.json', '{}');
});

afterEach(() => rmSync(base, { recursive: true }));

function pretendBuilt(): void {
  write('dist/renderer/index.html', '<html>');
  write('dist/renderer.fingerprint', consoleFingerprint(base));
}

test('a console that was never built is not fresh', () => {
  expect(isConsoleFresh(base)).toBe(false);
});

test('a built console is fresh, and stays so when the server changes', () => {
  pretendBuilt();
  write('server/main.ts', 'x');
  expect(isConsoleFresh(base)).toBe(true);
});

test.each([
  'renderer/main.tsx',
  'shared/domain/step.ts',
  'vite.config.ts',
  'package-lock.json',
  'renderer/new.ts',
])('a change of %s makes it stale', (path) => {
  pretendBuilt();
  write(path, 'changed');
  expect(isConsoleFresh(base)).toBe(false);
});

test('a renamed file makes it stale', () => {
  pretendBuilt();
  rmSync(join(base, 'renderer/main.tsx'));
  write('renderer/main2.tsx', 'a');
  expect(isConsoleFresh(base)).toBe(false);
});

test('a build whose page is gone is not fresh', () => {
  pretendBuilt();
  rmSync(join(base, 'dist/renderer/index.html'));
  expect(isConsoleFresh(base)).toBe(false);
});
