import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Forward } from '#electron/api/forward.ts';
import { CONTENT_SECURITY_POLICY } from './content-security-policy.ts';
import { fileFor } from './file-for.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

const SECURITY = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
} as const;

const refused = (status: number): Response => new Response(null, { status, headers: SECURITY });

/** Headers of a file: its kind, the policy, and a long life when its name holds a hash of its content. */
function headersOf(file: string, type: string): Record<string, string> {
  const isHashed = /[\\/]assets[\\/]/.test(file);
  return { ...SECURITY, 'content-type': type, 'cache-control': isHashed ? 'max-age=31536000' : 'no-cache' };
}

/**
 * Answers `app://` addresses: `/api/` goes to the central API, anything else is a file of the console in
 * `root`.
 */
export function createServer(root: string, forward: Forward) {
  return async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname.startsWith('/api/')) return forward(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405);
    const file = fileFor(request.url, root);
    const type = file === null ? undefined : TYPES[extname(file)];
    if (file === null || type === undefined) return refused(403);
    try {
      return new Response(new Uint8Array(await readFile(file)), { headers: headersOf(file, type) });
    } catch {
      return refused(404);
    }
  };
}
