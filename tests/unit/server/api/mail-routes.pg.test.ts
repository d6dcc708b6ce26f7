import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { MAILED_KINDS } from '#shared/protocol/notices.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { sendNotices } from '#server/jobs/send-notices.ts';
import { Mailer } from '#server/mail/mailer.ts';
import { withScope } from '#server/store/database.ts';
import { FakeMailServer } from '#tests/fakes/mail-server.ts';
import { jobContext, runJob } from '#tests/helpers/job-context.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const PASSWORD = 'пароль почтового сервера';
const OWN = 'сорок бочек мандаринов';
const server = new FakeMailServer();
const key = randomBytes(32);
let mailer: Mailer;
let test: TestApi;
/** Regions in which the job of mails was asked to run at once. */
const followed: string[] = [];
const tokens = new Map<string, string>();

beforeAll(async () => {
  await server.start();
  const people = [
    ...ROLES.map((role) => ({ role, id: role })),
    { role: 'executor' as const, id: 'newcomer', login: 'newcomer' },
  ];
  test = await testApi(people, ({ db }) => {
    const now = (): number => test?.clock.now ?? Date.now();
    const inside = { allowed: ['127.0.0.0/8'], resolve: async () => ['127.0.0.1'] };
    mailer = new Mailer({ db, now, key, ...inside });
    const follow = (region: string): void => void followed.push(region);
    return { mailer, scheduler: { read: async () => [], follow } };
  });
  const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
  const account = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
  await createAccount(test.base.db, 'amur', account, test.clock.now);
  for (const login of [...ROLES, 'amur-chief']) tokens.set(login, await tokenOf(test.api, login));
});
afterEach(() => {
  server.mails.length = 0;
  followed.length = 0;
  server.unknown.clear();
});
afterAll(async () => {
  await test.stop();
  await server.stop();
});

const settings = (change: object = {}) => ({
  isOn: true,
  host: 'localhost',
  port: server.port,
  security: 'none',
  login: '',
  password: null,
  certificate: '',
  sender: 'centre@example.org',
  consoleUrl: 'https://pult.example',
  language: 'ru',
  digestMinutes: 30,
  quietFrom: '20:00',
  quietTo: '08:00',
  ...change,
});
type Method = 'GET' | 'POST' | 'PUT';
const ask = (by: string, method: Method, path: string, payload?: object) =>
  test.api.inject({
    method,
    url: `/api/v1/${path}`,
    headers: bearer(must(tokens.get(by), 'a token')),
    ...(payload && { payload }),
  });
const kindOf = (answer: { json: () => { error?: { kind: string } } }) => answer.json().error?.kind;
const run = () => runJob(sendNotices, { ...jobContext(test.base.db, () => test.clock.now), mailer });
const audited = (action: string) =>
  withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select(['actor', 'detail']).where('action', '=', action).orderBy('id').execute(),
  );

it('nobody is mailed before an administrator said how', async () => {
  expect((await ask('administrator', 'GET', 'mail')).json()).toEqual({ settings: null, hasPassword: false });
  expect(kindOf(await ask('administrator', 'POST', 'mail/check', { to: 'a@example.org' }))).toBe(
    'mail_not_set',
  );
  expect(kindOf(await ask('operator', 'POST', 'notices/address', { address: 'a@example.org' }))).toBe(
    'mail_not_set',
  );
});

it('the settings are kept with their password sealed, and the password goes out to nobody', async () => {
  await ask('administrator', 'PUT', 'mail', settings({ login: 'pult', password: PASSWORD }));
  expect(followed).toEqual(['eao']);
  const view = await ask('administrator', 'GET', 'mail');
  const { password: _, ...kept } = settings({ login: 'pult' });
  expect(view.json()).toEqual({ settings: kept, hasPassword: true });
  const row = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('mail_setting').selectAll().executeTakeFirstOrThrow(),
  );
  const lines = JSON.stringify(await audited('setting_changed'));
  for (const text of [view.body, JSON.stringify(row), lines, test.logged.join('')])
    expect(text).not.toContain(PASSWORD);
  expect(lines).toContain('"access":"changed"');
  // Another host is not handed the password of this one.
  const other = await ask('administrator', 'PUT', 'mail', settings({ login: 'pult', host: 'thief.example' }));
  expect(other.json()).toMatchObject({ hasPassword: false });
  await ask('administrator', 'PUT', 'mail', settings());
});

