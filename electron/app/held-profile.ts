import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, Dialog } from 'electron';
import { lockPath, type ProfileHolder, type ProfileHeld } from '#electron/window/profile-lock.ts';
import { wasHeard } from '#electron/window/second-start.ts';
import { sayUnusable } from './usable-profile.ts';
import type { Named } from './words.ts';

interface Parts {
  readonly app: Pick<App, 'whenReady' | 'getLocale' | 'relaunch' | 'exit' | 'setPath'>;
  readonly dialog: Pick<Dialog, 'showMessageBoxSync'>;
  readonly profile: string;
}

/** A profile that somebody holds is not opened a second time only to say so. */
function sayHeld(
  { app, dialog }: Parts,
  trouble: 'elsewhere' | 'silent' | 'unlockable',
  named: Named,
): Promise<void> {
  app.setPath('sessionData', mkdtempSync(join(tmpdir(), 'pult-held-')));
  return sayUnusable({ app, dialog, trouble, named });
}

/** Says that another machine holds the profile: nobody here can know whether it still runs. */
export const sayElsewhere = (parts: Parts, { host }: ProfileHolder): Promise<void> =>
  sayHeld(parts, 'elsewhere', { host, path: lockPath(parts.profile) });

/** Ends a start beside one that runs already when that one has heard of it; else says what is the matter. */
export async function endBeside(
  parts: Parts,
  held: ProfileHeld,
  start: { readonly name: string },
): Promise<void> {
  const { app, profile } = parts;
  if (await wasHeard(profile, start)) return app.exit(0);
  return held.kind === 'free'
    ? sayHeld(parts, 'unlockable', { path: lockPath(profile) })
    : sayHeld(parts, 'silent', { pid: held.holder.pid, path: profile });
}
