import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { root } from '#build/paths.ts';
import { must } from '#shared/domain/must.ts';

/** Protection of its connections: in the clear, by STARTTLS, or by TLS from the first byte. */
export type MailSecurity = 'none' | 'starttls' | 'tls';

/**
 * Way it deals with a mail: takes it, asks to come later, refuses it, takes it and keeps nothing, says
 * nothing once it has it, or hangs up instead of an answer.
 */
export type MailMood = 'takes' | 'later' | 'refuses' | 'loses' | 'silent' | 'hangs_up';

const pem = (name: string): string => readFileSync(`${root}/tests/fakes/tls/${name}`, 'utf8');

/** PEM of the root that vouches for the server's certificate, made out for `localhost`. */
export const mailRoot = (): string => pem('root.pem');

class Refused extends Error {
  readonly responseCode: number;

  constructor(responseCode: number) {
    super('No');
    this.responseCode = responseCode;
  }
}

/** A real SMTP server (smtp-server) that keeps what it takes. */
export class FakeMailServer {
  readonly mails: Email[] = [];
  /** Addresses it knows nothing of. */
  readonly unknown = new Set<string>();
  mood: MailMood = 'takes';
  /** The only login it lets in; null: anybody. */
  login: { readonly user: string; readonly pass: string } | null = null;
  /** All mails whose last byte has come, whatever was answered. */
  readonly given: Email[] = [];
  port = 0;
  #server: SMTPServer | null = null;

  async start(security: MailSecurity = 'none', port = 0): Promise<number> {
    const server = new SMTPServer({
      secure: security === 'tls',
      disabledCommands: security === 'starttls' ? [] : ['STARTTLS'],
      authOptional: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      key: pem('server.key'),
      cert: pem('server.pem'),
      onAuth: ({ username, password }, _session, done) => {
        const isRight = username === this.login?.user && password === this.login?.pass;
        done(isRight ? null : new Refused(535), { user: username });
      },
      onMailFrom: (_address, session, done) =>
        done(this.login === null || session.user !== undefined ? null : new Refused(530)),
      onRcptTo: ({ address }, _session, done) => done(this.unknown.has(address) ? new Refused(550) : null),
      onData: (stream, session, done) => void this.#take(stream, session, done),
    });
    // A client that hangs up is no failure of the server.
    server.on('error', () => undefined);
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    this.port = (server.server.address() as AddressInfo).port;
    return this.port;
  }

  async stop(): Promise<void> {
    const server = must(this.#server, 'a started server');
    this.#server = null;
    await new Promise<void>((resolve) => server.close(resolve));
  }

  async #take(
    stream: AsyncIterable<Buffer>,
    _session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const mail = await PostalMime.parse(Buffer.concat(chunks));
    this.given.push(mail);
    switch (this.mood) {
      case 'later':
        return done(new Refused(451));
      case 'refuses':
        return done(new Refused(554));
      case 'silent':
        return undefined;
      case 'hangs_up':
        return this.hangUp();
      case 'loses':
        return done(null);
      case 'takes':
        this.mails.push(mail);
        return done(null);
    }
  }

  /** Breaks every connection off. */
  hangUp(): void {
    for (const connection of must(this.#server, 'a started server').connections)
      (connection as unknown as { _socket: { destroy: () => void } })._socket.destroy();
  }
}
