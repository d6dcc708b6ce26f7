import { expect, test } from 'vitest';
import { checkLock } from '#build/checks/lock.ts';

const parser = { version: '1.0.0', optionalDependencies: { '@parser/win32-x64': '1.0.0' } };

test('a lock that lists every platform passes', () => {
  const lock = { packages: { '': {}, 'node_modules/parser': parser, 'node_modules/@parser/win32-x64': {} } };
  expect(checkLock(lock)).toEqual([]);
});

test('a platform left out is found, with what to do', () => {
  const [finding] = checkLock({ packages: { '': {}, 'node_modules/parser': parser } });
  expect(finding?.message).toMatch(/@parser\/win32-x64.*complete-lock/);
});

test("a registry's address is found", () => {
  const resolved = 'https://registry.example/parser.tgz';
  expect(checkLock({ packages: { 'node_modules/x': { version: '1.0.0', resolved } } })).toHaveLength(1);
});
