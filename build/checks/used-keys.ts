import { parseSync, Visitor } from 'vite';
import type { ESTree } from 'vite';
import { baseKey } from './locale-keys.ts';
import { lineAt } from './finding.ts';
import type { Finding } from './finding.ts';

/**
 * The uses of sentences in one module: keys it asks for, the beginnings of keys it makes, every literal in
 * it.
 */
export type KeyUse = {
  readonly file: string;
  readonly wholeKeys: readonly { readonly key: string; readonly line: number }[];
  readonly prefixes: readonly { readonly prefix: string; readonly line: number }[];
  readonly literals: ReadonlySet<string>;
};

/** Beginnings of keys made in ways the reader below does not see, each with its maker. Keep it short. */
export const dynamicPrefixes: readonly string[] = [];

function isTranslate(callee: ESTree.Expression): boolean {
  if (callee.type === 'Identifier') return callee.name === 't';
  return (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 't'
  );
}

/** Reads a module of the console: `t('a.b')`, ``t(`a.${kind}`)``, `i18nKey="a.b"`. */
export function readKeyUse(file: string, source: string): KeyUse {
  const wholeKeys: { key: string; line: number }[] = [];
  const prefixes: { prefix: string; line: number }[] = [];
  const literals = new Set<string>();
  const ask = (node: ESTree.Node): void => {
    const line = lineAt(source, node.start);
    if (node.type === 'Literal' && typeof node.value === 'string') wholeKeys.push({ key: node.value, line });
    if (node.type === 'TemplateLiteral') prefixes.push({ prefix: node.quasis[0]?.value.cooked ?? '', line });
    if (node.type === 'ConditionalExpression') [node.consequent, node.alternate].forEach(ask);
  };
  new Visitor({
    Literal(node) {
      if (typeof node.value === 'string') literals.add(node.value);
    },
    CallExpression(node) {
      const first = node.arguments[0];
      if (first !== undefined && isTranslate(node.callee)) ask(first);
    },
    JSXAttribute(node) {
      if (node.name.name !== 'i18nKey' || !node.value) return;
      ask(node.value.type === 'JSXExpressionContainer' ? node.value.expression : node.value);
    },
  }).visit(parseSync(file, source).program);
  return { file, wholeKeys, prefixes, literals };
}

/** Keys asked for that no language has, and keys no module asks for. `keys` are the Russian ones. */
export function checkKeyUse(keys: Iterable<string>, uses: readonly KeyUse[]): Finding[] {
  const known = new Set([...keys].map(baseKey));
  const missing = uses.flatMap(({ file, wholeKeys, prefixes }) => [
    ...wholeKeys
      .filter(({ key }) => !known.has(key))
      .map(({ key, line }) => ({ file, line, message: `no sentence ${key}` })),
    ...prefixes
      .filter(({ prefix }) => prefix === '' || ![...known].some((key) => key.startsWith(prefix)))
      .map(({ prefix, line }) => ({ file, line, message: `no sentence begins with "${prefix}"` })),
  ]);
  const beginnings = [...dynamicPrefixes, ...uses.flatMap((use) => use.prefixes.map(({ prefix }) => prefix))];
  const unused = [...known].filter(
    (key) =>
      !uses.some((use) => use.literals.has(key)) &&
      !beginnings.some((prefix) => prefix !== '' && key.startsWith(prefix)),
  );
  return [
    ...missing,
    ...unused.map((key) => ({ file: 'renderer/locales/ru.json', line: 1, message: `${key} is never used` })),
  ];
}
