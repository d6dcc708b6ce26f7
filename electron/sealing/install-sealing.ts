import { join } from 'node:path';
import type { Sealing } from '#shared/protocol/ipc.ts';
import type { ShellParts } from '#electron/app/shell.ts';
import type { Credentials } from '#electron/session/credentials.ts';
import { openSeal } from './open-seal.ts';
import type { Seal } from './seal.ts';

/** How journals and waiting files of this workstation are closed. */
export interface SealHolder {
  /** Null where there is no keychain: they are written open then, and the person is told. */
  readonly seal: Seal | null;
  state(): Sealing;
  /** Notes that something lies here which only another key opens. */
  readonly noteOther: () => void;
}

/** Opens the key of journals and waiting files, where the system keeps keys. */
export async function installSealing(shell: ShellParts, credentials: Credentials): Promise<SealHolder> {
  const { electron, log, profile, window } = shell;
  const seal = await openSeal({
    safeStorage: electron.safeStorage,
    keeping: credentials.keeping(),
    path: join(profile, 'seal.bin'),
    now: () => new Date(),
    log,
  });
  let sealing: Sealing = seal === null ? 'open' : 'sealed';
  return {
    seal,
    state: () => sealing,
    noteOther: () => {
      if (sealing === 'unreadable') return;
      sealing = 'unreadable';
      log.error('a journal was closed by a key that is not here; its files are left as they are');
      window.tell({ kind: 'sealing', sealing });
    },
  };
}
