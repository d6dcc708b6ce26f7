// The shell's table of contents. What Electron takes only before it is ready stands before `whenReady`.
import * as electron from 'electron';
import { installBeforeReady } from '#electron/app/before-ready.ts';
import { createShell, type Shell } from '#electron/app/shell.ts';
import { profileTrouble, sayUnusable } from '#electron/app/usable-profile.ts';
import { installDesktop, installRecovery } from '#electron/desktop/install-desktop.ts';
import { installUpdates } from '#electron/desktop/install-updates.ts';
import { installJournals } from '#electron/journal/install-journals.ts';
import { installScheme } from '#electron/scheme/install-scheme.ts';
import { installPermissions } from '#electron/security/permissions.ts';
import { installSettings } from '#electron/settings/install-settings.ts';
import { becomeOnly, followLinks } from '#electron/window/single-instance.ts';

const { app, dialog, session } = electron;

async function begin(shell: Shell): Promise<void> {
  await app.whenReady();
  installPermissions(session.defaultSession);
  const credentials = await installScheme(shell);
  installRecovery(shell);
  installDesktop(shell);
  installJournals(shell);
  installSettings(shell, credentials, installUpdates(shell));
  shell.channels.complete();
  shell.window.show();
}

const profile = app.getPath('userData');
const trouble = profileTrouble(profile);
if (trouble !== null) {
  void sayUnusable({ app, dialog, profile, trouble });
} else if (becomeOnly(app)) {
  const shell = createShell(electron, profile, import.meta.dirname, process.argv.slice(1));
  installBeforeReady(shell);
  followLinks(shell);
  begin(shell).catch((error: unknown) => {
    shell.log.error('the start failed', error);
    app.exit(1);
  });
} else {
  // The first one has been told of our arguments; quitting alone would run on for a moment.
  app.exit(0);
}
