import { parseSync, Visitor } from 'vite';
import { lineAt } from './finding.ts';

/** Something a module asks for: the specifier as written, and the line it stands on. */
export type Import = { readonly specifier: string; readonly line: number };

/**
 * Every static, dynamic and type import and re-export of a TypeScript module whose specifier is written out.
 */
export function importsOf(file: string, source: string): Import[] {
  const { module, program } = parseSync(file, source);
  const found: { specifier: string; start: number }[] = [];
  for (const { moduleRequest } of module.staticImports) {
    found.push({ specifier: moduleRequest.value, start: moduleRequest.start });
  }
  for (const { moduleRequest } of module.staticExports.flatMap((statement) => statement.entries)) {
    if (moduleRequest) found.push({ specifier: moduleRequest.value, start: moduleRequest.start });
  }
  new Visitor({
    ImportExpression({ source: specifier }) {
      if (specifier.type === 'Literal' && typeof specifier.value === 'string') {
        found.push({ specifier: specifier.value, start: specifier.start });
      }
    },
    TSImportType({ source: specifier }) {
      found.push({ specifier: specifier.value, start: specifier.start });
    },
  }).visit(program);
  return found.map(({ specifier, start }) => ({ specifier, line: lineAt(source, start) }));
}
