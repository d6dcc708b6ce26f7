import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { listFiles, root } from './paths.ts';

/** Everything the shell is made from. */
const inputs = ['electron', 'shared', 'build/build-shell.ts', 'package-lock.json'] as const;

function fingerprint(): string {
  const hash = createHash('sha256');
  const files = inputs.flatMap((input) => (/\.\w+$/.test(input) ? [input] : listFiles(input)));
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  logLevel: 'warning',
  legalComments: 'none',
} as const;

// Packages written as CommonJS ask for Node's modules and Electron at run time.
const banner = {
  js:
    "import { createRequire as pultRequire } from 'node:module'; " +
    'const require = pultRequire(import.meta.url);',
};

/**
 * Builds `dist/electron` unless it is there and fresh: `main.js` with its parts, all packages inside, and
 * `preload.cjs`, one file because a sandboxed preload script may load nothing but `electron` (Electron,
 * "Process Sandboxing").
 */
export async function ensureShellBuilt(): Promise<void> {
  const folder = join(root, 'dist', 'electron');
  const stamp = join(root, 'dist', 'electron.fingerprint');
  const wanted = fingerprint();
  if (existsSync(join(folder, 'main.js')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return;
  process.stderr.write('Building the shell…\n');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await build({
    ...common,
    external: ['electron'],
    entryPoints: { main: 'electron/main.ts' },
    outdir: folder,
    format: 'esm',
    target: 'node22',
    splitting: true,
    chunkNames: '[name]-[hash]',
    banner,
  });
  await build({
    ...common,
    external: ['electron'],
    entryPoints: { preload: 'electron/preload.ts' },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    target: 'chrome140',
  });
  writeFileSync(stamp, wanted);
}
