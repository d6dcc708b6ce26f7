import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkPapers } from '#build/checks/papers.ts';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pult-papers-'));
});

afterEach(() => rmSync(base, { recursive: true }));

function check(files: Readonly<Record<string, string>>): string[] {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(base, file)), { recursive: true });
    writeFileSync(join(base, file), text);
  }
  return checkPapers(base, Object.keys(files), new Set(['check'])).map(
    ({ file, line, message }) => `${file}:${line} ${message}`,
  );
}

test('links, paths and commands that lead somewhere are left alone', () => {
  const readme = [
    'See [the glossary](docs/glossary.md#the-centre), [the site](https://example.org) and [below](#run-it).',
    '## Run it',
    '`shared/domain/decide.ts`, `decide.ts`, `shared/domain/`, `domain/{decide,evolve}.ts`, `npm run check`,',
    '`.data/accounts.json`, `tests/*.test.ts`, `word.with.dots`, `a / b`',
  ].join('\n');
  const files = {
    'README.md': readme,
    'docs/glossary.md': '# Glossary\n## The centre\n',
    'shared/domain/decide.ts': '',
    'shared/domain/evolve.ts': '',
  };
  expect(check(files)).toEqual([]);
});

test('whatever leads nowhere is named with its line', () => {
  const readme = 'A [b](c.md)\n[d](docs/e.md#none)\n`shared/gone.ts`\n`shared/gone/`\n`npm run nothing`';
  expect(check({ 'README.md': readme, 'docs/e.md': '# E' })).toEqual([
    'README.md:1 the link to c.md leads nowhere',
    'README.md:2 the link to docs/e.md#none leads nowhere',
    'README.md:3 there is no shared/gone.ts',
    'README.md:4 there is no shared/gone/',
    'README.md:5 there is no command npm run nothing',
  ]);
});

test('a path that only ends like a file is not that file', () => {
  expect(check({ 'README.md': '`code.ts`', 'shared/decode.ts': '' })).toEqual([
    'README.md:1 there is no code.ts',
  ]);
});

test('a path from a top folder is not the end of another one', () => {
  const files = { 'renderer/data/sync/pull.ts': '', 'tests/unit/renderer/sync/pull.test.ts': '' };
  expect(check({ 'README.md': '`renderer/sync/`\n`renderer/data/sync/`\n`data/sync/`', ...files })).toEqual([
    'README.md:1 there is no renderer/sync/',
  ]);
});
