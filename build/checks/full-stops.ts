import { parseSync, Visitor } from 'vite';
import type { ESTree } from 'vite';
import type { Finding } from './finding.ts';
import { baseKey, type Locale } from './locale-keys.ts';
import type { Module } from './module.ts';

/** Functions that show a toast, or save something and tell of it by one; failures are shown elsewhere too. */
const TELLERS = ['tellDone', 'tellHint', 'save'];

/** Hints below the fields of a form. */
const HINT = /(?:^|\.)formHint\.|\.form\.\w+Hint$/;

/** Keys, and beginnings of keys, of the sentences that a module tells by toasts. */
export function readToasts({ file, source }: Module): string[] {
  const keys: string[] = [];
  const ask = (node: ESTree.Node): void => {
    if (node.type === 'Literal' && typeof node.value === 'string') keys.push(node.value);
    if (node.type === 'TemplateLiteral') keys.push(`${node.quasis[0]?.value.cooked ?? ''}*`);
    if (node.type === 'ConditionalExpression') [node.consequent, node.alternate].forEach(ask);
  };
  new Visitor({
    CallExpression({ callee, arguments: told }) {
      if (callee.type !== 'Identifier' || !TELLERS.includes(callee.name)) return;
      for (const node of told) {
        const [key] = node.type === 'CallExpression' ? node.arguments : [];
        if (node.type === 'CallExpression' && key !== undefined && isTranslate(node.callee)) ask(key);
      }
    },
  }).visit(parseSync(file, source).program);
  return keys;
}

const isTranslate = (callee: ESTree.Expression): boolean =>
  callee.type === 'Identifier' && callee.name === 't';

/** One sentence with a full stop: nothing ends before its end. */
const isOneStopped = (words: string): boolean =>
  words.endsWith('.') && !words.endsWith('…') && !/[.!?;]\s/.test(words);

/**
 * Toasts and hints of forms that are one sentence and end with a full stop: some did and some did not. More
 * than one sentence has all its stops.
 */
export function checkFullStops(
  modules: readonly Module[],
  locales: Readonly<Record<string, Locale>>,
): Finding[] {
  const toasts = modules.flatMap(readToasts);
  const isToast = (key: string): boolean =>
    toasts.some((toast) =>
      toast.endsWith('*') ? toast !== '*' && key.startsWith(toast.slice(0, -1)) : key === toast,
    );
  return Object.entries(locales).flatMap(([file, locale]) =>
    [...locale]
      .filter(([key, words]) => isOneStopped(words) && (HINT.test(key) || isToast(baseKey(key))))
      .map(([key]) => ({
        file,
        line: 1,
        message: `${key} is one sentence: no full stop in a toast or a hint`,
      })),
  );
}
