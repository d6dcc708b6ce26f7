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

type Text = { readonly text: string; readonly start: number };

/**
 * The texts an expression may come to, as far as they stand in it: both branches, both sides, parts of a
 * template.
 */
function textsIn(node: ESTree.Node): Text[] {
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

function textsBetweenTags(children: readonly ESTree.JSXChild[]): Text[] {
  return children.flatMap((child) =>
    child.type === 'JSXText' ? [{ text: child.value, start: child.start }] : textsIn(child),
  );
}

function isSpokenKey(key: ESTree.Node): boolean {
  return key.type === 'Identifier' && spoken.has(key.name);
}

function isSpokenAttribute({ name }: ESTree.JSXAttribute): boolean {
  return name.type === 'JSXIdentifier' && spoken.has(name.name);
}

/**
 * Hands `mark` every text of a program that looks meant for a person; properties only where components get
 * them.
 */
function visitTexts(program: ESTree.Program, withProperties: boolean, mark: (texts: Text[]) => void): void {
  const having = (texts: Text[], looks: RegExp): Text[] => texts.filter(({ text }) => looks.test(text));
  new Visitor({
    JSXElement(node) {
      if (!sameEverywhere.has(elementName(node))) mark(having(textsBetweenTags(node.children), letters));
    },
    JSXFragment(node) {
      mark(having(textsBetweenTags(node.children), letters));
    },
    JSXAttribute(node) {
      if (node.value && isSpokenAttribute(node)) mark(having(textsIn(node.value), letters));
    },
    Property(node) {
      if (!withProperties || !isSpokenKey(node.key)) return;
      mark(having(having(textsIn(node.value), sentenceLike), letters));
    },
    Literal(node) {
      mark(having(textsIn(node), cyrillicWord));
    },
    TemplateLiteral(node) {
      mark(having(textsIn(node), cyrillicWord));
    },
  }).visit(program);
}

/**
 * Text written into the console's code instead of the locale files: between tags, in spoken attributes, in
 * spoken properties of a component's module when it looks like a sentence, and any Russian word anywhere. One
 * Cyrillic letter alone is a key of the keyboard.
 */
export function checkLiteralText(file: string, source: string): Finding[] {
  const found = new Map<number, string>();
  visitTexts(parseSync(file, source).program, file.endsWith('.tsx'), (texts) => {
    for (const { text, start } of texts) found.set(start, text.trim());
  });
  return [...found].map(([start, text]) => ({
    file,
    line: lineAt(source, start),
    message: `text in code: ${JSON.stringify(text)}; it belongs in renderer/locales`,
  }));
}
