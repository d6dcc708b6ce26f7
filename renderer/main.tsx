import { startConsole } from '#renderer/app/start-console.tsx';
import { startUpdates } from '#renderer/app/updates.ts';
import { browserHost } from '#renderer/host/browser-host.ts';
import { createConsoleStore } from '#renderer/store/open-store.ts';

const appVersion = String(import.meta.env['VITE_APP_VERSION'] ?? 'dev');

startConsole(
  () => createConsoleStore({ appVersion, addresses: [], token: null, journal: null }),
  browserHost(appVersion),
);
if (import.meta.env.PROD) void startUpdates();
