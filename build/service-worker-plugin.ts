import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const WORKER = 'sw.js';
const PLACE = '__PULT_BUILD__';

/** Files the console needs to open offline, as paths of its address, in a steady order. */
export function precachedFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/')}`)
    .filter((path) => path !== `/${WORKER}` && !path.endsWith('.map'))
    .toSorted();
}

/**
 * Tells the service worker what was built: the list of files and a version that changes when any of them
 * does.
 */
export function serviceWorkerPlugin(): Plugin {
  return {
    name: 'pult-service-worker',
    apply: 'build',
    writeBundle: ({ dir = '' }) => {
      const files = precachedFiles(dir);
      const hash = createHash('sha256');
      for (const file of files) hash.update(file).update(readFileSync(join(dir, file)));
      const build = JSON.stringify({ version: hash.digest('hex').slice(0, 16), files });
      const path = join(dir, WORKER);
      const code = readFileSync(path, 'utf8');
      if (!code.includes(PLACE)) throw new Error(`${WORKER} has no ${PLACE} to fill in`);
      writeFileSync(
        path,
        code.replace(PLACE, () => build),
      );
    },
  };
}
