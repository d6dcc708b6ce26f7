import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { preview, type InlineConfig, type PreviewServer } from 'vite';
import { buildForProduction } from '#build/build-console.ts';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';
import { withLock } from '#server/process/file-lock.ts';
import { runFolder } from './temporary-folder.ts';

/** The console over an in-memory store; see tests/fixtures/console-page. */
export interface ConsolePage {
  readonly url: string;
  readonly server: PreviewServer;
}

const configFor = (outDir: string): InlineConfig => ({
  configFile: false,
  root: `${root}/tests/fixtures/console-page`,
  logLevel: 'warn',
  plugins: [react()],
  build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 5000 },
  preview: { port: 0, host: '127.0.0.1' },
});

/** The first file of a test run that needs the page builds it; as hundreds of sources visits take seconds. */
async function ensureBuilt(outDir: string): Promise<void> {
  await withLock(`${outDir}.lock`, async () => {
    if (existsSync(join(outDir, 'index.html'))) return;
    const draft = `${outDir}.new`;
    rmSync(draft, { recursive: true, force: true });
    await buildForProduction(configFor(draft));
    renameSync(draft, outDir);
  });
}

/** Serves the page, built into the folder of the test run or into an empty `outDir`. */
export async function serveConsolePage(
  outDir = join(must(runFolder(), 'a test run'), 'console-page'),
): Promise<ConsolePage> {
  await ensureBuilt(outDir);
  const server = await preview(configFor(outDir));
  const url = must(server.resolvedUrls?.local[0], 'an address of the page');
  return { url: url.replace(/\/$/, ''), server };
}
