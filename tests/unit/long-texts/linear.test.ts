import { readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { expect, test } from 'vitest';
import { slownessOf } from '#build/checks/patterns.ts';
import { listFiles } from '#build/paths.ts';
import { promiseRules } from '#shared/domain/promises/rules.ts';
import { mapHeaders } from '#shared/exchange/header-map.ts';
import { MEASURED_ELSEWHERE, READERS } from '#tests/fixtures/long-texts/readers.ts';
import { SHAPES } from '#tests/fixtures/long-texts/shapes.ts';
import { growthOf, isLinear, repeated } from '#tests/helpers/growth.ts';

test.each(Object.entries(READERS))('%s takes as much longer as a text is longer', (_name, reader) => {
  const growths = Object.entries(SHAPES).map(([shape, make]) => ({ shape, growth: growthOf(reader, make) }));
  expect(growths.filter(({ growth }) => !isLinear(growth))).toEqual([]);
});

test('a file of columns that are all called the same has its headers read', () => {
  const reader = (text: string): unknown => mapHeaders(Array.from(text, () => 'Столбец'));
  expect(growthOf(reader, repeated('а'))).toSatisfy(isLinear);
  expect(mapHeaders(['А', 'А', 'А (2)', 'А']).targets).toEqual(
    ['А', 'А (2)', 'А (2) (2)', 'А (3)'].map((unknown) => ({ unknown })),
  );
});

test('the measure tells a square from a line', () => {
  expect(growthOf((text) => /<[^>]*>$/.test(text), repeated('<'))).not.toSatisfy(isLinear);
  expect(growthOf((text) => text.split('').toSorted().join(''), repeated('аб'))).toSatisfy(isLinear);
});

test('no way to promise a date may be slow', () => {
  expect(promiseRules.flatMap(({ pattern }) => slownessOf(pattern.source, pattern.flags) ?? [])).toEqual([]);
});

/** Names that a text from outside goes by where it comes in. */
const TEXT = /^(?:text|raw|original|markup|piece|header|url|address|line|lines|wanted)$/;
const STRING = /^: (?:string|string \| number|RawCell|Html)$/;

interface Taker {
  readonly params: readonly {
    readonly name?: string;
    readonly typeAnnotation?: { readonly start: number; readonly end: number } | null;
  }[];
}

/** Names of the exported functions of a module that take a text. */
function textTakers(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const takesText = ({ params: [first] }: Taker): boolean => {
    const type = first?.typeAnnotation ?? null;
    return type !== null && STRING.test(source.slice(type.start, type.end)) && TEXT.test(first?.name ?? '');
  };
  return parseSync(file, source).program.body.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : null;
    if (declaration?.type === 'FunctionDeclaration')
      return takesText(declaration as Taker) ? [declaration.id?.name ?? ''] : [];
    if (declaration?.type !== 'VariableDeclaration') return [];
    return declaration.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && init?.type === 'ArrowFunctionExpression' && takesText(init as Taker)
        ? [id.name]
        : [],
    );
  });
}

test('every function that takes a text stands in the table', () => {
  const files = ['shared', 'server', 'renderer', 'electron'].flatMap((folder) => listFiles(folder));
  const takers = files.filter((file) => /\.tsx?$/.test(file)).flatMap(textTakers);
  const known = new Set(
    [...Object.keys(READERS), ...Object.keys(MEASURED_ELSEWHERE)].map((name) => name.split(' ')[0]),
  );
  expect(takers.length).toBeGreaterThan(50);
  expect(takers.filter((name) => !known.has(name))).toEqual([]);
});