it.each([
  { host: 'a b' },
  { host: 'http://mail.example' },
  { port: 0 },
  { port: 65_536 },
  { security: 'ssl' },
  { sender: 'centre' },
  { sender: 'a@b.example\r\nBcc: c@d.example' },
  { consoleUrl: 'javascript:alert(1)' },
  { quietFrom: '24:00' },
  { digestMinutes: 1441 },
  { digestMinutes: 0.5 },
  { password: 'x'.repeat(501) },
  { other: 1 },
])('refuses settings with %j whole', async (change) => {
  const before = (await ask('administrator', 'GET', 'mail')).body;
  expect(
    (await ask('administrator', 'PUT', 'mail', settings({ digestMinutes: 5, ...change }))).statusCode,
  ).toBe(400);
  expect((await ask('administrator', 'GET', 'mail')).body).toBe(before);
});

it.each(ROLES.filter((role) => role !== 'administrator'))('%s sees and changes none of it', async (role) => {
  const asked = [
    ask(role, 'GET', 'mail'),
    ask(role, 'GET', 'mail/log'),
    ask(role, 'PUT', 'mail', settings()),
    ask(role, 'POST', 'mail/check', { to: 'a@example.org' }),
    ask(role, 'GET', 'accounts/operator/notices'),
    ask(role, 'PUT', 'accounts/operator/notices', { address: 'thief@example.org', off: [] }),
    ask(role, 'POST', 'accounts/newcomer/invitation/mail'),
  ];
  for (const answer of await Promise.all(asked)) expect(answer.statusCode).toBe(403);
});

it('an administrator of another region reaches none of it', async () => {
  expect((await ask('amur-chief', 'GET', 'mail')).json()).toEqual({ settings: null, hasPassword: false });
  const put = { address: 'thief@example.org', off: [] };
  expect((await ask('amur-chief', 'PUT', 'accounts/operator/notices', put)).statusCode).toBe(404);
  expect((await ask('amur-chief', 'POST', 'accounts/newcomer/invitation/mail')).statusCode).toBe(404);
  expect((await ask('amur-chief', 'GET', 'mail/log')).json()).toMatchObject({ mails: [], people: 1 });
});

it('«Проверить» sends a mail, or says what the server said', async () => {
  const to = 'chief@example.org';
  expect((await ask('administrator', 'POST', 'mail/check', { to })).json()).toEqual({
    problem: null,
    code: null,
  });
  expect(server.mails[0]).toMatchObject({ subject: 'Пульт: проверка почты', to: [{ address: to }] });
  server.unknown.add(to);
  const refused = await ask('administrator', 'POST', 'mail/check', { to });
  expect(refused.json()).toEqual({ problem: 'address_refused', code: 550 });
  expect((await audited('mail_check')).map(({ detail }) => detail)).toEqual([
    { to, sent: true },
    { to, sent: false },
  ]);
});

const codeIn = (): string => must(/\d{8}/.exec(server.mails.at(-1)?.subject ?? ''), 'a code')[0];
const own = async (by: string) => (await ask(by, 'GET', 'notices')).json();

it('an address of one’s own counts once the code from its mailbox was typed', async () => {
  const address = 'vera@example.org';
  expect((await ask('executor', 'POST', 'notices/address', { address })).json()).toEqual({
    problem: null,
    code: null,
  });
  expect(await own('executor')).toMatchObject({ address: null, wanted: address, isMailOn: true });
  const again = await ask('executor', 'POST', 'notices/address', { address: 'other@example.org' });
  expect(kindOf(again)).toBe('rate_limited');
  const code = codeIn();
  const wrong = code === '00000000' ? '00000001' : '00000000';
  expect(kindOf(await ask('executor', 'POST', 'notices/confirm', { code: wrong }))).toBe('code_wrong');
  // It is this person's code and nobody else's.
  expect(kindOf(await ask('operator', 'POST', 'notices/confirm', { code }))).toBe('code_expired');
  expect((await ask('executor', 'POST', 'notices/confirm', { code })).json()).toEqual({ done: true });
  expect(await own('executor')).toMatchObject({ address, wanted: null });
  expect(kindOf(await ask('executor', 'POST', 'notices/confirm', { code }))).toBe('code_expired');
  expect(await audited('notices_changed')).toMatchObject([
    {
      actor: 'executor',
      detail: { account: 'executor', before: { mailAddress: null }, after: { mailAddress: address } },
    },
  ]);
  expect(test.logged.join('')).not.toContain(address);
});

