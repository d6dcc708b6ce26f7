import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { INVITATION_DAYS } from '#shared/protocol/invitation.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { dismissAccount } from '#server/accounts/dismiss-account.ts';
import { withScope } from '#server/store/database.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const OWN = 'сорок бочек мандаринов';
const OTHER = 'три вагона щебня до обеда';
let test: TestApi;

beforeAll(async () => {
  test = await testApi(ROLES.map((role) => ({ role, id: role })));
  const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
  const account = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
  await createAccount(test.base.db, 'amur', account, test.clock.now);
});
afterAll(() => test.stop());

const post = (path: string, payload?: object, headers = {}) =>
  test.api.inject({ method: 'POST', url: `/api/v1/${path}`, headers, ...(payload && { payload }) });
const inviteAs = async (by: string, id: string) =>
  post(`accounts/${id}/invitation`, undefined, bearer(await tokenOf(test.api, by)));
/** Adds somebody with an invitation; gives its token. */
async function invited(login: string): Promise<string> {
  const person = { login, displayName: 'Вера Лис', role: 'operator', agency: null };
  const headers = bearer(await tokenOf(test.api, 'administrator'));
  const { id } = (await post('accounts', person, headers)).json();
  const answer = await inviteAs('administrator', id);
  expect([answer.statusCode, answer.headers['cache-control']]).toEqual([201, 'no-store']);
  return answer.json().token;
}
const look = (token: string) => post('invitation/look', { token });
const accept = (token: string, password = OWN) => post('invitation/accept', { token, password });
const kindOf = (answer: { json: () => { error?: { kind: string } } }) => answer.json().error?.kind;
const logIn = (login: string, password: string) => post('session', { login, password, token: true });

it('looking tells whom it is for and uses nothing up; accepting sets the password, once', async () => {
  const token = await invited('vera');
  const whom = { login: 'vera', displayName: 'Вера Лис', region: 'Еврейская автономная область' };
  for (let times = 0; times < 3; times += 1) expect((await look(token)).json()).toMatchObject(whom);
  expect((await test.api.inject(`/invitation?token=${token}`)).body).not.toContain('vera');
  expect((await accept(token)).json()).toEqual({ login: 'vera' });
  const session = (await logIn('vera', OWN)).json();
  expect(session).toMatchObject({ account: { login: 'vera' } });
  expect(session).not.toHaveProperty('mustSetPassword');
  expect(kindOf(await accept(token, OTHER))).toBe('invitation_used');
  expect(kindOf(await look(token))).toBe('invitation_used');
  expect((await logIn('vera', OTHER)).statusCode).toBe(401);
});

it('of two that come at once one sets the password and the other is told that it was used', async () => {
  const token = await invited('twice');
  const answers = await Promise.all([accept(token, OWN), accept(token, OTHER)]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 410]);
  const logins = await Promise.all([logIn('twice', OWN), logIn('twice', OTHER)]);
  expect(logins.map(({ statusCode }) => statusCode)).toEqual(
    answers.map(({ statusCode }) => (statusCode === 200 ? 200 : 401)),
  );
});

it('a password that will not do uses nothing up', async () => {
  const token = await invited('weak');
  expect(kindOf(await accept(token, 'коротко'))).toBe('password_short');
  expect(kindOf(await accept(token, 'Вера Лис Вера Лис'))).toBe('password_common');
  expect((await accept(token)).statusCode).toBe(200);
});

it('an invitation runs out, and gives way to a newer one and to a new password', async () => {
  const old = await invited('old.one');
  const headers = bearer(await tokenOf(test.api, 'administrator'));
  const list = await test.api.inject({ url: '/api/v1/accounts', headers });
  const people = list.json<{ accounts: { id: string; login: string }[] }>().accounts;
  const id = people.find(({ login }) => login === 'old.one')?.id ?? '';
  const newer = (await inviteAs('administrator', id)).json().token;
  expect(kindOf(await accept(old))).toBe('invitation_replaced');
  await post(`accounts/${id}/password`, undefined, headers);
  expect(kindOf(await accept(newer))).toBe('invitation_replaced');
  const late = (await inviteAs('administrator', id)).json().token;
  test.clock.now += INVITATION_DAYS * MS_PER_DAY;
  expect(kindOf(await look(late))).toBe('invitation_expired');
  expect(kindOf(await accept(late))).toBe('invitation_expired');
});

it('a made-up one is none, and a closed account’s lets nobody in', async () => {
  expect(kindOf(await look('x'.repeat(43)))).toBe('invitation_unknown');
  expect((await look('short')).statusCode).toBe(400);
  const token = (await inviteAs('administrator', 'observer')).json().token;
  const by = { region: 'eao', account: 'observer', by: 'test', address: '' };
  await dismissAccount(test.base.db, { ...by, isDismissed: true }, test.clock.now);
  expect(kindOf(await accept(token))).toBe('invitation_unknown');
});

it('inviting ends what let in before; of the token nothing but a hash is kept, and no log has it', async () => {
  const session = await tokenOf(test.api, 'operator');
  const token = (await inviteAs('administrator', 'operator')).json().token;
  const me = await test.api.inject({ url: '/api/v1/session', headers: bearer(session) });
  expect(me.statusCode).toBe(401);
  expect((await logIn('operator', TEST_PASSWORD)).statusCode).toBe(401);
  await accept(token, OTHER);
  const kept = await withScope(test.base.db, { region: 'eao' }, async (tx) => [
    ...(await tx.selectFrom('invitation').selectAll().execute()),
    ...(await tx.selectFrom('audit').selectAll().execute()),
  ]);
  for (const secret of [token, OTHER]) {
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect(test.logged.join('')).not.toContain(secret);
  }
  expect(kept).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ action: 'invitation_accepted', actor: 'operator' })]),
  );
});

it('nobody but an administrator of the region invites, and nobody themselves', async () => {
  for (const by of ['approver', 'executor'])
    expect((await inviteAs(by, 'administrator')).statusCode).toBe(403);
  expect((await inviteAs('amur-chief', 'approver')).statusCode).toBe(404);
  expect(kindOf(await inviteAs('administrator', 'administrator'))).toBe('account_oneself');
  const seen = await withScope(test.base.db, { region: 'amur' }, (tx) =>
    tx.selectFrom('invitation').selectAll().execute(),
  );
  expect(seen).toEqual([]);
});

it('a page of another site accepts nothing', async () => {
  const token = await invited('forged');
  const headers = { origin: 'https://elsewhere.example' };
  expect((await post('invitation/accept', { token, password: OWN }, headers)).statusCode).toBe(403);
  expect((await look(token)).statusCode).toBe(200);
});
