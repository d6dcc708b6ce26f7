import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import ldap, { type Server } from 'ldapjs';
import { root } from '#build/paths.ts';

const pem = (name: string): string => readFileSync(`${root}/tests/fakes/tls/${name}`, 'utf8');

/** Below it everybody is. */
export const BASE = 'dc=region';

/** Somebody in it. `id`: hexadecimal bytes, as Active Directory's objectGUID. */
export interface FakePerson {
  readonly dn?: string;
  readonly login: string;
  readonly password: string;
  readonly name?: string;
  readonly id?: string;
  readonly groups?: readonly string[];
}

/** A group of it, and the groups that it is in. */
export interface FakeGroup {
  readonly dn: string;
  readonly in: readonly string[];
}

/** The parts of ldapjs's requests that are looked at; its types know none of them. */
interface AskedBind {
  readonly dn: { readonly toString: () => string };
  readonly credentials: string;
}
interface AskedSearch extends Omit<AskedBind, 'credentials'> {
  readonly filter: { readonly matches: (attributes: object) => boolean };
  readonly connection: { readonly ldap: { readonly bindDN: AskedBind['dn'] } };
}
interface Answer {
  diagnosticMessage: string;
  /** Names of what was asked for. */
  readonly attributes: string[];
  readonly send: (entry: object) => void;
  readonly end: () => void;
}
type Next = (error?: object) => void;

/** Success of the extended operation of message 1: StartTLS may begin. */
const MAY_ENCRYPT = Buffer.from('300c02010178070a010004000400', 'hex');

/** Ways in which connections to it are protected. */
export type LdapSecurity = 'none' | 'starttls' | 'tls';

const dnOf = ({ dn, login }: FakePerson): string => dn ?? `uid=${login},ou=people,${BASE}`;

function attributesOf({ login, name = login, id = '', groups = [] }: FakePerson) {
  return {
    objectClass: ['person'],
    uid: [login],
    cn: [name],
    objectGUID: id === '' ? [] : [Buffer.from(id, 'hex')],
    memberOf: [...groups],
  };
}

/** Gives what is matched: ldapjs compares values as they are written in a filter. */
const asMatched = ({ login }: FakePerson) => ({
  objectClass: 'person',
  uid: Array.from(Buffer.from(login), (byte) =>
    byte < 0x80 && !'()*\\'.includes(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `\\${byte.toString(16).padStart(2, '0')}`,
  ).join(''),
});

/**
 * A real LDAP server (ldapjs) that lets in whom it knows and, as the standard allows it to, everybody without
 * a password.
 */
export class FakeDirectory {
  /** The account that looks. */
  readonly reader = { dn: `cn=pult,ou=services,${BASE}`, access: 'a password that nobody guesses anywhere' };
  people: FakePerson[] = [];
  groups: FakeGroup[] = [];
  /** Names of groups that somebody has looked at, with whom they came in as. */
  readonly groupReads: { readonly dn: string; readonly by: string }[] = [];
  /** Everybody is let in with any password. */
  answersAll = false;
  /** Nothing is answered at all. */
  isSilent = false;
  /** Its words about a password that is not right. */
  wrong = 'Invalid Credentials';
  /** Comes before StartTLS begins, as from somebody in between. */
  injected: Buffer = Buffer.alloc(0);
  /** Names that somebody has tried to come in by, with their passwords. */
  readonly binds: { readonly dn: string; readonly password: string }[] = [];
  port = 0;
  #ldap: Server | null = null;
  #front: NetServer | null = null;

  async start(security: LdapSecurity = 'none'): Promise<void> {
    const server = ldap.createServer(
      security === 'tls' ? { certificate: pem('server.pem'), key: pem('server.key') } : {},
    );
    this.#ldap = server;
    server.bind('', (asked: AskedBind, answer: Answer, next: Next) => this.#bind(asked, answer, next));
    server.search('', (asked: AskedSearch, answer: Answer, next: Next) => this.#search(asked, answer, next));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.port = Number(new URL(server.url).port);
    if (security === 'starttls') await this.#encryptBefore(this.port);
  }

  async stop(): Promise<void> {
    for (const server of [this.#ldap, this.#front])
      if (server !== null) await new Promise<void>((done) => server.close(() => done()));
  }

  #bind({ dn, credentials }: AskedBind, answer: Answer, next: Next): void {
    const bound = { dn: dn.toString(), password: credentials };
    this.binds.push(bound);
    if (this.isSilent) return;
    const isKnown = credentials === '' || this.#knows(bound.dn, credentials);
    answer.diagnosticMessage = this.answersAll || isKnown ? '' : this.wrong;
    if (!this.answersAll && !isKnown) return next(new ldap.InvalidCredentialsError());
    answer.end();
    next();
  }

  #search({ dn, filter, connection }: AskedSearch, answer: Answer, next: Next): void {
    if (this.isSilent) return;
    const by = connection.ldap.bindDN.toString();
    if (!isSame(dn.toString(), BASE)) return this.#sendGroup(dn.toString(), by, answer, next);
    if (!this.#isKnown(by)) return next(new ldap.InsufficientAccessRightsError('?'));
    // It compares names letter by letter, and would leave out what is written otherwise.
    answer.attributes.push('*');
    for (const person of this.people) {
      const attributes = attributesOf(person);
      if (filter.matches(asMatched(person))) answer.send({ dn: dnOf(person), attributes });
    }
    answer.end();
    next();
  }

  #sendGroup(dn: string, by: string, answer: Answer, next: Next): void {
    this.groupReads.push({ dn, by });
    const group = this.groups.find((known) => isSame(known.dn, dn));
    if (group === undefined) return next(new ldap.NoSuchObjectError('?'));
    answer.attributes.push('*');
    answer.send({ dn: group.dn, attributes: { objectClass: ['group'], memberOf: [...group.in] } });
    answer.end();
    next();
  }

  #knows(dn: string, password: string): boolean {
    const { reader, people } = this;
    if (isSame(dn, reader.dn)) return password === reader.access;
    return people.some((person) => isSame(dn, dnOf(person)) && person.password === password);
  }

  #isKnown(dn: string): boolean {
    return isSame(dn, this.reader.dn) || this.people.some((person) => isSame(dn, dnOf(person)));
  }

  /** Stands before the server, which cannot begin to encrypt on a connection that is open. */
  async #encryptBefore(plainPort: number): Promise<void> {
    const front = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.pause();
        socket.write(Buffer.concat([MAY_ENCRYPT, this.injected]));
        const keys = { key: pem('server.key'), cert: pem('server.pem') };
        const secure = new TLSSocket(socket, { isServer: true, ...keys });
        const plain = connect(plainPort, '127.0.0.1');
        for (const end of [secure, plain]) end.on('error', () => undefined);
        secure.on('close', () => plain.destroy());
        secure.pipe(plain).pipe(secure);
      });
    });
    this.#front = front;
    this.port = await listening(front);
  }
}

const listening = async (server: NetServer): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

function isSame(one: string, other: string): boolean {
  try {
    return ldap.parseDN(one).equals(ldap.parseDN(other));
  } catch {
    return false;
  }
}

/** A server that answers whatever is asked of it with the same bytes, time and again. */
export class LyingDirectory {
  port = 0;
  readonly #server: NetServer;
  readonly #open = new Set<Socket>();

  constructor(answer: (asked: Buffer) => Buffer) {
    this.#server = createServer((socket) => {
      socket.on('error', () => undefined).on('data', (asked) => socket.write(answer(asked)));
      this.#open.add(socket);
    });
  }

  async start(): Promise<void> {
    this.port = await listening(this.#server);
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
