import { join } from 'node:path';
import { createForwarder } from '#electron/api/forward.ts';
import { APP_SCHEME } from '#electron/app/app-address.ts';
import type { ShellParts } from '#electron/app/shell.ts';
import { openCredentials, type Credentials } from '#electron/session/credentials.ts';
import { holdDevice } from '#electron/session/device-holder.ts';
import { holdTicket } from '#electron/session/ticket-holder.ts';
import { createServer } from './serve-console.ts';

/** Serves the console and carries its requests; gives the credentials, whose keeping the console tells of. */
export async function installScheme(shell: ShellParts): Promise<Credentials> {
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
  return credentials;
}
