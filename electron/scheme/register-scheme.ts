import type { Protocol } from 'electron';
import { APP_SCHEME } from '#electron/app/app-address.ts';

/**
 * Makes `app://` a scheme like https: a secure context with storage of its own, fetch and streams. To be
 * called before Electron is ready, and only once. No service worker: the files are here, and one would keep
 * an old build alive.
 */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);
}
