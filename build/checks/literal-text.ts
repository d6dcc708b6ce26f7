import { parseSync, Visitor } from 'vite';
import type { ESTree } from 'vite';
import { lineAt } from './finding.ts';
import type { Finding } from './finding.ts';

/** Attributes and properties whose text a person reads or hears. */
const spoken = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'description',
  'error',
  'label',
  'message',
  'nothingFoundMessage',
  'placeholder',
  'title',
]);

/** Elements whose text is the same in every language: keys of the keyboard, code. */
const sameEverywhere = new Set(['Kbd', 'kbd', 'Code', 'code']);

const letters = /\p{L}{2,}/u;
const cyrillicWord = /\p{Script=Cyrillic}{2,}/u;
const sentenceLike = /^\p{Lu}|\s/u;

/** The texts an expression may come to, as far as they stand in it: both branches, both sides, parts of a template. */
function textsIn(node: ESTree.Node): { text: string; start: number }[] {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'string' ? [{ text: node.value, start: node.start }] : [];
    case 'TemplateLiteral':
      return node.quasis.map((part) => ({ text: part.value.raw, start: part.start }));
    case 'ConditionalExpression':
      return [...textsIn(node.consequent), ...textsIn(node.alternate)];
    case 'LogicalExpression':
      return [...textsIn(node.left), ...textsIn(node.right)];
    case 'JSXExpressionContainer':
      return textsIn(node.expression);
    default:
      return [];
  }
}

function elementName(node: ESTree.JSXElement): string {
  const { name } = node.openingElement;
  return name.type === 'JSXIdentifier' ? name.name : '';
}

/**
 * Text written into the console's code instead of the locale files: between tags, in spoken attributes, in spoken
 * properties when it looks like a sentence, and any Russian word anywhere. One Cyrillic letter alone is a key of the keyboard.
 */
export function checkLiteralText(file: string, source: string): Finding[] {
  const at = new Map<number, string>();
  const mark = (found: readonly { text: string; start: number }[], looksSpoken: RegExp): void => {
    for (const { text, start } of found) if (looksSpoken.test(text)) at.set(start, text.trim());
  };
  new Visitor({
    JSXElement(node) {
      if (sameEverywhere.has(elementName(node))) return;
      for (const child of node.children) {
        if (child.type === 'JSXText') mark([{ text: child.value, start: child.start }], letters);
        else mark(textsIn(child), letters);
      }
    },
    JSXFragment(node) {
      for (const child of node.children) {
        if (child.type === 'JSXText') mark([{ text: child.value, start: child.start }], letters);
        else mark(textsIn(child), letters);
      }
    },
    JSXAttribute(node) {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : '';
      if (node.value && spoken.has(name)) mark(textsIn(node.value), letters);
    },
    Property(node) {
      // In a .tsx file such a property is handed to a component; elsewhere it may be for programmers.
      if (file.endsWith('.tsx') && node.key.type === 'Identifier' && spoken.has(node.key.name)) {
        mark(
          textsIn(node.value).filter(({ text }) => sentenceLike.test(text)),
          letters,
        );
      }
    },
    Literal(node) {
      mark(textsIn(node), cyrillicWord);
    },
    TemplateLiteral(node) {
      mark(textsIn(node), cyrillicWord);
    },
  }).visit(parseSync(file, source).program);
  return [...at].map(([start, text]) => ({
    file,
    line: lineAt(source, start),
    message: `text in code: ${JSON.stringify(text)}; it belongs in renderer/locales`,
  }));
}
