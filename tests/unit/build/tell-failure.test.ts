import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import { PlainFailure } from '#build/plain-failure.ts';
import { tellFailure } from '#build/tell-failure.ts';
import { temporaryFolder } from '#tests/helpers/temporary-folder.ts';

const folder = temporaryFolder('tell');
afterAll(() => rmSync(folder, { recursive: true }));

let said = '';
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  return () => vi.restoreAllMocks();
});

it('tells a failed build in three sentences and keeps its details in the log', () => {
  const log = join(folder, 'data', 'start.log');
  tellFailure(new Error('\u001B[31mBuild failed\u001B[39m with 1 error:\n  at renderer/main.tsx:3'), log);
  expect(said.trimEnd().split('\n')).toEqual([
    'Pult did not start: Build failed with 1 error:',
    expect.stringMatching(/^Start it again/),
    `The log is in ${log}.`,
  ]);
  expect(readFileSync(log, 'utf8')).toContain('renderer/main.tsx:3');
});

it('says so when the log cannot be written', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  tellFailure('a thrown text', join(file, 'start.log'));
  expect(said).toMatch(/^Pult did not start: a thrown text\n.+\nThe log could not be written/);
});

it('leaves a sentence for people as it is', () => {
  tellFailure(new PlainFailure('--shell takes electron or browser, not «x».'), join(folder, 'no.log'));
  expect(said).toBe('--shell takes electron or browser, not «x».\n');
});
