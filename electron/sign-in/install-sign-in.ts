import type { BrowserWindow } from 'electron';
import type { Forward } from '#electron/api/forward.ts';
import type { ShellParts } from '#electron/app/shell.ts';
import { handedPage } from './handed-page.ts';
import { BrowserSignIn } from './browser-sign-in.ts';

/** Lets a person come in by way of their own browser. Whatever closes the window, or its page, cancels it. */
export function installSignIn(shell: ShellParts, forward: Forward): void {
  const { channels, electron, log, settings, window } = shell;
  const signIn = new BrowserSignIn({
    forward,
    addresses: () => settings.read().apiAddresses,
    open: (address) => electron.shell.openExternal(address),
    language: () => settings.read().language,
    page: handedPage,
    log,
  });
  const watched = new WeakSet<object>();
  const watch = (opened: BrowserWindow): void => {
    if (watched.has(opened)) return;
    watched.add(opened);
    opened.once('closed', () => signIn.cancel());
    opened.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) signIn.cancel();
    });
  };
  channels.handle('signIn.begin', (region) => {
    const opened = window.current();
    if (opened !== null) watch(opened);
    return signIn.begin(region);
  });
  channels.handle('signIn.end', async () => {
    const end = await signIn.end();
    // The person is still looking at the browser.
    if (end.kind !== 'cancelled') window.show();
    return end;
  });
  channels.handle('signIn.cancel', () => {
    signIn.cancel();
    return null;
  });
}
