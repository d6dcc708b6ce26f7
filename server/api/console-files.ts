import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Api } from './api.ts';
import { ApiFailure } from './errors.ts';

/**
 * Vite puts a hash of the content into the names under assets/, so they never change; everything else is
 * asked about.
 */
function setCacheHeaders(reply: FastifyReply, path: string): void {
  const isHashed = /[\\/]assets[\\/][^\\/]+-[\w-]{8,}\.\w+$/.test(path);
  reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}

/**
 * A person opening or reloading a screen of the console, as opposed to a program asking for a file or for
 * data.
 */
function wantsScreen(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? '';
  const isFile = /\.\w+$/.test(path);
  return (
    request.method === 'GET' &&
    !path.startsWith('/api/') &&
    !isFile &&
    (request.headers.accept ?? '').includes('text/html')
  );
}

/**
 * Serves the built console; any address that is a screen gets index.html, the console finds the screen
 * itself.
 */
export async function installConsole(api: Api, folder: string | null): Promise<void> {
  const root = folder !== null && existsSync(join(folder, 'index.html')) ? folder : null;
  if (root !== null) {
    await api.register(fastifyStatic, { root, cacheControl: false, setHeaders: setCacheHeaders });
  }
  api.setNotFoundHandler(async (request, reply) => {
    if (root === null || !wantsScreen(request)) throw new ApiFailure('not_found');
    return reply.sendFile('index.html', root);
  });
}
