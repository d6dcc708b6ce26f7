import type { Instant } from '#shared/domain/instant.ts';
import { loginResponseSchema } from '#shared/protocol/session.ts';
import { must } from '#shared/domain/must.ts';
import { createAccount, type NewAccount } from '#server/accounts/create-account.ts';
import type { Api } from '#server/api/api.ts';
import { buildApp, type AppOptions } from '#server/api/app.ts';
import { addRegion } from '#server/store/add-region.ts';
import { freshDatabase, type FreshDatabase } from './postgres.ts';

/** A whole API on a database of its own. */
export interface TestApi {
  readonly api: Api;
  readonly base: FreshDatabase;
  /** Lines logged so far, each a JSON text. */
  readonly logged: string[];
  /** The API's clock: add to it to let time pass. */
  readonly clock: { now: Instant };
  stop(): Promise<void>;
}

export const TEST_PASSWORD = 'Правильный-пароль-1';

/** Builds the API with the regions `eao` and `amur`, empty but for the given accounts (of `eao`). */
export async function testApi(
  accounts: readonly Partial<NewAccount>[] = [],
  options: Partial<AppOptions> | ((base: FreshDatabase) => Partial<AppOptions>) = {},
): Promise<TestApi> {
  const base = await freshDatabase();
  const clock = { now: Date.now() };
  const logged: string[] = [];
  await addRegion(base.owner, {
    code: 'eao',
    name: 'Еврейская автономная область',
    timeZone: 'Asia/Vladivostok',
  });
  await addRegion(base.owner, { code: 'amur', name: 'Амурская область', timeZone: 'Asia/Yakutsk' });
  for (const account of accounts) {
    const role = account.role ?? 'operator';
    const usual = {
      displayName: 'Оператор',
      role,
      agency: role === 'executor' ? 'roads' : null,
      password: TEST_PASSWORD,
    };
    await createAccount(base.db, 'eao', { ...usual, login: role, ...account }, clock.now);
  }
  const api = await buildApp({
    db: base.db,
    now: () => clock.now,
    consoleDir: null,
    metricsToken: null,
    trustProxy: null,
    log: { write: (line) => void logged.push(line) },
    logLevel: 'debug',
    ...(typeof options === 'function' ? options(base) : options),
  });
  await api.ready();
  const stop = async () => {
    await api.close();
    await base.stop();
  };
  return { api, base, logged, clock, stop };
}

/** Logs in and gives the bearer token. */
export async function tokenOf(api: Api, login: string, password: string = TEST_PASSWORD): Promise<string> {
  const answer = await api.inject({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login, password, token: true },
  });
  return must(loginResponseSchema.parse(answer.json()).token, 'a token was asked for');
}

/** Headers of a request with a token. */
export const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
