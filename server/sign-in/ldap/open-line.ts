import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import { ExtendedRequest } from 'ldapts';
import { isLdapEncrypted, type LdapSettings } from '#shared/protocol/ldap.ts';
import { safeHost } from '#server/net/safe-address.ts';
import type { ProviderCalls } from '#server/sign-in/provider-call.ts';
import { SignInRefused, troubleOfCall } from '#server/sign-in/sign-in-refused.ts';
import { LdapLine } from './ldap-line.ts';

/** A login waits no longer, however the directory drips; consoles wait fifteen seconds. */
const PATIENCE_MS = 10_000;
const START_TLS = '1.3.6.1.4.1.1466.20037';

const opened = (socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> =>
  new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('The directory has closed the connection')));
    socket.once(event, () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });

function encrypt(socket: Socket, host: string, certificate: string): Promise<Socket> {
  const secure = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(certificate === '' ? {} : { ca: [...rootCertificates, certificate] }),
  });
  return opened(secure, 'secureConnect');
}

async function lineOver(plain: Socket, host: string, settings: LdapSettings): Promise<LdapLine> {
  const { startTls, certificate } = settings;
  if (!isLdapEncrypted(settings)) return new LdapLine(plain);
  if (!startTls) return new LdapLine(await encrypt(plain, host, certificate));
  const line = new LdapLine(plain);
  const { code } = await line.ask((messageId) => new ExtendedRequest({ messageId, oid: START_TLS }));
  if (code !== 0) throw new SignInRefused('no_start_tls');
  return new LdapLine(await encrypt(line.handOver(), host, certificate));
}

/**
 * Runs `work` on a connection of its own to a directory. The address is judged like every one from outside
 * (server/net), and the certificate for the name. Throws SignInRefused for whatever the network does.
 */
export async function overLine<T>(
  settings: LdapSettings,
  { allowed, resolve, patienceMs = PATIENCE_MS }: ProviderCalls,
  work: (line: LdapLine) => Promise<T>,
): Promise<T> {
  const { hostname, port } = new URL(settings.url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const signal = AbortSignal.timeout(patienceMs);
  let socket: Socket | null = null;
  try {
    const isEncrypted = isLdapEncrypted(settings);
    const address = await safeHost(host, isEncrypted, allowed, resolve);
    const usual = settings.url.toLowerCase().startsWith('ldaps:') ? 636 : 389;
    const plain = connectSocket({ host: address, port: port === '' ? usual : Number(port) });
    socket = plain;
    // One that breaks between two questions says so here, and the next question fails.
    plain.on('error', () => undefined);
    signal.addEventListener('abort', () => plain.destroy(), { once: true });
    await opened(plain, 'connect');
    return await work(await lineOver(plain, host, settings));
  } catch (error) {
    if (error instanceof SignInRefused) throw error;
    throw new SignInRefused(signal.aborted ? 'late' : troubleOfCall(error));
  } finally {
    socket?.destroy();
  }
}
