import react from '@vitejs/plugin-react';
import { createServer, type ViteDevServer } from 'vite';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';

/** The console over an in-memory store, served from the sources; see tests/fixtures/console-page. */
export interface ConsolePage {
  readonly url: string;
  readonly server: ViteDevServer;
}

export async function serveConsolePage(cacheDir: string): Promise<ConsolePage> {
  const server = await createServer({
    configFile: false,
    root: `${root}/tests/fixtures/console-page`,
    cacheDir,
    logLevel: 'warn',
    plugins: [react()],
    appType: 'spa',
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null, fs: { allow: [root] } },
  });
  await server.listen();
  const url = must(server.resolvedUrls?.local[0], 'an address of the page');
  return { url: url.replace(/\/$/, ''), server };
}
