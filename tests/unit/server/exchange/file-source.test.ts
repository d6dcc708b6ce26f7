import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFileSource } from '#server/exchange/file-source.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

test('a file that is read in the centre lets its other work have a turn at every pause', async () => {
  const folder = temporaryFolder('file-source');
  writeFileSync(join(folder, 'file'), 'text');
  const source = await openFileSource(join(folder, 'file'));
  let turns = 0;
  const others = setInterval(() => (turns += 1), 0);
  const until = performance.now() + 10_000;
  while (turns < 3 && performance.now() < until) await source.pause?.();
  clearInterval(others);
  expect(turns).toBe(3);
  await source.close();
  rmSync(folder, { recursive: true });
});
