// The shell's table of contents. What Electron takes only before it is ready stands before `whenReady`.
import * as electron from 'electron';
import { installWaitingFiles } from '#electron/attachments/install-waiting-files.ts';
import { installBeforeReady } from '#electron/app/before-ready.ts';
import { endBeside, sayElsewhere } from '#electron/app/held-profile.ts';
import { createShell, type ShellParts } from '#electron/app/shell.ts';
import { profileTrouble, sayUnusable } from '#electron/app/usable-profile.ts';
import { installDesktop, installRecovery } from '#electron/desktop/install-desktop.ts';
import { installUpdates } from '#electron/desktop/install-updates.ts';
import { installJournals } from '#electron/journal/install-journals.ts';
import { installScheme } from '#electron/scheme/install-scheme.ts';
import { installSealing } from '#electron/sealing/install-sealing.ts';
import { installPermissions } from '#electron/security/permissions.ts';
import { switchOffSpelling } from '#electron/security/spelling.ts';
import { installSettings } from '#electron/settings/install-settings.ts';
import { installSignIn } from '#electron/sign-in/install-sign-in.ts';
import { clearProfileLock } from '#electron/window/profile-lock.ts';
import { secondStart } from '#electron/window/second-start.ts';
import { becomeOnly, followLinks } from '#electron/window/single-instance.ts';

const { app, dialog, session } = electron;

async function begin(shell: ShellParts): Promise<void> {
  await app.whenReady();
  installPermissions(session.defaultSession);
  switchOffSpelling(session.defaultSession);
  const { credentials, forward } = await installScheme(shell);
  installSignIn(shell, forward);
  installRecovery(shell);
  installDesktop(shell);
  const sealing = await installSealing(shell, credentials);
  installJournals(shell, sealing);
  installWaitingFiles(shell, sealing);
  installSettings(shell, { credentials, sealing, updates: installUpdates(shell) });
  shell.channels.complete();
  shell.window.show();
}

function run(): void {
  const shell = createShell(electron, profile, import.meta.dirname, process.argv.slice(1));
  installBeforeReady(shell);
  followLinks(shell);
  begin(shell).catch((error: unknown) => {
    shell.log.error('the start failed', error);
    app.exit(1);
  });
}

const profile = app.getPath('userData');
const trouble = profileTrouble(profile);
if (trouble !== null) {
  void sayUnusable({ app, dialog, trouble, named: { path: profile } });
} else {
  const held = clearProfileLock(profile);
  const start = secondStart();
  if (held.kind === 'elsewhere') void sayElsewhere({ app, dialog, profile }, held.holder);
  else if (becomeOnly(app, start)) run();
  else void endBeside({ app, dialog, profile }, held, start);
}
