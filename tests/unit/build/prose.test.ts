import { expect, test } from 'vitest';
import { checkProse } from '#build/checks/prose.ts';

const words = 'a sentence that goes on and on '.repeat(4).trim();

test.each([
  ['a line comment', `const a = 1;\n// ${words}\n`, 2],
  ['one line of a doc comment', `/**\n * Short.\n * ${words}\n */\nexport const a = 1;\n`, 3],
  ['a comment behind code', `const a = 1; // ${words}\n`, 1],
])('%s wider than the code is found, with its line', (_, source, line) => {
  expect(checkProse({ file: 'shared/a.ts', source })).toMatchObject([{ file: 'shared/a.ts', line }]);
});

test('short comments, wide code and an address that cannot be broken are left alone', () => {
  const address = `https://example.org/${'a-long-path/'.repeat(12)}`;
  const source = `// Short.\nconst text = '${words}';\n// See ${address}\nconst url = '${address}'; // here\n`;
  expect(checkProse({ file: 'shared/a.ts', source }).filter(({ line }) => line !== 4)).toEqual([]);
});
