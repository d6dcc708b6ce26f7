import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import type { Finding } from './finding.ts';
import type { Module } from './module.ts';
import { forbiddenRoom } from './rooms.ts';

type Folder = 'shared' | 'server' | 'renderer' | 'electron' | 'build' | 'tests';

/** Which of our folders a folder may import, besides itself. Whatever is not named is forbidden. */
const allowed: Readonly<Record<Folder, readonly Folder[]>> = {
  shared: [],
  server: ['shared'],
  renderer: ['shared'],
  electron: ['shared'],
  build: ['shared'],
  tests: ['shared', 'server', 'renderer', 'electron', 'build'],
};

/** Where Node's own modules and packages that need it may be used: nothing that also runs in a browser. */
const withoutNode: readonly Folder[] = ['shared', 'renderer'];

/** The packages shared/ may use: pure, the same in Node and in a browser. */
const sharedPackages = ['zod', 'docx', 'fflate', 'saxes', 'uuid'];

function isFolder(name: string): name is Folder {
  return Object.hasOwn(allowed, name);
}

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The path of ours a specifier leads to, or undefined for a package. */
function targetOf(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

/**
 * Why `file` (path from the checkout, forward slashes) may not ask for `specifier`; undefined when it may.
 */
export function forbidden(file: string, specifier: string): string | undefined {
  const own = file.split('/', 1)[0] ?? '';
  if (!isFolder(own)) return undefined;
  if (specifier.startsWith('../../')) return 'climbs two folders: use the # alias';
  const path = targetOf(file, specifier);
  if (path === undefined) return forbiddenPackage(own, specifier);
  const target = path.split('/', 1)[0] ?? '';
  if (target === own) return forbiddenRoom(file, path);
  if (!specifier.startsWith('#')) return `leaves ${own}/ by a relative path: use the # alias`;
  if (!isFolder(target) || !allowed[own].includes(target)) return `${own}/ may not import ${target}/`;
  return undefined;
}

function forbiddenPackage(own: Folder, specifier: string): string | undefined {
  if (specifier.startsWith('node:')) {
    return withoutNode.includes(own) ? `${own}/ may not use Node: it also runs in a browser` : undefined;
  }
  if (own === 'shared' && !sharedPackages.includes(packageOf(specifier))) {
    return (
      `shared/ may not use ${packageOf(specifier)}: it is pure (the list is in ` +
      `build/checks/boundaries.ts)`
    );
  }
  return undefined;
}

/** The forbidden imports of one module. */
export function checkBoundaries({ file, source }: Module): Finding[] {
  return importsOf(file, source).flatMap(({ specifier, line }) => {
    const why = forbidden(file, specifier);
    return why === undefined ? [] : [{ file, line, message: `'${specifier}': ${why}` }];
  });
}
