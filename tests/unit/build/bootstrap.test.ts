import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { root } from '#build/paths.ts';

let checkout: string;

/** A checkout in a path with a space, with the real bootstrap, one script, and nothing to install. */
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'pult boot '));
  mkdirSync(join(checkout, 'build'));
  mkdirSync(join(checkout, 'node_modules/node/bin'), { recursive: true });
  copyFileSync(join(root, 'build/bootstrap.mjs'), join(checkout, 'build/bootstrap.mjs'));
  symlinkSync(process.execPath, join(checkout, 'node_modules/node/bin/node'));
  writeLock('package-lock.json', {});
  writeLock('node_modules/.package-lock.json', {});
});

afterEach(() => rmSync(checkout, { recursive: true }));

function writeLock(path: string, packages: Record<string, { version: string }>): void {
  writeFileSync(join(checkout, path), JSON.stringify({ packages }));
}

function start(script: string, args: string[] = []) {
  writeFileSync(join(checkout, 'build/script.ts'), script);
  const child = spawn(process.execPath, ['build/bootstrap.mjs', 'build/script.ts', ...args], {
    cwd: checkout,
    env: { PATH: checkout },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

test('a script gets its arguments, and its output and exit code come through unchanged', async () => {
  const script = 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;';
  const { code, stdout, stderr } = await start(script, ['--format', 'json', 'a b']).ended;
  expect({ code, stdout, stderr }).toEqual({ code: 7, stdout: '["--format","json","a b"]\n', stderr: '' });
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s reaches the script, whose exit code counts', async (signal) => {
  const script = `process.on('${signal}', () => process.exit(9));
    setInterval(() => {}, 1000);
    console.log('up');`;
  const { child, ended } = start(script);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.kill(signal);
  expect((await ended).code).toBe(9);
});

test('packages installed by hand count as installed', async () => {
  writeLock('package-lock.json', { 'node_modules/zod': { version: '4.0.0' } });
  writeLock('node_modules/.package-lock.json', { 'node_modules/zod': { version: '4.0.0' } });
  expect((await start('').ended).code).toBe(0);
  expect(existsSync(join(checkout, 'node_modules/.pult-installed'))).toBe(true);
});

test('another version in the lock means an install first; without npm it says so, on standard error', async () => {
  writeLock('package-lock.json', { 'node_modules/zod': { version: '4.0.1' } });
  writeLock('node_modules/.package-lock.json', { 'node_modules/zod': { version: '4.0.0' } });
  const { code, stdout, stderr } = await start('console.log("ran")').ended;
  expect(code).toBe(127);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/Installing packages[^]*npm did not start/);
});
