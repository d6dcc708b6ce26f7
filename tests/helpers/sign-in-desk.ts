import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { ROLES } from '#shared/domain/actor.ts';
import { must } from '#shared/domain/must.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { SecondFactor } from '#server/second-factor/second-factor.ts';
import { SignIn } from '#server/sign-in/sign-in.ts';
import { withScope } from '#server/store/database.ts';
import { FakeSignInProvider } from '#tests/fakes/sign-in-provider.ts';
import { fillReference } from './sync-region.ts';
import { bearer, TEST_PASSWORD, testApi, tokenOf, type TestApi } from './test-api.ts';
import { ProviderPages } from './walk-sign-in.ts';

/** Where the console of the tests is opened. */
export const CONSOLE = 'http://pult.test';

/** Groups of the provider with their rights; an agency of one is no more. */
export const GROUPS = [
  { group: '/pult/chiefs', role: 'administrator', agency: null },
  { group: '/pult/operators', role: 'operator', agency: null },
  { group: '/pult/approvers', role: 'approver', agency: null },
  { group: '/pult/roads', role: 'executor', agency: 'roads' },
  { group: '/pult/gone', role: 'executor', agency: 'closed-long-ago' },
];
type Method = 'GET' | 'POST' | 'PUT';

/** The kind of error that an answer tells; undefined where it is none. */
export const kindOf = (answer: { json: () => { error?: { kind: string } } }) => answer.json().error?.kind;

/**
 * An API with a person of each role and a real provider beside it, which nobody has told the API of yet; made
 * before the tests of a file and gone after them.
 */
export function signInDesk() {
  const provider = new FakeSignInProvider();
  const key = randomBytes(32);
  let test: TestApi;
  const tokens = new Map<string, string>();
  const settings = (change: object = {}) => ({
    isOn: true,
    name: 'Единый вход',
    issuer: provider.issuer,
    clientId: provider.client.id,
    clientAccess: provider.client.access as string | null,
    scope: 'openid profile email',
    certificate: '',
    consoleUrl: CONSOLE,
    loginClaim: 'preferred_username',
    nameClaim: 'name',
    groupsClaim: 'groups',
    linkBy: 'none',
    mayCreate: true,
    groups: GROUPS,
    ...change,
  });

  const ask = (by: string, method: Method, path: string, payload?: object) =>
    test.api.inject({
      method,
      url: `/api/v1/sign-in${path}`,
      headers: bearer(must(tokens.get(by), 'a token')),
      ...(payload && { payload }),
    });
  const set = async (change: object = {}) => {
    const answer = await ask('administrator', 'PUT', '/provider', settings(change));
    if (answer.statusCode !== 200) throw new Error(answer.body);
    // What the provider says of itself is read anew.
    test.clock.now += 1;
  };
  const audited = (action: string) =>
    withScope(test.base.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('audit')
        .select(['actor', 'about', 'detail'])
        .where('action', '=', action)
        .orderBy('id')
        .execute(),
    );
  const accountOf = (login: string) =>
    withScope(test.base.db, { region: 'eao' }, (tx) =>
      tx
        .selectFrom('account')
        .select(['id', 'display_name', 'role', 'agency', 'judged_by'])
        .where('login', '=', login)
        .executeTakeFirst(),
    );

  const start = (region = 'eao', host = 'pult.test') =>
    test.api.inject({
      method: 'POST',
      url: '/api/v1/sign-in/start',
      headers: { host },
      payload: { region },
    });
  async function begin(): Promise<{ url: string; cookies: Record<string, string> }> {
    const answer = await start();
    if (answer.statusCode !== 200) throw new Error(answer.body);
    const cookies = Object.fromEntries(answer.cookies.map(({ name, value }) => [name, value]));
    return { url: answer.json<{ url: string }>().url, cookies };
  }
  /** Comes back to the console; gives the end and the session's cookie. */
  async function back(at: string, cookies: Record<string, string>) {
    const { pathname, search } = new URL(at);
    const headers = { host: 'pult.test', 'sec-fetch-site': 'cross-site', 'user-agent': 'Chrome' };
    const answer = await test.api.inject({ url: pathname + search, headers, cookies });
    const session = answer.cookies.find(({ name, value }) => name === 'pult_session' && value !== '');
    return { end: String(answer.headers.location), session: session?.value };
  }
  async function comeIn(person: string, pages = new ProviderPages()) {
    const { url, cookies } = await begin();
    return back(await pages.signIn(url, person), cookies);
  }
  const sessionOf = async (session: string | undefined) =>
    (
      await test.api.inject({ url: '/api/v1/sign-in/session', cookies: { pult_session: session ?? '' } })
    ).json();

  beforeAll(async () => {
    await provider.start(CONSOLE);
    test = await testApi(
      ROLES.map((role) => ({ role, id: role })),
      ({ db }) => {
        const now = (): number => test?.clock.now ?? Date.now();
        return {
          signIn: new SignIn({ db, now, key, allowed: ['127.0.0.0/8'], patienceMs: 2000 }),
          secondFactor: new SecondFactor({ db, now, key }),
        };
      },
    );
    await fillReference(test.base.db, 'eao');
    const chief = { displayName: 'Чужой', role: 'administrator', agency: null } as const;
    const account = { ...chief, login: 'amur-chief', password: TEST_PASSWORD };
    await createAccount(test.base.db, 'amur', account, test.clock.now);
    for (const login of [...ROLES, 'amur-chief']) tokens.set(login, await tokenOf(test.api, login));
  });
  beforeEach(() => {
    provider.lie = {};
    provider.isSilent = false;
    provider.people.clear();
  });
  afterAll(async () => {
    await test.stop();
    await provider.stop();
  });

  return {
    provider,
    tokens,
    api: () => test.api,
    base: () => test.base,
    clock: () => test.clock,
    logged: () => test.logged.join(''),
    settings,
    ask,
    set,
    audited,
    accountOf,
    start,
    begin,
    back,
    comeIn,
    sessionOf,
  };
}
