import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { MS_PER_HOUR } from '#shared/domain/instant.ts';
import { must } from '#shared/domain/must.ts';
import { accountsSchema, type ListedAccount } from '#shared/protocol/accounts.ts';
import { LOAD_HOURS, loadsSchema } from '#shared/protocol/loads.ts';
import { peopleLoadedSchema, type PeopleLoad, type PeopleRow } from '#shared/protocol/people-load.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { withScope } from '#server/store/database.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const PATH = '/api/v1/accounts';
const OWN = 'сорок бочек мандаринов';
let test: TestApi;

beforeAll(async () => {
  test = await testApi([...ROLES.map((role) => ({ role, id: role })), { login: 'anna', id: 'anna' }]);
  await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx
      .insertInto('reference')
      .values({ region_id: 'eao', kind: 'agency', id: 'roads', v: 1, row: '{}' })
      .execute(),
  );
  const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
  const account = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
  await createAccount(test.base.db, 'amur', account, test.clock.now);
});
afterAll(() => test.stop());

const person = (login: string, more: Partial<PeopleRow> = {}): PeopleRow => ({
  login,
  displayName: 'Вера Лис',
  role: 'executor',
  agency: 'roads',
  mail: null,
  isDisabled: false,
  from: null,
  ...more,
});
const ask = async (by: string, method: 'GET' | 'POST', path: string, payload?: object) =>
  test.api.inject({
    method,
    url: `${PATH}${path}`,
    headers: bearer(await tokenOf(test.api, by)),
    ...(payload === undefined ? {} : { payload }),
  });
const loadAs = (by: string, rows: readonly PeopleRow[], more: Partial<PeopleLoad> = {}) =>
  ask(by, 'POST', '/load', { file: 'люди.xlsx', isTrial: false, inviting: 'links', rows, ...more });
const load = async (rows: readonly PeopleRow[], more: Partial<PeopleLoad> = {}) =>
  peopleLoadedSchema.parse((await loadAs('administrator', rows, more)).json());
const people = async (): Promise<readonly ListedAccount[]> =>
  accountsSchema.parse((await ask('administrator', 'GET', '')).json()).accounts;
const named = async (login: string): Promise<ListedAccount> =>
  must(
    (await people()).find((one) => one.login === login),
    login,
  );
/** Somebody as a row that changes these fields. */
async function changed(login: string, change: Partial<PeopleRow>): Promise<PeopleRow> {
  const { displayName, role, agency, mail, isDisabled } = await named(login);
  const from = { displayName, role, agency, mail, isDisabled };
  return { login, ...from, from, ...change };
}
const post = (path: string, payload: object) =>
  test.api.inject({ method: 'POST', url: `/api/v1/${path}`, payload });
const lastLoad = async () => {
  const { loads } = loadsSchema.parse((await ask('administrator', 'GET', '/loads')).json());
  return must(loads[0], 'a load');
};
const takeBack = (id: string, isTrial = false, by = 'administrator') =>
  ask(by, 'POST', `/loads/${id}/take-back`, { isTrial });

it('385 executors come in by one load, each with a link that lets in once', async () => {
  const rows = Array.from({ length: 385 }, (_, n) => person(`executor.${n}`, { displayName: `Имя ${n}` }));
  const before = (await people()).length;
  expect(await load(rows, { isTrial: true })).toMatchObject({ refused: [], added: 0, links: [] });
  expect(await people()).toHaveLength(before);
  const loaded = await load(rows);
  expect(loaded).toMatchObject({ added: 385, changed: 0, refused: [], mailed: 0 });
  expect(loaded.links).toHaveLength(385);
  expect(await named('executor.7')).toMatchObject({ displayName: 'Имя 7', passwordIsTemporary: true });
  const { token } = must(loaded.links[7], 'a link');
  expect((await post('invitation/accept', { token, password: OWN })).json()).toEqual({ login: 'executor.7' });
  expect((await post('session', { login: 'executor.7', password: OWN })).statusCode).toBe(200);
  const headers = bearer(await tokenOf(test.api, 'operator'));
  const reference = await test.api.inject({ url: '/api/v1/reference?kind=account', headers });
  expect(reference.body).toContain('Имя 384');
});

