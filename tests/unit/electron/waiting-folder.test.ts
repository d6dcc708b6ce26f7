import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWaitingFolder } from '#electron/attachments/waiting-folder.ts';
import { IPC_CHANNELS } from '#shared/protocol/ipc.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pult-waiting-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const HASH = 'a'.repeat(64);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('a file is there when its last part is, and goes when it is removed', async () => {
  const folder = openWaitingFolder(join(home, 'attachments', 'one'));
  await folder.write(HASH, 0, bytes(1, 2, 3), false);
  expect(await folder.list()).toEqual([]);
  expect(await folder.read(HASH, 0, 10)).toBeNull();
  await folder.write(HASH, 3, bytes(4, 5), true);
  expect(await folder.list()).toEqual([{ hash: HASH, size: 5 }]);
  expect(await folder.read(HASH, 1, 3)).toEqual(bytes(2, 3, 4));
  expect(await folder.read(HASH, 4, 10)).toEqual(bytes(5));
  await folder.remove(HASH);
  await folder.remove(HASH);
  expect(readdirSync(join(home, 'attachments', 'one'))).toEqual([]);
});

test('writing begins anew at the first part, whatever a crash left', async () => {
  const folder = openWaitingFolder(home);
  await folder.write(HASH, 0, bytes(9, 9, 9, 9), false);
  await folder.write(HASH, 0, bytes(1), true);
  expect(await folder.read(HASH, 0, 10)).toEqual(bytes(1));
});

test('the channel takes no name of a file but a hash, and no part above its size', () => {
  const { request } = IPC_CHANNELS['waiting.write'];
  const fine = { profile: 'pult:eao:1', hash: HASH, offset: 0, part: bytes(1), isLast: true };
  expect(request.safeParse(fine).success).toBe(true);
  for (const wrong of [
    { hash: '../../settings' },
    { hash: `${HASH}.part` },
    { profile: '../x' },
    { offset: -1 },
    { offset: 1e9 },
    { part: new Uint8Array(1024 * 1024 + 1) },
    { part: 'text' },
  ])
    expect(request.safeParse({ ...fine, ...wrong }).success, JSON.stringify(Object.keys(wrong))).toBe(false);
});
