import { expect, test } from 'vitest';
import { checkProse } from '#build/checks/prose.ts';

const words = 'a sentence that goes on and on '.repeat(4).trim();

test.each([
  ['a line comment', `const a = 1;\n// ${words}\n`, 2],
  ['one line of a doc comment', `/**\n * Short.\n * ${words}\n */\nexport const a = 1;\n`, 3],
  ['a comment behind code', `const a = 1; // ${words}\n`, 1],
  ['a text', `const a = 1;\nconst text = '${words}';\n`, 2],
  ['a line of a template', `const text = \`\n${words}\`;\n`, 2],
])('%s wider than the code is found, with its line', (_, source, line) => {
  expect(checkProse({ file: 'shared/a.ts', source })).toMatchObject([
    { file: 'shared/a.ts', line, message: 'a line wider than 110 characters' },
  ]);
});

test('short lines and an address or a pattern that cannot be broken are left alone', () => {
  const address = `https://example.org/${'a-long-path/'.repeat(12)}`;
  const pattern = `/^(?:${'word|'.repeat(30)}end)$/`;
  const source = `// Short.\n// See ${address}\nconst url = '${address}'; // here\nconst is = ${pattern};\n`;
  expect(checkProse({ file: 'shared/a.ts', source })).toEqual([]);
});

test.each(['What', 'Whether'])('a doc comment that begins with "%s" is found, with its line', (opening) => {
  const source = `const a = 1;\n/** ${opening} it holds. */\nconst b = 1;\n/**\n * ${opening} it is.\n */\n`;
  expect(checkProse({ file: 'shared/a.ts', source }).map(({ line }) => line)).toEqual([2, 4]);
});

test('other comments may ask, and a doc comment may tell what and whether', () => {
  const source = '// What follows is short.\n/* Whether or not. */\n/** Tells whether. Whatever it is. */\n';
  expect(checkProse({ file: 'shared/a.ts', source })).toEqual([]);
});

test('a title of a test stands in one piece; any other text in a test is broken', () => {
  const source = `describe('${words}', () => {
    it.each([1])('${words}', () => {
      say('${words}');
    });
  });\n`;
  expect(checkProse({ file: 'tests/unit/a.test.ts', source }).map(({ line }) => line)).toEqual([3]);
  expect(checkProse({ file: 'shared/a.ts', source }).map(({ line }) => line)).toEqual([1, 2, 3]);
});

test('the text of a migration stays as it was applied, its comments do not', () => {
  const source = `// ${words}\nexport const table = \`${words}\`;\n`;
  expect(checkProse({ file: 'server/store/migrations/001-a.ts', source }).map(({ line }) => line)).toEqual([
    1,
  ]);
});