it('links stand in no log and no line, and each person has lines of their own', async () => {
  const { links } = await load([person('traced')]);
  const { token } = must(links[0], 'a link');
  const lines = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('audit').select(['action', 'about', 'detail']).orderBy('id', 'desc').limit(3).execute(),
  );
  const { id } = await named('traced');
  expect(lines.map(({ action }) => action)).toEqual(['people_loaded', 'invitation_made', 'account_added']);
  expect(lines.slice(1).map(({ about }) => about)).toEqual([id, id]);
  expect(JSON.stringify(lines)).not.toContain(token);
  expect(test.logged.join('')).not.toContain(token);
});

describe('a row is refused, and nothing of the file is stored', () => {
  it.each([
    ['login_taken', person('anna')],
    ['login_taken', person('AMUR-chief')],
    ['login_alike', person('execut0r')],
    ['login_letters', person('анна')],
    ['login_length', person('ab')],
    ['name_length', person('newcomer', { displayName: ' ' })],
    ['agency_missing', person('newcomer', { agency: null })],
    ['agency_unknown', person('newcomer', { agency: 'nowhere' })],
    ['agency_needless', person('newcomer', { role: 'operator' })],
  ] as const)('%s', async (why, row) => {
    const count = (await people()).length;
    const loaded = await load([person('beside.it'), row]);
    expect(loaded).toMatchObject({ refused: [{ at: 1, why }], added: 0, links: [] });
    expect(await people()).toHaveLength(count);
  });

  it('two logins of one look within the file', async () => {
    const rows = [person('lena'), person('1ena')];
    expect((await load(rows)).refused).toEqual([{ at: 1, why: 'login_alike' }]);
  });

  it('the last administrator, and oneself', async () => {
    const demoted = await changed('administrator', { role: 'operator' });
    expect((await load([demoted])).refused).toEqual([{ at: 0, why: 'last_administrator' }]);
    const closed = await changed('administrator', { isDisabled: true });
    expect((await load([closed])).refused).toEqual([{ at: 0, why: 'last_administrator' }]);
    await load([person('second', { role: 'administrator', agency: null })]);
    expect((await load([demoted])).refused).toEqual([{ at: 0, why: 'oneself' }]);
    expect((await load([closed])).refused).toEqual([{ at: 0, why: 'oneself' }]);
    await load([await changed('second', { role: 'operator' })]);
  });

  it('somebody who was changed since the file was judged', async () => {
    const row = await changed('anna', { displayName: 'Анна Первая' });
    await load([await changed('anna', { displayName: 'Анна Вторая' })]);
    expect((await load([row])).refused).toEqual([{ at: 0, why: 'changed_meanwhile' }]);
    expect((await load([{ ...row, login: 'nobody' }])).refused).toEqual([
      { at: 0, why: 'changed_meanwhile' },
    ]);
    expect(await named('anna')).toMatchObject({ displayName: 'Анна Вторая' });
  });
});

it('changes name, rights and address; another role ends sessions, a closed account lets nobody in', async () => {
  const token = await tokenOf(test.api, 'approver');
  const row = await changed('approver', { role: 'executor', agency: 'roads', mail: 'a@eao.example' });
  expect(await load([row])).toMatchObject({ added: 0, changed: 1, links: [] });
  expect(await named('approver')).toMatchObject({ role: 'executor', agency: 'roads', mail: 'a@eao.example' });
  const session = () => test.api.inject({ url: '/api/v1/session', headers: bearer(token) });
  expect((await session()).statusCode).toBe(401);
  await load([await changed('approver', { isDisabled: true })]);
  const logIn = { login: 'approver', password: TEST_PASSWORD };
  expect((await post('session', logIn)).statusCode).toBe(403);
  await load([await changed('approver', { role: 'approver', agency: null, isDisabled: false })]);
  expect((await post('session', logIn)).statusCode).toBe(200);
});

it('invites by mail whose address is known, and gives the others links', async () => {
  await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx
      .insertInto('mail_setting')
      .values({
        region_id: 'eao',
        is_on: true,
        host: 'mail.example',
        port: 25,
        security: 'none',
        login: '',
        password: null,
        certificate: '',
        sender: 'pult@eao.example',
        console_url: 'https://pult.example',
        language: 'ru',
        digest_minutes: 0,
        quiet_from: '00:00',
        quiet_to: '00:00',
        changed_at: 1,
      })
      .execute(),
  );
  const rows = [person('by.mail', { mail: 'by.mail@eao.example' }), person('by.link')];
  const loaded = await load(rows, { inviting: 'mail' });
  expect(loaded).toMatchObject({ mailed: 1, links: [{ login: 'by.link' }], isMailOn: true });
  const { id } = await named('by.mail');
  const mails = await withScope(test.base.db, { region: 'eao' }, (tx) =>
    tx.selectFrom('mail').select(['account_id', 'kind', 'state']).execute(),
  );
  expect(mails).toEqual([{ account_id: id, kind: 'invitation', state: 'queued' }]);
});

