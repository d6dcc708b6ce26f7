import type { ShellBridge } from '#shared/protocol/ipc.ts';
import type { Host } from './host.ts';
import { callShell, ShellRefused } from './shell-bridge.ts';

/** A call nobody waits for; what the shell refuses it has noted in its log. */
function quietly(call: Promise<unknown>): void {
  call.catch((error: unknown) => {
    if (!(error instanceof ShellRefused)) throw error;
  });
}

/** The console in the Electron shell. */
export function shellHost(bridge: ShellBridge, appVersion: string): Host {
  return {
    kind: 'shell',
    appVersion,
    openExternal: (url) => quietly(callShell(bridge, 'desktop.openExternal', url)),
    print: async () => (await callShell(bridge, 'desktop.print', null)).kind,
    copyFiles: {
      readJournal: (profile) => callShell(bridge, 'journal.read', profile),
      remove: async (profile) => {
        await callShell(bridge, 'copy.remove', profile);
      },
    },
    savePdf: (name) => callShell(bridge, 'desktop.savePdf', { name }),
    notify: (title, body, path) => quietly(callShell(bridge, 'desktop.notify', { title, body, path })),
    // The system's own settings say whether an application may; there is nobody to ask.
    askToNotify: () => Promise.resolve('granted'),
    badge: (burning) => quietly(callShell(bridge, 'desktop.badge', burning)),
  };
}
