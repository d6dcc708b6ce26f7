import { expect, test } from 'vitest';
import { checkCssClasses, classesOf } from '#build/checks/css-classes.ts';

const sheet = (source: string, file = 'renderer/kit/a.module.css') => ({ file, source });
const user = (line: string) => ({
  file: 'renderer/kit/a.tsx',
  source: `import classes from './a.module.css';\nexport const A = (name: string) => ${line};\n`,
});

test('the classes of a sheet are those of its selectors, nested ones too, and no other word with a dot', () => {
  const css = `/* .gone */ .a, .b-c:hover > .d { margin: .5em; }
    @media print { .e :global(.theirs) { x: y } }`;
  expect([...classesOf(css)]).toEqual(['a', 'b-c', 'd', 'e']);
});

test('a class that is defined and used, directly or by composes, is left alone', () => {
  const composed = sheet(`.b { composes: a from '../kit/a.module.css'; }`, 'renderer/app/b.module.css');
  const module = {
    file: 'renderer/app/b.tsx',
    source: `import b from './b.module.css';\nexport const B = b['b'];\n`,
  };
  expect(checkCssClasses([module], [sheet('.a { x: y }'), composed])).toEqual([]);
});

test('a mistyped class and one that nothing uses are found', () => {
  expect(checkCssClasses([user(`classes['lines']`)], [sheet('.line { x: y }')])).toEqual([
    { file: 'renderer/kit/a.tsx', line: 2, message: 'renderer/kit/a.module.css has no class lines' },
    { file: 'renderer/kit/a.module.css', line: 1, message: 'nothing uses the class line' },
  ]);
});

test('where a name is put together at run time nothing of that sheet counts as unused', () => {
  expect(checkCssClasses([user('classes[name]')], [sheet('.line { x: y }')])).toEqual([]);
});
