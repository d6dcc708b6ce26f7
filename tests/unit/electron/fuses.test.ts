import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flipFuses, FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FUSES } from '#build/package/fuses.ts';

/** The mark before the fuses in Electron's binary (@electron/fuses, src/constants.ts). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pult-fuses-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file with nothing of Electron's binary but its fuses, all in the other position. */
function crafted(count: number): string {
  const path = join(folder, 'pult');
  const wire = Array.from({ length: count }, (_, fuse) =>
    FUSES[fuse as FuseV1Options] ? FuseState.DISABLE : FuseState.ENABLE,
  );
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.alloc(512, 7),
      Buffer.from(SENTINEL),
      Buffer.from([1, count, ...wire]),
      Buffer.alloc(64),
    ]),
  );
  return path;
}

test('our fuses are flipped on a file that holds the wire, and read back', async () => {
  const path = crafted(9);
  await flipFuses(path, FUSES);
  const wire = await getCurrentFuseWire(path);
  for (const fuse of Object.values(FuseV1Options).filter((value) => typeof value === 'number'))
    expect(wire[fuse], FuseV1Options[fuse]).toBe(FUSES[fuse] ? FuseState.ENABLE : FuseState.DISABLE);
});

test('a binary with a fuse nobody has decided on is refused', async () => {
  await expect(flipFuses(crafted(10), FUSES)).rejects.toThrow('fuse');
});
