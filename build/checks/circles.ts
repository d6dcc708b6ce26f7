import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import type { Finding } from './finding.ts';
import type { Module } from './module.ts';

/**
 * Modules that import each other, in a round of any length, types too. Each round is told once, where it
 * closes. Linters that look for this do not follow our # aliases.
 */
export function checkCircles(modules: readonly Module[]): Finding[] {
  const graph = new Map(modules.map((module) => [module.file, targetsOf(module)]));
  const done = new Set<string>();
  const findings: Finding[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (done.has(file)) return;
    for (const { target, line } of graph.get(file) ?? []) {
      const at = [...path, file].indexOf(target);
      if (at >= 0) findings.push({ file, line, message: roundOf([...path, file].slice(at)) });
      else if (graph.has(target)) visit(target, [...path, file]);
    }
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return findings;
}

const roundOf = (round: readonly string[]): string =>
  `modules import each other: ${[...round, round[0]].join(' -> ')}`;

/** The modules of ours that a module imports, by their paths from the checkout. */
function targetsOf({ file, source }: Module): { readonly target: string; readonly line: number }[] {
  return importsOf(file, source).flatMap(({ specifier, line }) => {
    if (specifier.startsWith('#')) return [{ target: specifier.slice(1), line }];
    if (!specifier.startsWith('.')) return [];
    return [{ target: posix.join(posix.dirname(file), specifier), line }];
  });
}
