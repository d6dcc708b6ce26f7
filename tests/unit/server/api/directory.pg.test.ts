import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { resetPassword } from '#server/accounts/reset-password.ts';
import { codeOfStep, stepAt, STEP_MS } from '#server/second-factor/totp.ts';
import { withScope } from '#server/store/database.ts';
import { BASE, FakeDirectory, type FakePerson } from '#tests/fakes/ldap-directory.ts';
import { factorSecret } from '#tests/helpers/factor-secret.ts';
import { kindOf, signInDesk } from '#tests/helpers/sign-in-desk.ts';
import { bearer, TEST_PASSWORD } from '#tests/helpers/test-api.ts';

const desk = signInDesk();
const { tokens, ask, audited, accountOf } = desk;
const fake = new FakeDirectory();
const PASSWORD = 'пароль из каталога';
const groupOf = (name: string): string => `cn=${name},ou=groups,${BASE}`;

beforeAll(() => fake.start());
beforeEach(() => {
  fake.people = [];
  fake.groups = [];
  fake.answersAll = false;
  fake.isSilent = false;
});
afterAll(() => fake.stop());

let ids = 0;
/** Adds somebody to the directory. */
function add(login: string, person: Partial<FakePerson> = {}): void {
  ids += 1;
  const id = ids.toString(16).padStart(8, '0');
  fake.people.push({ login, password: PASSWORD, groups: [groupOf('operators')], id, ...person });
}

const settings = (change: object = {}) => ({
  isOn: true,
  url: `ldap://127.0.0.1:${fake.port}`,
  startTls: false,
  certificate: '',
  base: BASE,
  filter: '(uid={login})',
  personDn: '',
  bindDn: fake.reader.dn,
  bindAccess: fake.reader.access as string | null,
  idAttribute: 'objectGUID',
  loginAttribute: 'uid',
  nameAttribute: 'cn',
  groupsAttribute: 'memberOf',
  linkBy: 'none',
  mayCreate: true,
  groups: [
    { group: groupOf('operators'), role: 'operator', agency: null },
    { group: groupOf('approvers'), role: 'approver', agency: null },
    { group: groupOf('roads'), role: 'executor', agency: 'roads' },
    { group: groupOf('gone'), role: 'executor', agency: 'closed-long-ago' },
  ],
  ...change,
});
async function set(change: object = {}): Promise<void> {
  const answer = await ask('administrator', 'PUT', '/directory', settings(change));
  if (answer.statusCode !== 200) throw new Error(answer.body);
  desk.clock().now += 1;
}
const check = async (login: string) =>
  (await ask('administrator', 'POST', '/directory/check', { login })).json();
const logIn = (login: string, password: string, code?: string) => {
  const payload = { login, password, token: true, ...(code === undefined ? {} : { code }) };
  return desk.api().inject({ method: 'POST', url: '/api/v1/session', payload });
};

it('no directory is asked before an administrator said how', async () => {
  add('early');
  expect(kindOf(await logIn('early', PASSWORD))).toBe('wrong_password');
  expect(fake.binds).toEqual([]);
  const none = { settings: null, hasAccess: false };
  expect((await ask('administrator', 'GET', '/directory')).json()).toEqual(none);
  expect(await check('early')).toEqual({ problem: 'off', found: null });
});

it('the settings are kept with the password sealed, which stays with its server and its account', async () => {
  await set();
  const view = await ask('administrator', 'GET', '/directory');
  const { bindAccess: _, ...kept } = settings();
  expect(view.json()).toEqual({ settings: kept, hasAccess: true });
  const row = await withScope(desk.base().db, { region: 'eao' }, (tx) =>
    tx.selectFrom('sign_in_directory').selectAll().executeTakeFirstOrThrow(),
  );
  const lines = JSON.stringify(await audited('setting_changed'));
  for (const text of [view.body, JSON.stringify(row), lines, desk.logged()])
    expect(text).not.toContain(fake.reader.access);
  expect(lines).toContain('"access":"changed"');
  const others = [
    { url: 'ldaps://thief.example' },
    { startTls: true },
    { bindDn: `cn=other,${BASE}` },
    { bindDn: '', personDn: `uid={login},${BASE}` },
  ];
  for (const other of others) {
    await set();
    await set({ ...other, bindAccess: null });
    expect((await ask('administrator', 'GET', '/directory')).json()).toMatchObject({ hasAccess: false });
  }
  await set();
  await set({ bindAccess: null });
  expect((await ask('administrator', 'GET', '/directory')).json()).toMatchObject({ hasAccess: true });
});

