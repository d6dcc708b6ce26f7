import { join } from 'node:path';
import { windowOf, type ShellParts } from '#electron/app/shell.ts';
import { wordOf } from '#electron/app/words.ts';
import { openExternal } from '#electron/security/open-external.ts';
import { recoverFromCrashes } from './crash-recovery.ts';
import { menuTemplate } from './menu.ts';
import { createNotifier } from './notifications.ts';
import { print, savePdf } from './printing.ts';

/**
 * Words, colours, the number on the icon, notifications, printing, links: what a page may ask of the system.
 */
export function installDesktop(shell: ShellParts): void {
  const { channels, electron, settings, window } = shell;
  const { app, dialog, nativeTheme, Notification } = electron;
  const applyTheme = (theme: 'auto' | 'light' | 'dark'): void => {
    nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
  };
  applyTheme(settings.read().theme);
  channels.handle('desktop.appearance', ({ language, theme }) => {
    applyTheme(theme);
    settings.note({ language, theme });
    return null;
  });
  channels.handle('desktop.badge', (burning) => {
    app.setBadgeCount(burning);
    return null;
  });
  const notify = createNotifier({
    create: (options) => new Notification(options),
    isSupported: () => Notification.isSupported(),
    onClick: (path) => {
      window.show();
      if (path !== null) window.tell({ kind: 'open', path });
    },
  });
  channels.handle('desktop.notify', notify);
  channels.handle('desktop.openExternal', (address) => openExternal(address, electron.shell));
  channels.handle('desktop.print', () => print(windowOf(shell)));
  channels.handle('desktop.savePdf', ({ name }) => savePdf(windowOf(shell), dialog, name));
}

/** The menu, waking up, and coming back from a crash of the page. */
export function installRecovery({ electron, isPackaged, log, profile, settings, window }: ShellParts): void {
  const { app, dialog, Menu, powerMonitor } = electron;
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, isPackaged)));
  powerMonitor.on('resume', () => {
    log.info('the workstation woke up');
    window.tell({ kind: 'resumed' });
  });
  app.on('web-contents-created', (_event, contents) =>
    recoverFromCrashes(contents, {
      log,
      now: () => performance.now(),
      onCrash: () => {
        window.crashes.count += 1;
      },
      onHopeless: () => {
        const { language } = settings.read();
        dialog.showErrorBox(
          wordOf(language, 'hopelessTitle'),
          wordOf(language, 'hopeless', { path: join(profile, 'logs', 'shell.log') }),
        );
        app.exit(1);
      },
    }),
  );
}