describe('taking a load back', () => {
  it('closes whoever is new, restores whoever was changed, leaves whoever came in or was touched', async () => {
    const { displayName } = await named('observer');
    const rows = [
      ...['stays', 'comes', 'touched'].map((login) => person(`back.${login}`)),
      await changed('observer', { displayName: 'Переименован', mail: 'o@eao.example' }),
    ];
    const { links } = await load(rows);
    const { id } = await lastLoad();
    const comes = must(
      links.find(({ login }) => login === 'back.comes'),
      'a link',
    );
    await post('invitation/accept', { token: comes.token, password: OWN });
    await load([await changed('back.touched', { displayName: 'Другое имя' })]);
    const stay = [(await named('back.comes')).id, (await named('back.touched')).id];
    expect((await takeBack(id, true)).json()).toEqual({ back: 2, stay });
    expect(await named('back.stays')).toMatchObject({ isDisabled: false });
    expect((await takeBack(id)).json()).toEqual({ back: 2, stay });
    expect(await named('back.stays')).toMatchObject({ isDisabled: true });
    expect(await named('back.comes')).toMatchObject({ isDisabled: false });
    expect(await named('observer')).toMatchObject({ displayName, mail: null });
    const stays = must(
      links.find(({ login }) => login === 'back.stays'),
      'a link',
    );
    expect((await post('invitation/accept', { token: stays.token, password: OWN })).statusCode).toBe(404);
    expect((await takeBack(id)).statusCode).toBe(404);
  });

  it('whoever was closed by it comes in again by the mended file, by a link of its own', async () => {
    const row = await changed('back.stays', { isDisabled: false, displayName: 'Исправлено' });
    const { links } = await load([row]);
    const { token } = must(links[0], 'a link');
    expect((await post('invitation/accept', { token, password: OWN })).statusCode).toBe(200);
    expect((await post('session', { login: 'back.stays', password: OWN })).statusCode).toBe(200);
  });

  it('is over after a day', async () => {
    await load([person('too.late')]);
    const { id } = await lastLoad();
    test.clock.now += LOAD_HOURS * MS_PER_HOUR;
    expect((await takeBack(id)).statusCode).toBe(404);
    expect((await ask('administrator', 'GET', '/loads')).json()).toEqual({ loads: [] });
  });
});

it('is an administrator’s alone, of the same region, and no forged page’s', async () => {
  const rows = [person('intruder')];
  for (const role of ROLES.filter((one) => one !== 'administrator')) {
    expect((await loadAs(role, rows)).statusCode).toBe(403);
    expect((await ask(role, 'GET', '/loads')).statusCode).toBe(403);
  }
  await load([person('guarded')]);
  const { id } = await lastLoad();
  expect((await takeBack(id, false, 'operator')).statusCode).toBe(403);
  expect((await takeBack(id, false, 'amur-chief')).statusCode).toBe(404);
  expect((await ask('amur-chief', 'GET', '/loads')).json()).toEqual({ loads: [] });
  const moved = await changed('guarded', { displayName: 'Чужая рука' });
  const foreign = await loadAs('amur-chief', [moved]);
  expect(foreign.json()).toMatchObject({ refused: [{ at: 0, why: 'changed_meanwhile' }] });
  const headers = {
    ...bearer(await tokenOf(test.api, 'administrator')),
    origin: 'https://elsewhere.example',
  };
  const cookie = { cookie: `pult_session=${headers.authorization.slice(7)}`, origin: headers.origin };
  const payload = { file: 'x', isTrial: false, inviting: 'links', rows };
  const forged = await test.api.inject({ method: 'POST', url: `${PATH}/load`, headers: cookie, payload });
  expect(forged.statusCode).toBe(403);
  expect((await people()).map(({ login }) => login)).not.toContain('intruder');
});
