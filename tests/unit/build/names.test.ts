import { expect, test } from 'vitest';
import { checkNames } from '#build/checks/names.ts';

const first = {
  file: 'shared/a.ts',
  source: 'export type Page = string;\nexport const pageOf = () => null;\n',
};
const second = {
  file: 'server/b.ts',
  source: 'const x = 1;\nexport interface Page {}\nexport { x as y };\n',
};

test('a name that two modules define is found in both, with the other one named', () => {
  expect(checkNames([first, second], {})).toEqual([
    {
      file: 'shared/a.ts',
      line: 1,
      message: `'Page' is also exported by server/b.ts: one word for one thing (docs/glossary.md)`,
    },
    {
      file: 'server/b.ts',
      line: 2,
      message: `'Page' is also exported by shared/a.ts: one word for one thing (docs/glossary.md)`,
    },
  ]);
});

test('what a module passes on from another is that one’s, and private names are nobody else’s business', () => {
  const passing = {
    file: 'server/c.ts',
    source:
      `import type { Page } from '#shared/a.ts';\nexport type { Page };\nexport { pageOf } from ` +
      `'#shared/a.ts';\n`,
  };
  const hidden = {
    file: 'server/d.ts',
    source: 'type Page = number;\nconst pageOf = 1;\nexport const z = pageOf;\n',
  };
  expect(checkNames([first, passing, hidden], {})).toEqual([]);
});

test('an exception lets a name stand twice, and is itself found when it is needed no more', () => {
  expect(checkNames([first, second], { Page: 'a reason' })).toEqual([]);
  expect(checkNames([first], { Page: 'a reason' })).toEqual([
    {
      file: 'build/checks/names.ts',
      line: 1,
      message: `'Page' is allowed twice and defined once: remove it from the list`,
    },
  ]);
});