it.each([
  { url: 'https://dc.example' },
  { url: 'ldap://dc.example/dc=region' },
  { url: 'ldap://user:secret@dc.example' },
  { url: 'ldaps://dc.example', startTls: true },
  { base: '' },
  { filter: '(uid=*)' },
  { filter: 'uid={login}' },
  { personDn: '{login}', bindDn: '' },
  { personDn: `uid={login},${BASE}` },
  { idAttribute: 'a)(b' },
  { linkBy: 'mail' },
  { groups: [{ group: 'a', role: 'executor', agency: null }] },
  { other: 1 },
])('refuses settings with %j whole', async (change) => {
  const before = (await ask('administrator', 'GET', '/directory')).body;
  expect((await ask('administrator', 'PUT', '/directory', settings(change))).statusCode).toBe(400);
  expect((await ask('administrator', 'GET', '/directory')).body).toBe(before);
});

it.each(ROLES.filter((role) => role !== 'administrator'))('%s sees and changes none of it', async (role) => {
  const asked = [
    ask(role, 'GET', '/directory'),
    ask(role, 'PUT', '/directory', settings()),
    ask(role, 'POST', '/directory/check', { login: 'vera' }),
  ];
  for (const answer of await Promise.all(asked)) expect(answer.statusCode).toBe(403);
});

it('an administrator of another region reaches none of it, nor do people of it come in there', async () => {
  const none = { settings: null, hasAccess: false };
  expect((await ask('amur-chief', 'GET', '/directory')).json()).toEqual(none);
  add('amur-chief');
  expect(kindOf(await logIn('amur-chief', PASSWORD))).toBe('wrong_password');
});

it('the check finds a person with their groups and rights, or says what is wrong', async () => {
  add('vera', { name: 'Вера Ким', groups: [groupOf('all'), groupOf('roads')] });
  expect(await check('vera')).toEqual({
    problem: null,
    found: {
      login: 'vera',
      displayName: 'Вера Ким',
      groups: [groupOf('all'), groupOf('roads')],
      role: 'executor',
      agency: 'roads',
    },
  });
  add('plain', { groups: [] });
  expect(await check('plain')).toMatchObject({ problem: null, found: { role: null, agency: null } });
  expect(await check('')).toEqual({ problem: null, found: null });
  expect(await check('nobody')).toEqual({ problem: 'nobody', found: null });
});

it('somebody new comes in with the rights of their groups, and is the same person the next time', async () => {
  const id = 'ee01';
  add('ivanova', { id, name: 'Анна Иванова' });
  const first = await logIn('ivanova', PASSWORD);
  expect(first.json()).toMatchObject({
    account: { login: 'ivanova', displayName: 'Анна Иванова', role: 'operator', agency: null },
    region: { code: 'eao' },
    judgedBy: 'directory',
  });
  const account = must(await accountOf('ivanova'), 'an account');
  expect(account.judged_by).toBe('directory');
  expect((await audited('login_provider')).at(-1)).toMatchObject({ actor: account.id });
  const before = (await audited('login_failed')).length;
  expect(kindOf(await logIn('ivanova', 'не тот пароль'))).toBe('wrong_password');
  expect(await audited('login_failed')).toHaveLength(before + 1);
  // Another login and name, other groups, the same id: the same person.
  fake.people = [];
  fake.groups = [];
  add('petrova', { id, name: 'Анна Петрова', groups: [groupOf('roads')] });
  expect((await logIn('petrova', PASSWORD)).json()).toMatchObject({
    account: { id: account.id, displayName: 'Анна Петрова', role: 'executor', agency: 'roads' },
  });
  // Somebody else of the old login is not them.
  add('ivanova', { id: 'ee02' });
  expect(kindOf(await logIn('ivanova', PASSWORD))).toBe('sign_in_login_taken');
});

it.each([
  ['no group of theirs is in the table', 'newman', { groups: [groupOf('all')] }, 'no_group'],
  ['the agency of their group is no more', 'newman', { groups: [groupOf('gone')] }, 'agency'],
  ['their login looks like somebody’s', '0perator', {}, 'login_taken'],
  ['their login cannot be one', 'оператор', {}, 'login_unfit'],
  ['they have no lasting id', 'newman', { id: '' }, 'no_id'],
])('whoever is refused because %s leaves no account and one line', async (_why, login, person, why) => {
  const before = (await audited('login_refused')).length;
  add(login, person);
  expect(kindOf(await logIn(login, PASSWORD))).toBe(`sign_in_${why}`);
  expect(await accountOf(login)).toBeUndefined();
  const lines = await audited('login_refused');
  expect(lines).toHaveLength(before + 1);
  expect(lines.at(-1)?.detail).toMatchObject({ why });
  expect(JSON.stringify(lines)).not.toContain(PASSWORD);
});

