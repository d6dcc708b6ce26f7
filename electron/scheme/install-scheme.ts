import { join } from 'node:path';
import { createForwarder, type Forward } from '#electron/api/forward.ts';
import { APP_SCHEME } from '#electron/app/app-address.ts';
import type { ShellParts } from '#electron/app/shell.ts';
import { openCredentials, type Credentials } from '#electron/session/credentials.ts';
import { holdDevice } from '#electron/session/device-holder.ts';
import { holdTicket } from '#electron/session/ticket-holder.ts';
import { createServer } from './serve-console.ts';

/** Parts of serving the console that others use: the credentials, and the way to the centre. */
interface Installed {
  readonly credentials: Credentials;
  readonly forward: Forward;
}

/** Serves the console and carries its requests. */
export async function installScheme(shell: ShellParts): Promise<Installed> {
  const { electron, log, settings } = shell;
  const { net, protocol, safeStorage } = electron;
  const { platform } = process;
  const credentials = await openCredentials({
    safeStorage,
    platform,
    log,
    path: join(shell.profile, 'session.bin'),
  });
  const forward = createForwarder({
    fetch: (url, init) => net.fetch(url, init),
    addresses: () => settings.read().apiAddresses,
    tickets: await holdTicket(credentials, () => Date.now(), log),
    device: holdDevice(join(shell.profile, 'device.json'), log),
    log,
  });
  protocol.handle(APP_SCHEME, createServer(shell.console, forward));
  return { credentials, forward };
}
