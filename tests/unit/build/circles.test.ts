import { expect, test } from 'vitest';
import { checkCircles } from '#build/checks/circles.ts';

const module = (file: string, ...imports: readonly string[]) => ({
  file,
  source: imports.map((specifier) => `import type { X } from '${specifier}';\n`).join(''),
});

test('a round is told once with its way, through aliases, neighbours and types', () => {
  expect(
    checkCircles([
      module('server/a.ts', './b.ts'),
      module('server/b.ts', 'node:fs', '#server/store/c.ts'),
      module('server/store/c.ts', '../a.ts'),
      module('server/d.ts', './a.ts'),
    ]),
  ).toEqual([
    {
      file: 'server/store/c.ts',
      line: 1,
      message: 'modules import each other: server/a.ts -> server/b.ts -> server/store/c.ts -> server/a.ts',
    },
  ]);
});

test('two ways to one module are no round, and what is not ours is not followed', () => {
  expect(
    checkCircles([
      module('server/a.ts', './b.ts', './c.ts', 'zod'),
      module('server/b.ts', './d.ts', './gone.ts'),
      module('server/c.ts', './d.ts'),
      module('server/d.ts'),
    ]),
  ).toEqual([]);
});
