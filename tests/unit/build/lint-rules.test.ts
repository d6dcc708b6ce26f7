import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '#build/paths.ts';

/** Lints one snippet as if it stood at `path`, with the project's own rules. */
function lint(path: string, source: string): string {
  const file = join(folder, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, `${source}\n`);
  const oxlint = join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const args = [oxlint, '-c', '.oxlintrc.json', '--format', 'unix', path];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return status === 0 ? '' : stdout;
}

let folder: string;

beforeAll(() => {
  // Inside the checkout, because type-aware rules need the packages' types.
  folder = mkdtempSync(join(root, 'node_modules', '.pult-lint-'));
  copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: join(root, 'tsconfig.base.json') }));
});

afterAll(() => rmSync(folder, { recursive: true }));

const long = (lines: number) => Array.from({ length: lines }, (_, n) => `  f(${n});`).join('\n');
const longFunction = (lines: number) =>
  `declare function f(n: number): void;\nexport function g(): void {\n${long(lines)}\n}`;

test.each([
  ['no-floating-promises', 'server/x.ts', 'export function g(): void {\n  Promise.resolve(1);\n}'],
  ['no-explicit-any', 'server/x.ts', 'export const x: any = 1;'],
  ['consistent-type-imports', 'server/x.ts', `import { A } from './a.ts';\nexport type B = A;`],
  ['eqeqeq', 'server/x.ts', 'export const g = (a: number) => a == 1;'],
  ['no-console', 'shared/x.ts', `export const g = (): void => console.log('x');`],
  ['no-non-null-assertion', 'server/x.ts', 'export const g = (a: string | null) => a!;'],
  ['ban-ts-comment', 'server/x.ts', '// @ts-ignore\nexport const x = 1;'],
  ['no-default-export', 'server/x.ts', 'export default 1;'],
  ['filename-case', 'server/myFile.ts', 'export const x = 1;'],
  ['no-warning-comments', 'server/x.ts', '// TODO later\nexport const x = 1;'],
  ['max-lines', 'server/x.ts', Array.from({ length: 401 }, (_, n) => `export const a${n} = 1;`).join('\n')],
  ['max-lines-per-function', 'server/x.ts', longFunction(40)],
  ['no-focused-tests', 'tests/x.test.ts', `import { test } from 'vitest';\ntest.only('x', () => {});`],
  ['no-disabled-tests', 'tests/x.test.ts', `import { test } from 'vitest';\ntest.skip('x', () => {});`],
])('%s is forbidden', (rule, path, source) => {
  expect(lint(path, source)).toContain(rule);
});

test('plain code, a function of forty lines and a console in the server pass', () => {
  expect(lint('server/fine.ts', longFunction(38))).toBe('');
  expect(lint('server/fine.ts', `export const g = (): void => console.log('x');`)).toBe('');
});
