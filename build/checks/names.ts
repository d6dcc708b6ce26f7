import { parseSync } from 'vite';
import { lineAt } from './finding.ts';
import type { Finding } from './finding.ts';
import type { Module } from './module.ts';

/**
 * Names that two modules may export all the same, each with its reason. At most five: one word, one thing.
 */
const TWICE: Readonly<Record<string, string>> = {};

/** An exported name with the place where it is defined. */
export type Definition = { readonly name: string; readonly file: string; readonly line: number };

/**
 * The names that a module defines and exports itself; what it passes on from another module is that one's.
 */
export function definitionsOf({ file, source }: Module): Definition[] {
  const { module } = parseSync(file, source);
  const imported = new Set(
    module.staticImports.flatMap(({ entries }) => entries.map((entry) => entry.localName.value)),
  );
  const defined = new Map<string, Definition>();
  for (const entry of module.staticExports.flatMap(({ entries }) => entries)) {
    const [name, local] = [entry.exportName.name, entry.localName.name];
    if (name === null || entry.moduleRequest !== null || (local !== null && imported.has(local))) continue;
    defined.set(name, { name, file, line: lineAt(source, entry.start) });
  }
  return [...defined.values()];
}

/**
 * Exported names that are defined in more than one module: a reader who meets one cannot know which is meant.
 */
export function checkNames(
  modules: readonly Module[],
  allowed: Readonly<Record<string, string>> = TWICE,
): Finding[] {
  const places = Map.groupBy(modules.flatMap(definitionsOf), ({ name }) => name);
  const twice = [...places].filter(([name, found]) => found.length > 1 && !Object.hasOwn(allowed, name));
  const unneeded = Object.keys(allowed).filter((name) => (places.get(name) ?? []).length < 2);
  return [
    ...twice.flatMap(([name, found]) =>
      found.map(({ file, line }) => ({ file, line, message: message(name, file, found) })),
    ),
    ...unneeded.map((name) => ({
      file: 'build/checks/names.ts',
      line: 1,
      message: `'${name}' is allowed twice and defined once: remove it from the list`,
    })),
  ];
}

function message(name: string, file: string, found: readonly Definition[]): string {
  const others = found.filter((definition) => definition.file !== file).map((definition) => definition.file);
  return `'${name}' is also exported by ${others.join(', ')}: one word for one thing (docs/glossary.md)`;
}
