import { startConsole } from '#renderer/app/start-console.tsx';
import { noticeOtherVersion, startUpdates } from '#renderer/app/updates.ts';
import { browserHost } from '#renderer/host/browser-host.ts';
import { shellBridge } from '#renderer/host/shell-bridge.ts';
import { shellHost } from '#renderer/host/shell-host.ts';
import { meetShell } from '#renderer/host/shell-state.ts';
import { shellFiles } from '#renderer/host/shell-files.ts';
import { noteOwnerSilence } from '#renderer/kit/context/owner-silence.ts';
import { createConsoleStore } from '#renderer/data/store/open-store.ts';

const appVersion = String(import.meta.env['VITE_APP_VERSION'] ?? 'dev');
const bridge = shellBridge();
// The shell carries requests for `/api/` to the configured centre and puts the token on: pages know neither.
const settings = {
  appVersion,
  addresses: [],
  token: null,
  onVersionsDiffer: noticeOtherVersion,
  onOwnerSilence: noteOwnerSilence,
};

if (bridge === null) {
  startConsole(() => createConsoleStore({ ...settings, shell: null }), browserHost(appVersion));
  if (import.meta.env.PROD) void startUpdates();
} else {
  await meetShell(bridge);
  startConsole(
    () => createConsoleStore({ ...settings, shell: shellFiles(bridge) }),
    shellHost(bridge, appVersion),
  );
}