it('an account of old is taken only where the administrator allows it, and its own password ends', async () => {
  add('approver', { groups: [groupOf('approvers')] });
  expect(kindOf(await logIn('approver', PASSWORD))).toBe('wrong_password');
  await set({ linkBy: 'login' });
  const older = bearer(must(tokens.get('approver'), 'a token'));
  // Its password of Pult is good until the directory has vouched for the person.
  expect((await logIn('approver', TEST_PASSWORD)).statusCode).toBe(200);
  expect((await logIn('approver', PASSWORD)).json()).toMatchObject({
    account: { id: 'approver', role: 'approver' },
    judgedBy: 'directory',
  });
  expect((await audited('account_linked')).at(-1)).toMatchObject({
    about: 'approver',
    detail: { endedSessions: 2 },
  });
  const asked = await desk.api().inject({ url: '/api/v1/session', headers: older });
  expect(kindOf(asked)).toBe('unauthenticated');
  expect(kindOf(await logIn('approver', TEST_PASSWORD))).toBe('wrong_password');
  // Without the directory nobody comes in by it, and an administrator's password is the way back.
  await set({ isOn: false });
  expect(kindOf(await logIn('approver', PASSWORD))).toBe('wrong_password');
  await set();
  const act = { region: 'eao', account: 'approver', by: 'administrator', address: '' };
  const reset = await resetPassword(desk.base().db, act, desk.clock().now);
  if (reset.kind !== 'reset') throw new Error(reset.kind);
  expect((await logIn('approver', reset.password)).json()).toMatchObject({ mustSetPassword: true });
});

it('a closed account stays closed, and is told only to whoever knows the password', async () => {
  add('ended');
  await logIn('ended', PASSWORD);
  const { id } = must(await accountOf('ended'), 'an account');
  const url = `/api/v1/accounts/${id}/disabled`;
  const headers = bearer(must(tokens.get('administrator'), 'a token'));
  await desk.api().inject({ method: 'PUT', url, headers, payload: { disabled: true } });
  expect(kindOf(await logIn('ended', PASSWORD))).toBe('forbidden');
  expect(kindOf(await logIn('ended', 'не тот пароль'))).toBe('wrong_password');
});

it('a second factor that an account has is asked for beside the directory’s password too', async () => {
  const headers = bearer(must(tokens.get('observer'), 'a token'));
  const act = (name: string, payload: object) =>
    desk.api().inject({ method: 'POST', url: `/api/v1/session/second-factor/${name}`, headers, payload });
  const secret = factorSecret((await act('begin', { password: TEST_PASSWORD })).json().secret);
  const code = () => codeOfStep(secret, stepAt(desk.clock().now));
  expect((await act('confirm', { code: code() })).statusCode).toBe(200);
  desk.clock().now += STEP_MS;
  add('observer', { groups: [groupOf('operators')] });
  await set({ linkBy: 'login' });
  const linked = async () => (await audited('account_linked')).filter(({ about }) => about === 'observer');
  expect(kindOf(await logIn('observer', PASSWORD))).toBe('second_factor_needed');
  expect(kindOf(await logIn('observer', PASSWORD, '000000'))).toBe('second_factor_wrong');
  // The directory's password alone ended no session, and took neither the account nor its password.
  expect(await linked()).toEqual([]);
  const still = (await desk.api().inject({ url: '/api/v1/session', headers })).json();
  expect(still).toMatchObject({ account: { role: 'observer' } });
  expect(still).not.toHaveProperty('judgedBy');
  expect((await logIn('observer', PASSWORD, code())).json()).toMatchObject({ judgedBy: 'directory' });
  expect(await linked()).toHaveLength(1);
  expect(kindOf(await desk.api().inject({ url: '/api/v1/session', headers }))).toBe('unauthenticated');
});

it('rights come from groups that groups are in', async () => {
  fake.groups = [{ dn: groupOf('shift'), in: [groupOf('operators')] }];
  add('nested', { groups: [groupOf('shift')] });
  await set();
  expect((await logIn('nested', PASSWORD)).json()).toMatchObject({ account: { role: 'operator' } });
  expect((await check('nested')).found).toMatchObject({ groups: [groupOf('shift'), groupOf('operators')] });
  fake.groups = [];
  expect(kindOf(await logIn('nested', PASSWORD))).toBe('sign_in_no_group');
});

it('a directory that is down or lets in everybody is told by its name, and passwords of Pult go on', async () => {
  add('patient');
  fake.isSilent = true;
  expect(kindOf(await logIn('patient', PASSWORD))).toBe('sign_in_late');
  fake.isSilent = false;
  await set({ url: 'ldap://127.0.0.1:9' });
  expect(kindOf(await logIn('patient', PASSWORD))).toBe('sign_in_unreachable');
  expect((await logIn('operator', TEST_PASSWORD)).statusCode).toBe(200);
  await set();
  fake.answersAll = true;
  expect(kindOf(await logIn('patient', 'что угодно'))).toBe('sign_in_answers_all');
  expect(await accountOf('patient')).toBeUndefined();
});

it('whoever guesses waits, and the directory is not asked meanwhile', async () => {
  await set();
  add('guessed');
  for (let tries = 0; tries < 10; tries += 1)
    expect(kindOf(await logIn('guessed', `догадка ${tries}`))).toBe('wrong_password');
  const asked = fake.binds.length;
  expect(kindOf(await logIn('guessed', PASSWORD))).toBe('rate_limited');
  expect(fake.binds).toHaveLength(asked);
  desk.clock().now += 3 * 60_000;
  expect((await logIn('guessed', PASSWORD)).statusCode).toBe(200);
});