it('a code is good for half an hour and five tries, and costs nothing when the mail did not go out', async () => {
  server.unknown.add('nobody@example.org');
  const refused = await ask('approver', 'POST', 'notices/address', { address: 'nobody@example.org' });
  expect(refused.json()).toMatchObject({ problem: 'address_refused' });
  expect(await own('approver')).toMatchObject({ wanted: null });
  await ask('approver', 'POST', 'notices/address', { address: 'ira@example.org' });
  const code = codeIn();
  const wrong = code === '11111111' ? '22222222' : '11111111';
  for (let tries = 0; tries < 5; tries += 1)
    expect(kindOf(await ask('approver', 'POST', 'notices/confirm', { code: wrong }))).toBe('code_wrong');
  expect(kindOf(await ask('approver', 'POST', 'notices/confirm', { code }))).toBe('code_expired');
  test.clock.now += 61_000;
  await ask('approver', 'POST', 'notices/address', { address: 'ira@example.org' });
  test.clock.now += 31 * 60_000;
  expect(kindOf(await ask('approver', 'POST', 'notices/confirm', { code: codeIn() }))).toBe('code_expired');
  expect(await own('approver')).toMatchObject({ address: null });
});

it('an administrator gives an address and takes kinds away; the person may change it', async () => {
  const choice = { address: 'anna@example.org', off: ['near'] };
  expect((await ask('administrator', 'PUT', 'accounts/operator/notices', choice)).json()).toEqual({
    done: true,
  });
  expect(await own('operator')).toMatchObject({ ...choice, refusedAt: null });
  await ask('operator', 'PUT', 'notices', { off: ['near', 'overdue'] });
  expect((await ask('administrator', 'GET', 'accounts/operator/notices')).json()).toMatchObject({
    off: ['near', 'overdue'],
  });
  const people = (await ask('administrator', 'GET', 'accounts')).json().accounts as {
    id: string;
    mail: string;
  }[];
  expect(people.find(({ id }) => id === 'operator')?.mail).toBe('anna@example.org');
  await ask('operator', 'POST', 'notices/address', { address: null });
  expect(await own('operator')).toMatchObject({ address: null });
});

it('an invitation goes out by mail, lets in once, and its link lies nowhere else', async () => {
  expect(kindOf(await ask('administrator', 'POST', 'accounts/newcomer/invitation/mail'))).toBe(
    'mail_no_address',
  );
  expect(kindOf(await ask('administrator', 'POST', 'accounts/administrator/invitation/mail'))).toBe(
    'account_oneself',
  );
  await ask('administrator', 'PUT', 'accounts/newcomer/notices', {
    address: 'new@example.org',
    off: [...MAILED_KINDS],
  });
  expect(followed).toEqual([]);
  for (let times = 0; times < 2; times += 1)
    expect((await ask('administrator', 'POST', 'accounts/newcomer/invitation/mail')).json()).toEqual({
      done: true,
    });
  expect(followed).toEqual(['eao', 'eao']);
  await run();
  expect(server.mails).toHaveLength(1);
  const mail = must(server.mails[0], 'a mail');
  const link = /https:\/\/pult\.example\/invitation#([\w-]{43})/;
  const token = must(link.exec(mail.text ?? ''), 'a link')[1];
  expect(link.exec(mail.html ?? '')?.[1]).toBe(token);
  expect(mail.headers.map((header) => header.key)).not.toContain('list-unsubscribe');
  const accept = { token, password: OWN };
  const accepted = await test.api.inject({
    method: 'POST',
    url: '/api/v1/invitation/accept',
    payload: accept,
  });
  expect(accepted.json()).toEqual({ login: 'newcomer' });
  const rows = await withScope(test.base.db, { region: 'eao' }, async (tx) => [
    await tx.selectFrom('mail').selectAll().execute(),
    await tx.selectFrom('audit').selectAll().execute(),
  ]);
  expect(JSON.stringify(rows) + test.logged.join('')).not.toContain(token);
});

it('an invitation that is tried again does not shut out whoever came in by the first', async () => {
  server.mood = 'hangs_up';
  await ask('administrator', 'POST', 'accounts/newcomer/invitation/mail');
  await run();
  server.mood = 'takes';
  // It has the mail, though nobody said so.
  const token = must(/invitation#([\w-]{43})/.exec(server.given.at(-1)?.text ?? ''), 'a link')[1];
  const payload = { token, password: OWN };
  expect(
    (await test.api.inject({ method: 'POST', url: '/api/v1/invitation/accept', payload })).statusCode,
  ).toBe(200);
  test.clock.now += 10 * 60_000;
  await run();
  expect(server.mails).toEqual([]);
  const login = { login: 'newcomer', password: OWN };
  expect((await test.api.inject({ method: 'POST', url: '/api/v1/session', payload: login })).statusCode).toBe(
    200,
  );
});
