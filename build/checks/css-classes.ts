import { posix } from 'node:path';
import { parseSync, Visitor } from 'vite';
import { lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Module } from './module.ts';

/**
 * A class of a CSS module that a component asks for by name; `name` is null where it is put together at run
 * time.
 */
type Use = { readonly sheet: string; readonly name: string | null; readonly line: number };

/** The names of the classes that a CSS module defines. */
export function classesOf(css: string): ReadonlySet<string> {
  const selectors = css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\{[^{}]*\}/g, '{}')
    .replaceAll(/:global\([^)]*\)/g, '');
  return new Set([...selectors.matchAll(/\.([A-Za-z_][\w-]*)/g)].map(({ 1: name = '' }) => name));
}

/** The classes a module takes from the CSS modules it imports. */
function usesOf({ file, source }: Module): Use[] {
  const { module, program } = parseSync(file, source);
  const sheets = new Map<string, string>();
  for (const { moduleRequest, entries } of module.staticImports) {
    const specifier = moduleRequest.value;
    if (!specifier.endsWith('.module.css')) continue;
    const sheet = specifier.startsWith('#') ? specifier.slice(1) : posix.join(posix.dirname(file), specifier);
    for (const { localName } of entries) sheets.set(localName.value, sheet);
  }
  const uses: Use[] = [];
  new Visitor({
    MemberExpression({ object, property, computed, start }) {
      const sheet = object.type === 'Identifier' ? sheets.get(object.name) : undefined;
      if (sheet === undefined) return;
      const isWritten = computed && property.type === 'Literal' && typeof property.value === 'string';
      uses.push({ sheet, name: isWritten ? String(property.value) : null, line: lineAt(source, start) });
    },
  }).visit(program);
  return uses;
}

/** The classes a CSS module takes from others by `composes`. */
function composedBy(sheet: string, css: string): Use[] {
  return [...css.matchAll(/composes:\s*([\w\s-]+?)\s+from\s+'([^']+)'/g)].flatMap(
    ({ 1: names = '', 2: from = '', index }) =>
      names.split(/\s+/).map((name) => ({
        sheet: posix.join(posix.dirname(sheet), from),
        name,
        line: lineAt(css, index),
      })),
  );
}

/**
 * Classes that no CSS module defines, and classes that nothing uses. The types of a CSS module say only that
 * any name may be there; a mistyped one is drawn without its looks and nobody is told.
 */
export function checkCssClasses(modules: readonly Module[], sheets: readonly Module[]): Finding[] {
  const defined = new Map(sheets.map(({ file, source }) => [file, classesOf(source)]));
  const uses = [
    ...modules.flatMap((module) => usesOf(module).map((use) => ({ ...use, file: module.file }))),
    ...sheets.flatMap(({ file, source }) => composedBy(file, source).map((use) => ({ ...use, file }))),
  ];
  const unknown = uses.filter(({ sheet, name }) => name !== null && defined.get(sheet)?.has(name) !== true);
  const used = Map.groupBy(uses, ({ sheet }) => sheet);
  const unused = [...defined].flatMap(([sheet, names]) => {
    const here = used.get(sheet) ?? [];
    if (here.some(({ name }) => name === null)) return [];
    return [...names]
      .filter((name) => !here.some((use) => use.name === name))
      .map((name) => ({ sheet, name }));
  });
  return [
    ...unknown.map(({ file, line, name, sheet }) => ({
      file,
      line,
      message: `${sheet} has no class ${name}`,
    })),
    ...unused.map(({ sheet, name }) => ({ file: sheet, line: 1, message: `nothing uses the class ${name}` })),
  ];
}
