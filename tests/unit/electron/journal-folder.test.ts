import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournalFolder } from '#electron/journal/journal-folder.ts';
import { lineJournal } from '#renderer/data/sync/line-journal.ts';
import type { PendingCommand } from '#renderer/data/sync/sync-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const item = (id: string, seq: number): PendingCommand => ({
  id,
  seq,
  actor: 'a',
  incident: 'i',
  name: 'note@1',
  args: { text: 'Ёлка\nу дома' },
  at: 1,
  baseVersion: 0,
  state: 'queued',
});

test('what was appended is there after a restart, over several files', async () => {
  const journal = lineJournal(openJournalFolder(folder, { rotateBytes: 300 }));
  for (let seq = 1; seq <= 8; seq += 1) await journal.append([item(`c${seq}`, seq)], 'client');
  await journal.noteEnds(['c1'], 'dismissed', 'client');
  await journal.markFilled();
  expect(readdirSync(folder).length).toBeGreaterThan(2);
  const again = lineJournal(openJournalFolder(folder, { rotateBytes: 300 }));
  expect((await again.read()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await again.wasFilled()).toBe(true);
  await again.prune(({ known }) => known !== 'dismissed');
  expect((await again.read()).map(({ id }) => id)).not.toContain('c1');
  expect(await again.wasFilled()).toBe(true);
  expect(readdirSync(folder)).toHaveLength(1);
});

test('a line cut by a power failure costs that line alone, and the next one is whole', async () => {
  const journal = lineJournal(openJournalFolder(folder));
  await journal.append([item('c1', 1)], 'client');
  await journal.append([item('c2', 2)], 'client');
  const path = join(folder, readdirSync(folder)[0] ?? '');
  truncateSync(path, statSync(path).size - 7);
  const again = lineJournal(openJournalFolder(folder));
  await again.append([item('c3', 3)], 'client');
  expect((await again.read()).map(({ id }) => id)).toEqual(['c1', 'c3']);
});

test('calls made at once are written whole and in order', async () => {
  const files = openJournalFolder(folder, { rotateBytes: 200 });
  await Promise.all(Array.from({ length: 30 }, (_, index) => files.append(`<${index}>`)));
  expect((await files.read()).join('')).toBe(Array.from({ length: 30 }, (_, index) => `<${index}>`).join(''));
});

test('a journal that was removed is gone from the disk, and begins anew with the next line', async () => {
  const files = openJournalFolder(folder);
  const journal = lineJournal(files);
  await journal.append([item('c1', 1)], 'client');
  await files.remove();
  expect(existsSync(folder)).toBe(false);
  await journal.append([item('c2', 2)], 'client');
  expect((await journal.read()).map(({ id }) => id)).toEqual(['c2']);
});
