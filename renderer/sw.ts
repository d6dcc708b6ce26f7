/**
 * Keeps the built console on the workstation, so that it opens without the network. Stands alone: imports
 * would become files that the worker itself must have. `__PULT_BUILD__` is put in by
 * build/service-worker-plugin.ts after the build.
 */
declare const self: ServiceWorkerGlobalScope;
declare const __PULT_BUILD__: { readonly version: string; readonly files: readonly string[] };

const { version, files } = __PULT_BUILD__;
const PREFIX = 'pult-';
const CACHE = PREFIX + version;
const known = new Set(files);

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  // `reload` goes past the HTTP cache: a file of the last build under the same name must not slip into this
  // one.
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })));
}

async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
  await self.clients.claim();
}

async function answer(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(dropOthers()));

/** The page asks for the change-over once the person has agreed to reload. */
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return;
  // Any address of a screen is the same page; the console finds the screen itself.
  if (request.mode === 'navigate') event.respondWith(answer('/index.html', request));
  else if (known.has(pathname)) event.respondWith(answer(pathname, request));
});

export {};
