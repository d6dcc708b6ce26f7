import { spawn } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { wordOf } from '#electron/app/words.ts';
import { clearProfileLock, lockHolder } from '#electron/window/profile-lock.ts';
import { answerSecond, secondStart, wasHeard } from '#electron/window/second-start.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

let profile: string;
beforeEach(() => {
  profile = temporaryFolder('lock');
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

const lock = (to: string): void => symlinkSync(to, join(profile, 'SingletonLock'));
const isThere = (): boolean =>
  lstatSync(join(profile, 'SingletonLock'), { throwIfNoEntry: false }) !== undefined;

test('a profile without a lock, or with one that names nobody, is free', () => {
  expect(clearProfileLock(profile)).toEqual({ kind: 'free' });
  lock('nonsense');
  expect(clearProfileLock(profile)).toEqual({ kind: 'free' });
  rmSync(join(profile, 'SingletonLock'));
  writeFileSync(join(profile, 'SingletonLock'), 'host-1');
  expect(clearProfileLock(profile)).toEqual({ kind: 'free' });
});

test('a host whose name has hyphens is read to the last one', () => {
  lock('arm-17.adm-birobidzhan-4711');
  expect(lockHolder(profile)).toEqual({ host: 'arm-17.adm-birobidzhan', pid: 4711 });
});

test('a dead process of this machine loses its lock with all that belongs to it; nothing else of the profile goes', () => {
  lock(`${hostname()}-999999999`);
  for (const name of ['SingletonSocket', 'SingletonCookie']) symlinkSync('/nowhere', join(profile, name));
  writeFileSync(join(profile, 'settings.json'), '{}');
  expect(clearProfileLock(profile)).toEqual({ kind: 'free' });
  expect(readdirSync(profile)).toEqual(['settings.json']);
});

test('another program under the number of a dead one is no holder; our own program is', async () => {
  const sleeper = spawn('sleep', ['600']);
  const pid = must(sleeper.pid, 'a process');
  try {
    lock(`${hostname()}-${pid}`);
    expect(clearProfileLock(profile, '/opt/Pult/sleep')).toMatchObject({ kind: 'here', holder: { pid } });
    expect(isThere()).toBe(true);
    expect(clearProfileLock(profile, '/opt/Pult/pult')).toEqual({ kind: 'free' });
    expect(isThere()).toBe(false);
  } finally {
    sleeper.kill();
  }
});

test('the lock of another machine is never taken, be its number dead here or not', () => {
  for (const pid of [999_999_999, process.pid]) {
    lock(`other-host-${pid}`);
    expect(clearProfileLock(profile)).toMatchObject({
      kind: 'elsewhere',
      holder: { host: 'other-host', pid },
    });
    expect(isThere()).toBe(true);
    rmSync(join(profile, 'SingletonLock'));
  }
});

test('this very program, running, holds it', () => {
  lock(`${hostname()}-${process.pid}`);
  expect(clearProfileLock(profile, `/elsewhere/${basename(process.execPath)}`)).toMatchObject({
    kind: 'here',
  });
});

test('a second start is answered once; one that hears nothing is told apart', async () => {
  const start = secondStart();
  const heard = wasHeard(profile, start, 20_000);
  answerSecond(profile, start);
  answerSecond(profile, start);
  expect(await heard).toBe(true);
  expect(readdirSync(profile)).toEqual([]);
  expect(await wasHeard(profile, secondStart(), 120)).toBe(false);
});

test.each([
  null,
  undefined,
  7,
  'x',
  {},
  { name: '' },
  { name: '../../etc/passwd' },
  { name: 'a'.repeat(36) },
  { name: `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}/..` },
])('data of a second start that are not ours write nothing: %j', (data) => {
  answerSecond(profile, data);
  expect(readdirSync(profile)).toEqual([]);
  expect(existsSync('/etc/passwd.heard')).toBe(false);
});

test('what is said names the machine, the process and the file, in both languages', () => {
  for (const language of ['ru', 'en'] as const) {
    expect(wordOf(language, 'elsewhere', { host: 'arm-17', path: '/p/SingletonLock' })).toMatch(
      /arm-17.*\/p\/SingletonLock/s,
    );
    expect(wordOf(language, 'silent', { pid: 4711, path: '/p' })).toMatch(/4711.*\/p/s);
    for (const name of ['elsewhere', 'silent', 'unlockable'] as const)
      expect(wordOf(language, name, { host: 'h', pid: 1, path: '/p' })).not.toMatch(/[{}]/);
  }
});
