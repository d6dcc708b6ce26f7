import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileLog } from '#electron/app/log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('an error that quotes a resident is noted without what tells who that is', () => {
  const path = join(folder, 'log');
  fileLog(path, () => new Date(0)).error(
    'journal.append failed',
    new Error('cannot read «Звоните 2-15-20, дворник@двор.рф»'),
  );
  expect(readFileSync(path, 'utf8')).toBe(
    '1970-01-01T00:00:00.000Z error journal.append failed: Error: cannot read «Звоните [телефон], [почта]»\n',
  );
});
