import { checkAddress, readAddress } from '#electron/api/check-address.ts';
import type { ShellParts } from '#electron/app/shell.ts';
import type { Updates } from '#electron/desktop/updates.ts';
import type { SealHolder } from '#electron/sealing/install-sealing.ts';
import type { Credentials } from '#electron/session/credentials.ts';
import type { AddressVerdict, ShellState } from '#shared/protocol/ipc.ts';
import { settingsPath } from './open-settings.ts';

function stageOf({ settings }: ShellParts): ShellState['stage'] {
  const opened = settings.opened();
  if (opened.kind === 'unreadable') {
    const { path, why, detail } = opened;
    return { kind: 'settings_unreadable', path, why, detail };
  }
  const addresses = settings.read().apiAddresses;
  return addresses.length === 0 ? { kind: 'needs_address' } : { kind: 'ready', addresses };
}

/** The parts of the shell that tell how they stand. */
interface Tellers {
  readonly credentials: Credentials;
  readonly sealing: SealHolder;
  readonly updates: Updates;
}

function installState(shell: ShellParts, { credentials, sealing, updates }: Tellers): void {
  const { channels, electron, settings, window } = shell;
  channels.handle('shell.state', (_request, sender): ShellState => {
    window.listens(sender);
    const { updateAddress, isSqliteTried } = settings.read();
    const isAfterCrash = window.crashes.count > 0;
    window.crashes.count = 0;
    return {
      stage: stageOf(shell),
      preset: settings.preset(),
      appVersion: electron.app.getVersion(),
      keeping: credentials.keeping(),
      sealing: sealing.state(),
      update: updates.state(),
      updateAddress,
      isSqliteTried,
      isAfterCrash,
    };
  });
}

/** The answer to who would change what the machine's administrator has laid down. */
const PRESET: AddressVerdict = { kind: 'preset', address: '', detail: '' };

/** Reads and changes what the workstation remembers, and says how the shell stands. */
export function installSettings(shell: ShellParts, tellers: Tellers): void {
  const { channels, electron, settings } = shell;
  const fetch = (url: string, init?: RequestInit): Promise<Response> => electron.net.fetch(url, init);
  installState(shell, tellers);
  channels.handle('shell.checkAddress', (text) => checkAddress(text, fetch));
  channels.handle('shell.useAddress', async (text) => {
    if (settings.preset().kind === 'read') return PRESET;
    const verdict = await checkAddress(text, fetch);
    if (verdict.kind === 'fine') settings.change({ apiAddresses: [verdict.address] });
    return verdict;
  });
  channels.handle('shell.resetSettings', () => settings.reset(new Date()));
  channels.handle('shell.showSettings', () => {
    electron.shell.showItemInFolder(settingsPath(shell.profile));
    return null;
  });
  channels.handle('shell.setUpdateAddress', (text): AddressVerdict => {
    const preset = settings.preset();
    if (preset.kind === 'read' && preset.isUpdatesSet) return PRESET;
    const address = text.trim() === '' ? '' : readAddress(text);
    if (address === null) return { kind: 'not_an_address', address: '', detail: '' };
    settings.change({ updateAddress: address });
    return { kind: 'fine', address, detail: '' };
  });
  channels.handle('shell.trySqlite', (isSqliteTried) => {
    settings.change({ isSqliteTried });
    return null;
  });
}
