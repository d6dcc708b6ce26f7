import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { chromium, type BrowserContext } from 'playwright-core';
import { findChromium } from '#server/report/find-chromium.ts';
import { testOptions } from '#tests/helpers/chromium.ts';
import { APP_ORIGIN, folders, schemes, settings, toApp } from './state.ts';

/** One request of the page as Electron hands it to `protocol.handle`. */
function requestOf(message: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers))
    if (value !== undefined && name !== 'host') headers.set(name, String(value));
  const method = message.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD' && message.headers['content-length'] !== '0';
  const body = hasBody ? { body: Readable.toWeb(message) as ReadableStream, duplex: 'half' as const } : {};
  return new Request(toApp(`${APP_ORIGIN}${message.url ?? '/'}`), { method, headers, signal, ...body });
}

async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const reply = await schemes.handler?.(requestOf(message, gone.signal));
  // An error response is a broken line, as in Electron.
  if (reply === undefined || reply.type === 'error') return void message.socket.destroy();
  response.writeHead(reply.status, Object.fromEntries(reply.headers));
  response.flushHeaders();
  if (reply.body === null) return void response.end();
  for await (const chunk of reply.body) if (!response.destroyed) response.write(chunk);
  response.end();
}

/** Serves the scheme to Chromium as a local address; streams as `protocol.handle` does. */
async function serveScheme(): Promise<number> {
  const server = createServer((message, response) => {
    answer(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  return (server.address() as AddressInfo).port;
}

/**
 * Starts the browser whose pages are the application's windows. `switches` are what `commandLine` was told.
 */
export async function startChromium(switches: readonly string[]): Promise<BrowserContext> {
  const port = await serveScheme();
  const { args, ...options } = testOptions(await findChromium());
  return chromium.launchPersistentContext(join(folders.session, 'Chromium'), {
    ...options,
    // The host itself ends the browser, gently: what pages stored a moment ago is written then.
    handleSIGTERM: false,
    handleSIGINT: false,
    handleSIGHUP: false,
    args: [
      ...args,
      ...switches,
      `--host-resolver-rules=MAP pult.app.localhost:80 127.0.0.1:${port}`,
      `--remote-debugging-port=${settings.debugPort}`,
    ],
    viewport: settings.viewport,
    locale: 'ru-RU',
    timezoneId: 'Asia/Vladivostok',
    acceptDownloads: true,
  });
}
