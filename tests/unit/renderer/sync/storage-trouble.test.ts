import { expect, test } from 'vitest';
import { DiskFullError, storageTrouble, StorageError } from '#renderer/data/sync/storage-trouble.ts';

const named = (name: string, cause?: unknown): Error =>
  Object.assign(new Error('words of the browser', { cause }), { name });

test.each([
  ['QuotaExceededError', 'disk_full'],
  ['UnknownError', 'damaged'],
  ['DataError', 'damaged'],
  ['NotReadableError', 'damaged'],
  ['VersionError', 'newer'],
  ['SecurityError', 'forbidden'],
  ['NotAllowedError', 'forbidden'],
  ['MissingAPIError', 'forbidden'],
  ['InvalidStateError', 'failed'],
  ['AbortError', 'failed'],
  ['TimeoutError', 'failed'],
  ['DatabaseClosedError', 'failed'],
  ['TypeError', null],
  ['Error', null],
] as const)('%s is %s, also inside what wraps it and after the way out of a worker', (name, trouble) => {
  expect(storageTrouble(new DOMException('words', name))).toBe(trouble);
  expect(storageTrouble(named('OpenFailedError', named(name)))).toBe(trouble ?? 'failed');
  expect(storageTrouble(Object.assign(named('x'), { inner: named(name) }))).toBe(trouble);
  const carried = new StorageError(trouble ?? 'failed', named(name));
  expect(storageTrouble(named(carried.name))).toBe(trouble ?? 'failed');
});

test('a full disk keeps its name, and nothing else gets it', () => {
  expect(storageTrouble(new DiskFullError())).toBe('disk_full');
  expect(storageTrouble('thrown text')).toBeNull();
  expect(storageTrouble(undefined)).toBeNull();
});
