import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LdapSettings } from '#shared/protocol/ldap.ts';
import { findInDirectory, judgePassword } from '#server/sign-in/ldap/ask-directory.ts';
import { SignInRefused } from '#server/sign-in/sign-in-refused.ts';
import { BASE, FakeDirectory, LyingDirectory } from '#tests/fakes/ldap-directory.ts';
import { mailRoot } from '#tests/fakes/mail-server.ts';

const VERA = { login: 'vera', password: 'верный пароль', name: 'Вера Ким', id: '0a0b' };
const GROUP = 'CN=Операторы, OU=Группы, DC=region';

let fake: FakeDirectory;
beforeEach(async () => {
  fake = new FakeDirectory();
  fake.people = [{ ...VERA, groups: ['cn=операторы,ou=группы,dc=region', 'cn=все,dc=region'] }];
});
afterEach(() => fake.stop());

const settingsOf = (change: Partial<LdapSettings> = {}): LdapSettings => ({
  isOn: true,
  url: `ldap://localhost:${fake.port}`,
  startTls: false,
  certificate: '',
  base: BASE,
  filter: '(uid={login})',
  personDn: '',
  bindDn: fake.reader.dn,
  idAttribute: 'objectGUID',
  loginAttribute: 'uid',
  nameAttribute: 'cn',
  groupsAttribute: 'memberOf',
  linkBy: 'none',
  mayCreate: true,
  groups: [{ group: GROUP, role: 'operator', agency: null }],
  ...change,
});
/** Patience for whatever hangs; a busy machine is not called late. */
const CALLS = { allowed: ['127.0.0.0/8'], resolve: async () => ['127.0.0.1'], patienceMs: 120_000 };
const BY_NAME = { personDn: `uid={login},ou=people,${BASE}`, bindDn: '' };

/** The name of the refusal, or what was found. */
async function outcomeOf<T>(asked: Promise<T>): Promise<T | string> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof SignInRefused) return error.why;
    throw error;
  }
}
const judge = (login: string, password: string, change: Partial<LdapSettings> = {}, calls = CALLS) =>
  outcomeOf(
    judgePassword(
      { settings: settingsOf(change), access: fake.reader.access },
      calls,
      { login, password },
      false,
    ),
  );
const look = (login: string, change: Partial<LdapSettings> = {}, access = fake.reader.access) =>
  outcomeOf(findInDirectory({ settings: settingsOf(change), access }, CALLS, login));

it.each([
  ['an account that looks', {}],
  ['a template of names', BY_NAME],
])('tells by %s whose password it is, and their groups of the table', async (_by, change) => {
  await fake.start();
  expect(await judge('vera', VERA.password, change)).toEqual({
    issuer: 'directory',
    subject: VERA.id,
    login: 'vera',
    displayName: 'Вера Ким',
    mail: null,
    groups: [GROUP],
  });
  expect(await judge('vera', 'другой пароль', change)).toBeNull();
  expect(await judge('nobody', VERA.password, change)).toBeNull();
});

const inGroups = async (groups: readonly string[], change: Partial<LdapSettings> = {}) => {
  fake.people = [{ ...VERA, groups: [...groups] }];
  const found = await look('vera', change);
  return typeof found === 'string' ? found : found?.groups;
};

it('follows groups that groups are in, each once, whatever they are in', async () => {
  await fake.start();
  fake.groups = [
    { dn: 'cn=смена, dc=region', in: ['cn=отдел,dc=region', 'cn=все,dc=region'] },
    { dn: 'cn=отдел,dc=region', in: [GROUP, 'CN=Смена,DC=region'] },
    { dn: 'cn=все,dc=region', in: ['cn=отдел,dc=region'] },
  ];
  expect(await inGroups(['cn=смена,dc=region', 'cn=нет такой,dc=region', 'просто слово'])).toEqual([
    'cn=смена,dc=region',
    'cn=нет такой,dc=region',
    'просто слово',
    'cn=отдел,dc=region',
    'cn=все,dc=region',
    GROUP,
  ]);
  // Neither what was looked at nor what is no name was asked about again.
  expect(fake.groupReads.map(({ dn }) => dn)).toHaveLength(5);
  expect(await judge('vera', VERA.password)).toMatchObject({ groups: [GROUP] });
  // The account that looks reads them, and the person where there is none.
  expect(new Set(fake.groupReads.map(({ by }) => by))).toEqual(new Set([fake.reader.dn]));
  expect(await judge('vera', VERA.password, BY_NAME)).toMatchObject({ groups: [GROUP] });
  expect(fake.groupReads.at(-1)?.by).toContain('uid=vera');
});

