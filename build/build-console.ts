import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type InlineConfig } from 'vite';
import { listFiles, root } from './paths.ts';

/** Everything the built console is made from. */
const inputs = [
  'renderer',
  'shared',
  'vite.config.ts',
  'build/service-worker-plugin.ts',
  'package-lock.json',
] as const;

function readIfThere(path: string): Buffer {
  return existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
}

/**
 * A hash of every input's name and content: the built console is stale when it differs from the one built.
 */
export function consoleFingerprint(base: string = root): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const files = input.includes('.') ? [input] : listFiles(input, base);
    for (const file of files)
      hash
        .update(`${file}\0`)
        .update(readIfThere(join(base, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

/** Tells whether `dist/renderer` below `base` was built from what the sources are now. */
export function isConsoleFresh(base: string = root): boolean {
  const stamp = join(base, 'dist', 'renderer.fingerprint');
  if (!existsSync(stamp) || !existsSync(join(base, 'dist', 'renderer', 'index.html'))) return false;
  return readFileSync(stamp, 'utf8') === consoleFingerprint(base);
}

/**
 * Builds as for production, whatever NODE_ENV is here (a test run, a developer's shell): React is another one
 * otherwise.
 */
export async function buildForProduction(config: InlineConfig): Promise<void> {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await build({ mode: 'production', logLevel: 'warn', ...config });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** Under another NODE_ENV the console would come without its offline part. */
async function buildInto(outDir: string): Promise<void> {
  await buildForProduction({
    configFile: join(root, 'vite.config.ts'),
    build: { outDir, emptyOutDir: true },
  });
}

/**
 * Builds the console into `dist/renderer` unless it is there and fresh. Builds aside and swaps, so that a
 * server running from the same checkout never serves half a build. Speaks on standard error only.
 */
export async function ensureConsoleBuilt(): Promise<void> {
  if (isConsoleFresh()) return;
  process.stderr.write('Building the console…\n');
  const startedAt = Date.now();
  const fingerprint = consoleFingerprint();
  const target = join(root, 'dist', 'renderer');
  const aside = join(root, 'dist', `renderer-${process.pid}`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  try {
    await buildInto(aside);
    rmSync(target, { recursive: true, force: true });
    renameSync(aside, target);
    writeFileSync(join(root, 'dist', 'renderer.fingerprint'), fingerprint);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  process.stderr.write(`The console is built (${((Date.now() - startedAt) / 1000).toFixed(1)} s).\n`);
}
