import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '#build/paths.ts';

export interface Served {
  readonly origin: string;
  /**
   * The page of a candidate; the origin stays the same while this serves, so what was stored is found again.
   */
  readonly page: (candidate: string, warm: boolean) => string;
  readonly close: () => Promise<void>;
}

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Bundles the candidates and serves one page for each. */
export async function serveBundles(entryPoints: readonly string[]): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'pult-bench-build-'));
  await build({
    absWorkingDir: root,
    entryPoints: [...entryPoints],
    outdir: folder,
    entryNames: '[name]',
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, pathname.replace(/^\/build\//, ''));
    if (pathname.startsWith('/page/')) {
      response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
      response.end(
        `<!doctype html><title>bench</title><body>` +
          `<script type="module" src="/build/${pathname.slice(6)}.js"></script>`,
      );
    } else if (pathname.startsWith('/build/') && existsSync(file)) {
      response.writeHead(200, {
        ...HEADERS,
        'content-type': 'text/javascript',
        'cache-control': 'max-age=3600',
      });
      createReadStream(file).pipe(response);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    page: (candidate, warm) => `http://127.0.0.1:${port}/page/${candidate}${warm ? '?warm' : ''}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
