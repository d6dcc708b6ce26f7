import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { must } from '#shared/domain/must.ts';
import { sendLetter, type MailServer } from '#server/mail/send-letter.ts';
import { FakeMailServer, mailRoot } from '#tests/fakes/mail-server.ts';

const INSIDE = ['127.0.0.0/8'];
const letter = {
  to: 'vera@example.org',
  subject: 'Новое: «Ямы», № 12',
  text: 'Текст\n.\nс точкой',
  html: '<p>Текст</p>',
  id: 'one',
};

let fake: FakeMailServer;
beforeEach(() => {
  fake = new FakeMailServer();
});
afterEach(() => fake.stop());

const serverOf = (change: Partial<MailServer> = {}): MailServer => ({
  host: 'localhost',
  port: fake.port,
  security: 'none',
  login: '',
  password: '',
  certificate: '',
  sender: 'centre@example.org',
  senderName: 'ЦУР «ЕАО»',
  ...change,
});
/** Names lead to this machine, as in a closed network. */
const send = (change: Partial<MailServer> = {}, call: object = {}, mail: object = {}) =>
  sendLetter(
    serverOf(change),
    { ...letter, ...mail },
    { allowed: INSIDE, resolve: async () => ['127.0.0.1'], ...call },
  );

it('carries a mail over with both of its forms, and marks it as a machine’s', async () => {
  await fake.start();
  expect(await send({}, {}, { unsubscribe: 'https://pult.example/u' })).toEqual({
    problem: null,
    code: null,
  });
  const mail = must(fake.mails[0], 'a mail');
  expect(mail).toMatchObject({ subject: letter.subject, messageId: '<one@example.org>' });
  expect(mail.from).toMatchObject({ name: 'ЦУР «ЕАО»', address: 'centre@example.org' });
  expect(mail.to).toMatchObject([{ address: letter.to }]);
  expect(mail.text?.replaceAll('\r', '').trim()).toBe(letter.text);
  expect(mail.html).toContain('<p>Текст</p>');
  const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
  expect(headers).toMatchObject({
    'auto-submitted': 'auto-generated',
    'list-unsubscribe': '<https://pult.example/u>',
    'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
  });
});

it('promises no press by which a mail is ended where the address is not encrypted', async () => {
  await fake.start();
  await send({}, {}, { unsubscribe: 'http://pult.example/u' });
  const keys = must(fake.mails[0], 'a mail').headers.map(({ key }) => key);
  expect(keys).toContain('list-unsubscribe');
  expect(keys).not.toContain('list-unsubscribe-post');
});

it.each(['tls', 'starttls'] as const)(
  'checks the certificate by %s, and trusts a root of its own',
  async (security) => {
    await fake.start(security);
    expect(await send({ security })).toMatchObject({ problem: 'certificate' });
    expect(await send({ security, certificate: mailRoot() })).toMatchObject({ problem: null });
    expect(await send({ security, certificate: mailRoot(), host: 'other.example' })).toMatchObject({
      problem: 'certificate',
    });
    expect(fake.mails).toHaveLength(1);
  },
);

it('sends nothing in the clear where STARTTLS was asked for and is not there', async () => {
  await fake.start('none');
  expect(await send({ security: 'starttls' })).toMatchObject({ problem: 'no_encryption' });
  expect(fake.mails).toEqual([]);
});

it('logs in, and says when it may not', async () => {
  await fake.start();
  fake.login = { user: 'pult', pass: 'верный пароль' };
  expect(await send()).toMatchObject({ problem: 'sender_refused', code: 530 });
  expect(await send({ login: 'pult', password: 'нет' })).toMatchObject({
    problem: 'login_refused',
    code: 535,
  });
  expect(await send({ login: 'pult', password: 'верный пароль' })).toMatchObject({ problem: null });
});

it('tells a refused address, a refused mail and one to come later apart', async () => {
  await fake.start();
  fake.unknown.add(letter.to);
  expect(await send()).toEqual({ problem: 'address_refused', code: 550 });
  fake.unknown.clear();
  fake.mood = 'refuses';
  expect(await send()).toEqual({ problem: 'refused', code: 554 });
  fake.mood = 'later';
  expect(await send()).toEqual({ problem: 'later', code: 451 });
});

it('does not know what became of a mail that was given and never answered', async () => {
  await fake.start();
  fake.mood = 'hangs_up';
  expect(await send()).toEqual({ problem: 'lost', code: null });
  fake.mood = 'silent';
  expect(await send({}, { patienceMs: 300 })).toEqual({ problem: 'lost', code: null });
});

it('gives a server up that says nothing, or drips a letter at a time', async () => {
  await fake.start();
  const dripping: Server = createServer((socket) => {
    const timer = setInterval(() => socket.write('2'), 20);
    socket.on('error', () => undefined).on('close', () => clearInterval(timer));
  });
  await new Promise<void>((done) => dripping.listen(0, '127.0.0.1', done));
  const { port } = dripping.address() as AddressInfo;
  expect(await send({ port }, { patienceMs: 300 })).toMatchObject({ problem: 'too_slow' });
  await new Promise((done) => dripping.close(done));
  expect(await send({ port })).toMatchObject({ problem: 'unreachable' });
});

it.each([
  ['a private network that nobody named', { allowed: [] }, {}, 'private_address'],
  [
    'a name with one address inside',
    { allowed: [], resolve: async () => ['8.8.8.8', '10.0.0.1'] },
    {},
    'private_address',
  ],
  ['the open internet without encryption', { resolve: async () => ['8.8.8.8'] }, {}, 'not_encrypted'],
  ['a name that nobody has', { resolve: () => Promise.reject(new Error('ENOTFOUND')) }, {}, 'unresolved'],
  [
    'the cloud’s own address',
    { allowed: [] },
    { host: '169.254.169.254', security: 'tls' },
    'private_address',
  ],
] as const)('does not call %s', async (_what, call, change, problem) => {
  await fake.start();
  expect(await send(change, call)).toEqual({ problem, code: null });
});

it('lets no line break of a name or a subject become a header', async () => {
  await fake.start();
  await send(
    { senderName: 'ЦУР\r\nBcc: thief@example.org' },
    {},
    { subject: 'Тема\r\nBcc: thief@example.org' },
  );
  const mail = must(fake.mails[0], 'a mail');
  expect(mail.headers.map(({ key }) => key)).not.toContain('bcc');
  expect(mail.to).toHaveLength(1);
});