it('tells no rights of somebody with more groups than are read', async () => {
  await fake.start();
  const words = Array.from({ length: 1024 }, (_, n) => `группа ${n}`);
  expect(await inGroups(words)).toHaveLength(1024);
  expect(await inGroups([...words, 'ещё одна'])).toBe('many_groups');
  expect(await judge('vera', VERA.password)).toBe('many_groups');
});

it.each(['tls', 'starttls'] as const)('checks the certificate by %s, for the name', async (security) => {
  await fake.start(security);
  const way = { startTls: security === 'starttls' };
  const urlOf = (host: string) => `${security === 'tls' ? 'ldaps' : 'ldap'}://${host}:${fake.port}`;
  const url = urlOf('localhost');
  expect(await judge('vera', VERA.password, { ...way, url })).toBe('certificate');
  // Nobody was told any password.
  expect(fake.binds).toEqual([]);
  const trusted = { ...way, certificate: mailRoot() };
  expect(await judge('vera', VERA.password, { ...trusted, url })).toMatchObject({ login: 'vera' });
  expect(await judge('vera', VERA.password, { ...trusted, url: urlOf('other.example') })).toBe('certificate');
});

it('reads nothing that came before the encryption began', async () => {
  await fake.start('starttls');
  // The beginning of «success» to the next bind, which what is encrypted would complete.
  fake.injected = Buffer.from('303002010261', 'hex');
  expect(await judge('vera', VERA.password, { startTls: true, certificate: mailRoot() })).toBe('not_ldap');
});

it.each(['*', '*)(uid=*', 'vera)(|(uid=*', 'v*', String.raw`ver\61`, 'vera\0', '(', ')'])(
  'takes the login %j for a name and no syntax',
  async (login) => {
    await fake.start();
    expect(await judge(login, VERA.password)).toBeNull();
    expect(await judge(login, VERA.password, BY_NAME)).toBeNull();
    expect(await look(login)).toBe('nobody');
  },
);

it.each(['vera,ou=people', 'x,uid=vera', 'vera+cn=x', 'vera"', '#vera', 'vera;x', String.raw`vera\,`])(
  'takes the login %j for one value of a name',
  async (login) => {
    await fake.start();
    expect(await judge(login, VERA.password, BY_NAME)).toBeNull();
    const names = fake.binds.map(({ dn }) => dn.replaceAll(/\\./g, '').split(',').length);
    expect(new Set(names)).toEqual(new Set([3]));
  },
);

it('finds a name with signs of syntax in it', async () => {
  await fake.start();
  fake.people = [{ ...VERA, login: 'o(b)*ki', dn: `cn=знаки,${BASE}` }];
  expect(await judge('o(b)*ki', VERA.password)).toMatchObject({ login: 'o(b)*ki' });
});

it.each(['', '\0', '\0\0', 'a\0'])('asks nobody about the password %j', async (password) => {
  await fake.start();
  expect(await judge('vera', password)).toBeNull();
  expect(await judge('vera', password, BY_NAME)).toBeNull();
  expect(fake.binds).toEqual([]);
});

it('an account that looks without a password is refused: the directory would let in anybody', async () => {
  await fake.start();
  expect(await look('vera', {}, '')).toBe('bind_account');
  expect(await look('vera', {}, 'wrong')).toBe('bind_account');
});

