import react from '@vitejs/plugin-react';
import { preview, type InlineConfig, type PreviewServer } from 'vite';
import { buildForProduction } from '#build/build-console.ts';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';

/** The console over an in-memory store; see tests/fixtures/console-page. */
export interface ConsolePage {
  readonly url: string;
  readonly server: PreviewServer;
}

/** Builds the page into `outDir` and serves it: as hundreds of sources every visit would take seconds. */
export async function serveConsolePage(outDir: string): Promise<ConsolePage> {
  const config: InlineConfig = {
    configFile: false,
    root: `${root}/tests/fixtures/console-page`,
    logLevel: 'warn',
    plugins: [react()],
    build: { outDir, emptyOutDir: true, chunkSizeWarningLimit: 5000 },
    preview: { port: 0, host: '127.0.0.1' },
  };
  await buildForProduction(config);
  const server = await preview(config);
  const url = must(server.resolvedUrls?.local[0], 'an address of the page');
  return { url: url.replace(/\/$/, ''), server };
}
