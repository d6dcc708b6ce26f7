import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWaitingFolder } from '#electron/attachments/waiting-folder.ts';
import { openJournalFolder } from '#electron/journal/journal-folder.ts';
import { openSeal } from '#electron/sealing/open-seal.ts';
import { sealOf, type Seal } from '#electron/sealing/seal.ts';
import { lineJournal } from '#renderer/data/sync/line-journal.ts';
import type { PendingCommand } from '#renderer/data/sync/sync-store.ts';
import { must } from '#shared/domain/must.ts';
import { WAITING_PART_BYTES, type Keeping } from '#shared/protocol/ipc.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pult-sealing-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const WORDS = 'Ёлка у дома сломана, телефон 8 914 000-00-00';

/** A keychain of our own: another `word` is another keychain. */
function open(word = 1, keeping: Keeping = 'kept'): Promise<Seal | null> {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ word));
  return openSeal({
    safeStorage: {
      encryptStringAsync: async (text) => turn(Buffer.from(text)),
      decryptStringAsync: async (bytes) => ({ shouldReEncrypt: false, result: turn(bytes).toString() }),
    },
    keeping,
    path: join(home, 'seal.bin'),
    now: () => new Date(0),
    log,
  });
}
const kept = async (word = 1): Promise<Seal> => must(await open(word), 'a keychain');

const item = (id: string, seq: number): PendingCommand => ({
  id,
  seq,
  actor: 'a',
  incident: 'i',
  name: 'note@1',
  args: { text: WORDS },
  at: 1,
  baseVersion: 0,
  state: 'queued',
});
const folder = (): string => join(home, 'journal');
const idsIn = async (seal: Seal | null, onOther = () => undefined): Promise<readonly string[]> => {
  const entries = await lineJournal(openJournalFolder(folder(), { seal, onOther })).read();
  return entries.map(({ id }) => id);
};
const onDisk = (path: string): string =>
  readdirSync(path)
    .map((name) => readFileSync(join(path, name)).toString('latin1'))
    .join();
const asLatin = (text: string): string => Buffer.from(text).toString('latin1');

test('the key outlives a start, is closed to others and lies nowhere in the open', async () => {
  const seal = await kept();
  expect((await kept()).id).toBe(seal.id);
  expect(statSync(join(home, 'seal.bin')).mode & 0o777).toBe(0o600);
  const lies = Buffer.from(readFileSync(join(home, 'seal.bin'), 'utf8'), 'base64');
  expect(sealOf(lies).id).not.toBe(seal.id);
});

test.each(['unavailable', 'basic_text'] as const)(
  '%s seals nothing and leaves all as it was',
  async (keeping) => {
    expect(await open(1, keeping)).toBeNull();
    await lineJournal(openJournalFolder(folder())).append([item('c1', 1)], 'client');
    expect(onDisk(folder())).toContain(asLatin(WORDS));
    expect(await idsIn(null)).toEqual(['c1']);
  },
);

test('a sealed journal says nothing to whoever reads the disk, and everything to this workstation', async () => {
  const journal = lineJournal(openJournalFolder(folder(), { seal: await kept(), rotateBytes: 1500 }));
  for (let seq = 1; seq <= 8; seq += 1) await journal.append([item(`c${seq}`, seq)], 'client');
  expect(readdirSync(folder()).length).toBeGreaterThan(1);
  for (const words of [WORDS, 'note@1', 'client']) expect(onDisk(folder())).not.toContain(asLatin(words));
  expect(await idsIn(await kept())).toHaveLength(8);
  await journal.prune(({ seq }) => seq > 4);
  expect(await idsIn(await kept())).toEqual(['c5', 'c6', 'c7', 'c8']);
  expect(onDisk(folder())).not.toContain(asLatin(WORDS));
});

test('a journal that an earlier release wrote open is read, and closed when it is pruned', async () => {
  await lineJournal(openJournalFolder(folder())).append([item('c1', 1)], 'client');
  const journal = lineJournal(openJournalFolder(folder(), { seal: await kept() }));
  await journal.append([item('c2', 2)], 'client');
  expect(await idsIn(await kept())).toEqual(['c1', 'c2']);
  await journal.prune(() => true);
  expect(await idsIn(await kept())).toEqual(['c1', 'c2']);
  expect(onDisk(folder())).not.toContain(asLatin(WORDS));
});

