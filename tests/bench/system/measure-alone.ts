import { build } from 'esbuild';
import { root } from '#build/paths.ts';
import { launchProfile } from '#tests/helpers/chromium.ts';
import type { DemoAccount } from '#tests/e2e/harness/server.ts';
import type { Alone } from './alone-worker.ts';
import { withFolder } from './cleaning.ts';

async function bundleWorker(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['tests/bench/system/alone-worker.ts'],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  return outputFiles[0]?.text ?? '';
}

/**
 * Logs in on an empty page of the API's origin and measures the pieces of a first download in a worker there.
 */
export async function measureAlone(url: string, { login, password }: DemoAccount): Promise<Alone> {
  return withFolder(async (profile) => {
    const context = await launchProfile(profile);
    try {
      const page = await context.newPage();
      // An empty page, so that nothing of the console runs beside.
      await page.route('**/bench-alone', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>bench</title>' }),
      );
      await page.goto(`${url}/bench-alone`);
      await page.unroute('**/bench-alone');
      return await page.evaluate(runWorker, { script: await bundleWorker(), login, password });
    } finally {
      await context.close();
    }
  });
}

/** Runs in the page. */
async function runWorker(options: { script: string; login: string; password: string }): Promise<Alone> {
  const { script, ...account } = options;
  const response = await fetch('/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
  });
  if (!response.ok) throw new Error(`login: ${response.status}`);
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  return new Promise<Alone>((done, fail) => {
    worker.onmessage = ({ data }: MessageEvent<{ alone: Alone } | { error: string }>) =>
      'alone' in data ? done(data.alone) : fail(new Error(data.error));
    worker.onerror = (event) => fail(new Error(event.message));
    worker.postMessage(location.origin);
  });
}
