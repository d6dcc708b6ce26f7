import { afterAll, beforeAll, expect, test } from 'vitest';
import { newChannelSchema } from '#shared/protocol/channels.ts';
import { drain } from '#server/channels/inbox/drain.ts';
import { createAccount } from '#server/accounts/create-account.ts';
import { must } from '#shared/domain/must.ts';
import { startRegion, type ChannelRegion } from '#tests/helpers/channel-region.ts';
import { bearer, TEST_PASSWORD, tokenOf } from '#tests/helpers/test-api.ts';
import { CASE_PAGES } from '#tests/fixtures/webhook-cases.ts';

const SECRET = 'secret-1234';
let region: ChannelRegion;
let page = '';
let token = '';
let clock = 0;

beforeAll(async () => {
  region = await startRegion();
  const account = { login: 'operator', displayName: 'Оператор', role: 'operator', agency: null } as const;
  await createAccount(region.base.db, 'eao', { ...account, password: TEST_PASSWORD }, Date.now());
  token = await tokenOf(region.api, 'operator');
  const max = {
    network: 'max',
    name: 'ЦУР в MAX',
    baseUrl: 'http://127.0.0.1:1',
    token: 'token',
    secret: SECRET,
  };
  page = await region.channels.pages.add('eao', newChannelSchema.parse({ ...max, pageId: CASE_PAGES.max }));
});

afterAll(() => region.stop());

async function call(body: unknown): Promise<void> {
  const url = `/api/v1/channels/eao/${page}/callback`;
  const headers = { 'x-max-bot-api-secret': SECRET, 'content-type': 'application/json' };
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  expect((await region.api.inject({ method: 'POST', url, headers, payload })).statusCode).toBe(200);
  await drain(region.channels.inbox, 'eao');
}

/** Asks as a console does. */
async function ask(method: 'GET' | 'POST', path: string, payload?: object) {
  const url = `/api/v1/channels${path}`;
  const answer = await region.api.inject({
    method,
    url,
    headers: bearer(token),
    ...(payload && { payload }),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

/** The page's card, as fresh as can be. */
async function unread(): Promise<number> {
  clock += 60_000;
  region.clock.ahead = clock;
  const { body } = await ask('GET', '');
  const [listed] = body['channels'] as { health: { unread: number } }[];
  return must(listed, 'the page').health.unread;
}

const log = async () =>
  (await ask('GET', `/${page}/log`)).body['events'] as { key: string; state: string; message: unknown }[];

test('what cannot be read is counted, its words stand in the log before what rules kept out, and a person ends it', async () => {
  expect(await unread()).toBe(0);
  const at = 1_795_873_114_319;
  await call({ update_type: 'message_created', timestamp: at, user_locale: 'ru' });
  // A new kind of update, with words in it nobody knows how to read.
  const sender = { first_name: 'Анна', last_name: 'Ким' };
  await call({
    update_type: 'voice_created',
    timestamp: at,
    voice: { sender, parts: [{ transcript: 'Нет воды на Садовой' }] },
  });
  await call('Нет света {');
  await call({ update_type: 'bot_started', timestamp: at, chat_id: 1, user: { user_id: 1 } });
  expect(await unread()).toBe(3);
  const events = await log();
  expect(events.map(({ state, message }) => [state, message])).toEqual([
    ['failed', { author: '', text: 'Нет света {' }],
    ['unknown', { author: 'Анна Ким', text: 'Нет воды на Садовой' }],
    ['failed', null],
    ['logged', null],
  ]);
  const [torn, voice, empty, service] = events.map(({ key }) => key);
  const words = (key = '') => ask('GET', `/${page}/log/words?key=${encodeURIComponent(key)}`);
  expect((await words(voice)).body).toEqual({
    author: 'Анна Ким',
    text: 'Нет воды на Садовой',
    at: expect.any(Number),
  });
  expect((await words('nothing')).status).toBe(404);
  const settle = async (key: string | undefined, registered: boolean) =>
    (await ask('POST', `/${page}/log/settle`, { key, registered })).body['settled'];
  expect(await settle(voice, true)).toBe(true);
  expect(await settle(voice, true)).toBe(false);
  expect(await settle(empty, false)).toBe(true);
  // What a rule kept out is no unread event.
  expect(await settle(service, false)).toBe(false);
  expect(await unread()).toBe(1);
  expect((await log()).map(({ key }) => key)).toEqual([torn, service]);
});

test('two hundred events that rules kept out do not push an unread one out of sight', async () => {
  const started = (n: number) => ({
    update_type: 'bot_started',
    timestamp: n,
    chat_id: n,
    user: { user_id: n },
  });
  for (let n = 1; n <= 201; n += 1) await call(started(n));
  const events = await log();
  expect(events).toHaveLength(200);
  expect(events[0]?.state).toBe('failed');
});
