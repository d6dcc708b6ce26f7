import { connect as connectSocket, isIP, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { rootCertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import type { MailOutcome, MailSettings } from '#shared/protocol/mail.ts';
import { safeHost, UnsafeAddress, type AllowedNetworks, type Resolve } from '#server/net/safe-address.ts';
import type { Letter } from './letter.ts';
import { outcomeOfError, type SmtpFailure } from './smtp-failure.ts';

/** A mail server that is called. */
export interface MailServer extends Pick<
  MailSettings,
  'host' | 'port' | 'security' | 'login' | 'sender' | 'certificate'
> {
  readonly password: string;
  /** Name beside the sender's address: the centre's. */
  readonly senderName: string;
}

/** Circumstances of a call. */
export interface MailCall {
  readonly allowed: AllowedNetworks;
  readonly resolve?: Resolve | undefined;
  /** A mail that is not out after so long is given up, however the server drips; usual: a minute. */
  readonly patienceMs?: number | undefined;
}

const PATIENCE_MS = 60_000;

/** Opens a connection to exactly this address. */
const openSocket = (address: string, port: number, signal: AbortSignal): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connectSocket({ host: address, port, signal });
    socket.once('connect', () => resolve(socket)).once('error', reject);
  });

function messageOf({ sender, senderName }: MailServer, letter: Letter) {
  const { to, subject, text, html, id, unsubscribe } = letter;
  const isOneClick = unsubscribe?.startsWith('https:') === true;
  return {
    from: { name: senderName, address: sender },
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${id}@${sender.slice(sender.lastIndexOf('@') + 1)}>`,
    // Nothing answers a mail of a machine (RFC 3834; the second is Exchange's own).
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(unsubscribe === undefined
        ? {}
        : { 'List-Unsubscribe': { prepared: true, value: `<${unsubscribe}>` } }),
      ...(isOneClick ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
    },
    textEncoding: 'base64' as const,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * Sends a mail on a connection of its own. The server's name is resolved once and judged as every address
 * from outside is (server/net); TLS still checks the certificate for the name. Words of the server are not
 * kept: they may quote anything. Never throws for what the network does.
 */
export async function sendLetter(server: MailServer, letter: Letter, call: MailCall): Promise<MailOutcome> {
  const { host, port, security, login, password, certificate } = server;
  const signal = AbortSignal.timeout(call.patienceMs ?? PATIENCE_MS);
  const progress = { isGiven: false };
  let socket: Socket | null = null;
  try {
    const address = await safeHost(host, security !== 'none', call.allowed, call.resolve);
    const open = await openSocket(address, port, signal);
    socket = open;
    signal.addEventListener('abort', () => open.destroy(), { once: true });
    const transport = createTransport({
      connection: open,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(login === '' ? {} : { auth: { user: login, pass: password } }),
      tls: {
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(certificate === '' ? {} : { ca: [...rootCertificates, certificate] }),
      },
    });
    transport.use('stream', (mail, done) => {
      mail.message.transform(() => watchEnd(() => (progress.isGiven = true)));
      done();
    });
    await transport.sendMail(messageOf(server, letter));
    return { problem: null, code: null };
  } catch (error) {
    if (error instanceof UnsafeAddress)
      return { problem: error.reason === 'bad_url' ? 'unresolved' : error.reason, code: null };
    return outcomeOfError(error as SmtpFailure, { ...progress, isLate: signal.aborted });
  } finally {
    socket?.destroy();
  }
}

/** Passes a mail on, and tells when all of it was given to the connection. */
const watchEnd = (onEnd: () => void): Transform =>
  new Transform({
    transform: (chunk, _encoding, done) => done(null, chunk),
    flush: (done) => {
      onEnd();
      done();
    },
  });