test('a sealed line cut by a power failure, or changed by somebody, costs that line alone', async () => {
  const seal = await kept();
  const journal = lineJournal(openJournalFolder(folder(), { seal }));
  for (const seq of [1, 2, 3]) await journal.append([item(`c${seq}`, seq)], 'client');
  const path = join(folder(), must(readdirSync(folder())[0], 'a file'));
  const lines = readFileSync(path, 'utf8').split('\n');
  const second = lines.findIndex((line, index) => index > 1 && line !== '');
  lines[second] = must(lines[second], 'a line').replace(/.{8}$/, 'AAAAAAA=');
  writeFileSync(path, lines.join('\n'));
  truncateSync(path, statSync(path).size - 7);
  let others = 0;
  const again = lineJournal(openJournalFolder(folder(), { seal, onOther: () => (others += 1) }));
  await again.append([item('c4', 4)], 'client');
  expect((await again.read()).map(({ id }) => id)).toEqual(['c1', 'c4']);
  expect(others).toBe(0);
});

test('what a lost key has closed is told and never thrown away; the keychain that comes back reads it', async () => {
  await lineJournal(openJournalFolder(folder(), { seal: await kept() })).append([item('c1', 1)], 'client');
  const other = await kept(2);
  let others = 0;
  const journal = lineJournal(openJournalFolder(folder(), { seal: other, onOther: () => (others += 1) }));
  await journal.append([item('c2', 2)], 'client');
  expect((await journal.read()).map(({ id }) => id)).toEqual(['c2']);
  expect(others).toBe(1);
  await journal.prune(() => true);
  // Nor without any keychain at all.
  await lineJournal(openJournalFolder(folder())).prune(() => true);
  const aside = must(
    readdirSync(home).find((name) => name.startsWith('seal.bin.')),
    'the key that was put aside',
  );
  rmSync(join(home, 'seal.bin'));
  writeFileSync(join(home, 'seal.bin'), readFileSync(join(home, aside)));
  expect(await idsIn(await kept())).toEqual(['c1']);
});

const HASH = 'b'.repeat(64);
const waiting = (seal: Seal | null) => openWaitingFolder(join(home, 'attachments'), seal);
const bytes = Uint8Array.from({ length: WAITING_PART_BYTES * 2 + 777 }, (_, index) => (index * 7) % 251);

async function keep(seal: Seal | null): Promise<void> {
  for (let offset = 0; offset < bytes.length; offset += WAITING_PART_BYTES) {
    const part = bytes.slice(offset, offset + WAITING_PART_BYTES);
    await waiting(seal).write(HASH, offset, part, offset + part.length === bytes.length);
  }
}

test('a sealed file gives back any part of it, its size, and nothing to whoever reads the disk', async () => {
  const seal = await kept();
  await keep(seal);
  expect(await waiting(seal).list()).toEqual([{ hash: HASH, size: bytes.length }]);
  for (const [offset, length] of [
    [0, bytes.length],
    [5, 10],
    [WAITING_PART_BYTES - 3, 6],
    [WAITING_PART_BYTES * 2, 5000],
    [bytes.length, 10],
  ] as const) {
    const read = must(await waiting(seal).read(HASH, offset, length), 'the file');
    expect(Buffer.from(read).equals(bytes.slice(offset, offset + length))).toBe(true);
  }
  const disk = Buffer.concat(
    readdirSync(join(home, 'attachments')).map((name) => readFileSync(join(home, 'attachments', name))),
  );
  expect(disk.includes(Buffer.from(bytes.slice(1000, 1064)))).toBe(false);
  await expect(waiting(seal).write(HASH, 3, bytes.slice(0, 4), true)).rejects.toThrow('whole part');
  await waiting(seal).remove(HASH);
  expect(readdirSync(join(home, 'attachments'))).toEqual([]);
  expect(await waiting(seal).read(HASH, 0, 1)).toBeNull();
});

test('an open file of an earlier release is read, and closed when it is written again', async () => {
  await keep(null);
  const seal = await kept();
  expect(await waiting(seal).list()).toEqual([{ hash: HASH, size: bytes.length }]);
  expect(await waiting(seal).read(HASH, 1, 3)).toEqual(bytes.slice(1, 4));
  await keep(seal);
  expect(readdirSync(join(home, 'attachments'))).toEqual([`${HASH}.sealed`]);
});

test('a file that was changed, or closed by another key, is an error and not other bytes', async () => {
  await keep(await kept());
  await expect(waiting(await kept(2)).read(HASH, 0, 10)).rejects.toThrow('key');
  await expect(waiting(null).read(HASH, 0, 10)).rejects.toThrow('key');
  rmSync(home, { recursive: true });
  mkdirSync(home);
  const seal = await kept();
  await keep(seal);
  const path = join(home, 'attachments', `${HASH}.sealed`);
  const file = readFileSync(path);
  file[100] = must(file[100], 'a byte') ^ 1;
  writeFileSync(path, file);
  await expect(waiting(seal).read(HASH, 0, 10)).rejects.toThrow('unable to authenticate');
});
