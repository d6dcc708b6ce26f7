import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureConsoleBuilt } from '../build-console.ts';
import { ensureShellBuilt } from '../build-shell.ts';
import { listFiles, root } from '../paths.ts';

/** Where the application lies as it is packed. */
export const stage = join(root, 'dist', 'app');

/** Maps hold our sources, and the service worker is the browser's: neither is packed. */
const isPacked = (path: string): boolean => !path.endsWith('.map') && !path.endsWith('sw.js');

/** A map that is not packed must not be named either. */
function forgetMaps(): void {
  for (const file of listFiles('dist/renderer', stage).filter((name) => name.endsWith('.js'))) {
    const path = join(stage, file);
    const source = readFileSync(path, 'utf8');
    writeFileSync(path, source.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n'));
  }
}

/**
 * Builds what is stale and lays out `dist/app`: the shell, the console and a package.json that asks for
 * nothing.
 */
export async function stageApp(): Promise<void> {
  await ensureConsoleBuilt();
  await ensureShellBuilt();
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const part of ['electron', 'renderer'])
    cpSync(join(root, 'dist', part), join(stage, 'dist', part), { recursive: true, filter: isPacked });
  forgetMaps();
  const { name, version, description, license } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  const manifest = { name, version, description, license, type: 'module', main: 'dist/electron/main.js' };
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