it('a directory that lets in everybody vouches for nobody', async () => {
  await fake.start();
  fake.answersAll = true;
  expect(await judge('vera', 'anything')).toBe('answers_all');
  expect(await judge('vera', VERA.password, BY_NAME)).toBe('answers_all');
  expect(await look('')).toBe('answers_all');
});

it('says what is wrong with the directory or its settings', async () => {
  await fake.start();
  expect(await look('vera')).toMatchObject({ person: { login: 'vera', groups: [GROUP] } });
  expect(await look('')).toBeNull();
  expect(await look('nobody')).toBe('nobody');
  expect(await look('vera', { base: 'dc=other' })).toBe('base');
  expect(await look('vera', { filter: '(uid={login})(' })).toBe('filter');
  expect(await look('vera', { bindDn: '' })).toBe('bind_account');
  expect(await look('vera', { filter: '(|(uid={login})(objectClass=person))' })).toMatchObject({
    person: { login: 'vera' },
  });
  expect(await look('vera', { idAttribute: 'entryUUID' })).toBe('no_id');
  expect(await look('vera', { loginAttribute: 'mail' })).toBe('claims');
  expect(await look('vera', { startTls: true })).toBe('no_start_tls');
  fake.people.push({ ...VERA, dn: `cn=другая,${BASE}` });
  expect(await look('vera')).toBe('several');
  expect(await judge('vera', VERA.password)).toBe('several');
  fake.wrong = '80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 775, v2580';
  fake.people.pop();
  expect(await judge('vera', 'другой пароль')).toBe('shut_there');
});

it('an address is judged as every one from outside', async () => {
  await fake.start();
  const outside = { ...CALLS, allowed: [] };
  expect(await judge('vera', VERA.password, {}, outside)).toBe('private_address');
  const open = { ...outside, resolve: async () => ['93.184.215.14'] };
  expect(await judge('vera', VERA.password, {}, open)).toBe('not_encrypted');
  expect(await judge('vera', VERA.password, { url: 'ldap://127.0.0.1:9' })).toBe('unreachable');
  fake.isSilent = true;
  expect(await judge('vera', VERA.password, {}, { ...CALLS, patienceMs: 200 })).toBe('late');
});

/** A message of this number around an operation. */
const message = (id: number, operation: string): string => {
  const body = `0201${id.toString(16).padStart(2, '0')}${operation}`;
  return `30${(body.length / 2).toString(16).padStart(2, '0')}${body}`;
};
const REFUSED = '61070a013104000400';
const referral = (asked: Buffer): Buffer =>
  Buffer.from(message(asked[4] ?? 1, '610f0a010a04000400a3066c6461703a2f'), 'hex');

it.each([
  ['no LDAP', () => Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ['an answer longer than any', () => Buffer.from('3084ffffffff', 'hex')],
  ['an answer without end', () => Buffer.alloc(3_000_000, Buffer.from(message(99, REFUSED), 'hex'))],
  ['lengths that lie', () => Buffer.from(message(1, '61090a01310400047f00'), 'hex')],
  ['an attribute that has no end', () => Buffer.from(message(1, '640b0400300730050401610484'), 'hex')],
  ['lengths without a number', () => Buffer.from('3080', 'hex')],
])('%s ends the call by its name', async (_what, answer) => {
  const liar = new LyingDirectory(answer);
  await liar.start();
  expect(await judge('vera', VERA.password, { url: `ldap://localhost:${liar.port}` })).toBe('not_ldap');
  await liar.stop();
});

it('is not sent to another directory', async () => {
  const asked: Buffer[] = [];
  const liar = new LyingDirectory((bytes) => {
    asked.push(bytes);
    return referral(bytes);
  });
  await liar.start();
  expect(await judge('vera', VERA.password, { url: `ldap://localhost:${liar.port}` })).toBe('referral');
  expect(Buffer.concat(asked).toString()).not.toContain(VERA.password);
  await liar.stop();
});
