import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { MS_PER_DAY } from '#shared/domain/instant.ts';
import { localTimeAt } from '#shared/domain/time-zone.ts';
import { deputyshipsSchema } from '#shared/protocol/accounts.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { withScope } from '#server/store/database.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from '#tests/helpers/test-api.ts';

const PATH = '/api/v1/accounts';
let test: TestApi;
let anna: string;
let boris: string;

beforeAll(async () => {
  test = await testApi(ROLES.map((role) => ({ role, login: role })));
  const person = { role: 'operator', agency: null, password: TEST_PASSWORD } as const;
  const make = (region: string, login: string) =>
    createAccount(test.base.db, region, { ...person, login, displayName: login }, test.clock.now);
  [anna, boris] = [await make('eao', 'anna'), await make('eao', 'boris')];
  await make('amur', 'amurets');
  await createAccount(
    test.base.db,
    'amur',
    { ...person, login: 'amur-chief', displayName: 'Чужой', role: 'administrator' },
    test.clock.now,
  );
});
afterAll(() => test.stop());

const day = (from: number) => localTimeAt('Asia/Vladivostok', test.clock.now + from * MS_PER_DAY).date;
const fields = (deputy: string, from = 0, to = 7) => ({ deputy, from: day(from), to: day(to) });
const ask = async (login: string, method: 'GET' | 'POST' | 'PUT', path: string, payload?: object) =>
  test.api.inject({
    method,
    url: `${PATH}${path}`,
    headers: bearer(await tokenOf(test.api, login)),
    ...(payload === undefined ? {} : { payload }),
  });
const name = (person: string, payload: object, login = 'administrator') =>
  ask(login, 'POST', `/${person}/deputies`, payload);
const list = async (login = 'administrator') =>
  deputyshipsSchema.parse((await ask(login, 'GET', '/deputies')).json()).deputyships;
const kindOf = (answer: { json: () => { error?: { kind: string } } }) => answer.json().error?.kind;

/** Who stands in for a person, as every console of the region is told. */
async function publishedOf(person: string): Promise<unknown> {
  const headers = bearer(await tokenOf(test.api, 'executor'));
  const answer = await test.api.inject({ url: '/api/v1/reference?kind=account', headers });
  const rows = answer.json<{ rows: { id: string; row: { deputies?: unknown } }[] }>().rows;
  return rows.find(({ id }) => id === person)?.row.deputies;
}

const auditOf = (person: string) =>
  withScope(test.base.db, { region: 'eao' }, async (tx) => {
    const lines = await tx.selectFrom('audit').select(['action', 'detail']).orderBy('id').execute();
    return lines
      .filter(
        ({ action, detail }) =>
          action.startsWith('deputy') && (detail as { account?: string }).account === person,
      )
      .map(({ action, detail }) => ({ action, ...(detail as object) }));
  });

it('a deputy is named, changed and taken back, seen by all consoles and kept in the audit log', async () => {
  const named = await name(anna, fields(boris));
  expect(named.statusCode).toBe(201);
  const { id } = named.json<{ id: string }>();
  expect(await list()).toEqual([{ id, person: anna, ...fields(boris) }]);
  expect(await publishedOf(anna)).toEqual([fields(boris)]);
  const path = `/${anna}/deputies/${id}`;
  expect((await ask('administrator', 'PUT', path, fields(boris, 0, 9))).statusCode).toBe(200);
  expect(await publishedOf(anna)).toEqual([fields(boris, 0, 9)]);
  expect((await ask('administrator', 'POST', `${path}/end`)).statusCode).toBe(200);
  expect(await list()).toEqual([]);
  expect(await publishedOf(anna)).toBeUndefined();
  expect(await auditOf(anna)).toEqual([
    { action: 'deputy_named', account: anna, before: null, after: fields(boris) },
    { action: 'deputy_named', account: anna, before: { to: day(7) }, after: { to: day(9) } },
    { action: 'deputy_ended', account: anna, before: fields(boris, 0, 9), after: null },
  ]);
  expect((await ask('administrator', 'POST', `${path}/end`)).statusCode).toBe(404);
});

it('ends by itself, on the region’s own day', async () => {
  await name(anna, fields(boris, 0, 1));
  const before = test.clock.now;
  test.clock.now += 2 * MS_PER_DAY;
  expect(await list()).toEqual([]);
  test.clock.now = before;
  const [found] = await list();
  await ask('administrator', 'POST', `/${anna}/deputies/${found?.id}/end`);
});

it('what is refused changes nothing and is in no log', async () => {
  const lines = (await auditOf(anna)).length;
  const refused: [string, object][] = [
    ['deputy_oneself', fields(anna)],
    ['deputy_ends_first', fields(boris, 5, 4)],
    ['deputy_over', fields(boris, -3, -1)],
    ['deputy_unknown', fields('amurets')],
    ['bad_request', { ...fields(boris), from: '2026-02-30' }],
    ['bad_request', { ...fields(boris), to: '9999-12-31' }],
    ['bad_request', { ...fields(boris), account: anna }],
  ];
  for (const [why, payload] of refused) expect(kindOf(await name(anna, payload))).toBe(why);
  expect(await list()).toEqual([]);
  expect(await auditOf(anna)).toHaveLength(lines);
});

it('two who name each other at one moment make no ring', async () => {
  const answers = await Promise.all([name(anna, fields(boris)), name(boris, fields(anna))]);
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([201, 409]);
  expect(await list()).toHaveLength(1);
});

it('nobody but an administrator of the region names, changes or ends a deputy', async () => {
  const [found] = await list();
  const path = `/${found?.person}/deputies/${found?.id}`;
  for (const login of ROLES.filter((role) => role !== 'administrator')) {
    expect((await name(anna, fields(boris), login)).statusCode).toBe(403);
    expect((await ask(login, 'PUT', path, fields(boris))).statusCode).toBe(403);
    expect((await ask(login, 'POST', `${path}/end`)).statusCode).toBe(403);
  }
  expect(await list('amur-chief')).toEqual([]);
  expect((await name(anna, fields(boris), 'amur-chief')).statusCode).toBe(404);
  expect((await ask('amur-chief', 'PUT', path, fields(boris))).statusCode).toBe(404);
  expect((await ask('amur-chief', 'POST', `${path}/end`)).statusCode).toBe(404);
  // Under another person's name it is nobody's.
  const others = path.replace(found?.person ?? '', found?.person === anna ? boris : anna);
  expect((await ask('administrator', 'POST', `${others}/end`)).statusCode).toBe(404);
  expect(await list()).toEqual([found]);
});
